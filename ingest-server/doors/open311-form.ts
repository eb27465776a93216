// The form an Open311 client posts: urlencoded, or multipart with the pictures themselves in it.
import busboy from 'busboy'
import { isUtf8 } from 'node:buffer'
import { mediaType, type No } from './vendors/reading.ts'

export interface PostedForm {
  /** The last of a name counts, as a browser's form would have it. */
  fields: ReadonlyMap<string, string>
  media: readonly Buffer[]
}

const mostFields = 100
const mostMedia = 5
const mostOfField = 16 * 1024

export async function readForm(body: Buffer, contentType: string): Promise<PostedForm | No> {
  const type = mediaType(contentType)
  if (body.length === 0) return { refusal: 'nothing-in-it' }
  if (type === 'multipart/form-data') return (await readMultipart(body, contentType)) ?? { refusal: 'bad-multipart' }
  if (type !== 'application/x-www-form-urlencoded' && type !== '') return { refusal: 'content-type-wrong' }
  if (!isUtf8(body))
    return { refusal: 'wrong-shape', words: { zh: '表单不是 UTF-8 编码。', en: 'The form is not UTF-8.' } }
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (fields.size > mostFields || value.length > mostOfField) return { refusal: 'too-large' }
    fields.set(name, value)
  }
  return { fields, media: [] }
}

/** Null where it is not whole. */
function readMultipart(body: Buffer, contentType: string): Promise<PostedForm | No | null> {
  return new Promise((resolve) => {
    const fields = new Map<string, string>()
    const media: Buffer[] = []
    let form: busboy.Busboy
    try {
      const limits = {
        fields: mostFields,
        files: mostMedia,
        fieldSize: mostOfField,
        fileSize: body.length,
        headerPairs: 20,
      }
      form = busboy({ headers: { 'content-type': contentType }, limits })
    } catch {
      return resolve(null)
    }
    form.on('field', (name, value, { valueTruncated }) => {
      if (valueTruncated) return resolve({ refusal: 'too-large' })
      fields.set(name, value)
    })
    form.on('file', (_name, stream) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => media.push(Buffer.concat(pieces)))
      // Said again by the form itself, where it is answered.
      stream.on('error', () => stream.resume())
    })
    for (const tooMuch of ['fieldsLimit', 'filesLimit'] as const)
      form.on(tooMuch, () => resolve({ refusal: 'too-large' }))
    form.on('error', () => resolve(null))
    form.on('close', () => resolve({ fields, media: media.filter(({ length }) => length > 0) }))
    form.end(body)
  })
}
