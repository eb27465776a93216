// A command's id: unique for ever. `crypto.randomUUID` is missing in Chrome 90 and on plain HTTP, so it is drawn by hand.
import type { CommandId } from '#contract/ids'

export function newId(random: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): CommandId {
  return [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('') as CommandId
}
