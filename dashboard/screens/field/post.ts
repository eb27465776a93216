// One tap into the outbox; the sentence to show where it could not be kept.
import { ref } from 'vue'
import type { PersonWish } from '#contract/command'
import type { Posting } from '../../link/outbox.ts'
import type { Picture } from '../../link/outbox-port.ts'
import { pictureOf } from '../../link/picture.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { sayField } from '../../words/field.ts'

/** Shown until the next tap. */
export const complaint = ref<string | null>(null)

/** True once it is kept on the phone. */
export async function post(wish: PersonWish, posting: Posting = {}): Promise<boolean> {
  complaint.value = null
  const { box } = useOutbox()
  if (!box) return false
  try {
    await box.post(wish, posting)
    return true
  } catch {
    // The one thing a device refuses here is room.
    complaint.value = sayField('deviceFull')
    return false
  }
}

/** A photo chosen in `<input type="file">`; null with a complaint where it is none. The input is emptied, so that the same can be chosen again. */
export async function takePicture(event: Event): Promise<Picture | null> {
  complaint.value = null
  const input = event.target as HTMLInputElement
  const file = input.files?.[0]
  if (!file) return null
  const picture = await pictureOf(file)
  input.value = ''
  if (!picture) complaint.value = sayField('photo.unreadable')
  return picture
}
