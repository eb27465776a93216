// Photos put into a form: shrunk, sent piece by piece, and named in the form only once the server holds the whole.
import { reactive } from 'vue'
import { pictureOf } from '../../link/picture.ts'
import { openUploader } from '../../link/upload.ts'
import { sayProcess } from '../../words/process.ts'

export interface Going {
  /** 0 … 1 while it is on its way. */
  part?: number
  trouble?: string
}

export function usePhotos(fetch: typeof globalThis.fetch) {
  const going = reactive<Record<string, Going>>({})
  const uploader = openUploader(fetch)

  async function take(field: string, file: File, done: (id: string) => void) {
    going[field] = { part: 0 }
    const picture = await pictureOf(file)
    if (!picture) return void (going[field] = { trouble: sayProcess('photo.unreadable') })
    let sent = await uploader.ask(picture.id)
    while (!('trouble' in sent) && !sent.whole) {
      going[field] = { part: sent.sent / picture.blob.size }
      sent = await uploader.send(picture.id, picture.blob, sent.sent)
    }
    if ('trouble' in sent) return void (going[field] = { trouble: sayProcess('photo.failed') })
    going[field] = {}
    done(picture.id)
  }
  return { going, take }
}
