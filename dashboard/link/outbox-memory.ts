// An outbox body that lasts as long as the page: for browsers without IndexedDB, and for tests.
import type { Draft, OutboxBody, OutItem, PictureLook } from './outbox-port.ts'

export function openMemoryBody(): OutboxBody {
  const items = new Map<string, OutItem>()
  const drafts = new Map<string, Draft>()
  const pictures = new Map<string, PictureLook>()
  const blobs = new Map<string, Blob>()
  return {
    lasting: false,
    async read() {
      return copy({
        items: [...items.values()],
        drafts: [...drafts.values()],
        pictures: [...pictures.values()],
      })
    },
    async write(change) {
      for (const item of change.items ?? []) items.set(item.id, copy(item))
      for (const draft of change.drafts ?? []) drafts.set(draft.id, copy(draft))
      for (const { blob, ...look } of change.pictures ?? []) {
        pictures.set(look.id, look)
        if (blob) blobs.set(look.id, blob)
      }
      for (const id of change.dropItems ?? []) items.delete(id)
      for (const id of change.dropDrafts ?? []) drafts.delete(id)
      for (const id of change.dropPictures ?? []) [pictures, blobs].forEach((table) => table.delete(id))
    },
    async blob(id) {
      return blobs.get(id) ?? null
    },
  }
}

/** Chrome 90 has no structuredClone, and everything here but the blobs is plain JSON. */
const copy = <T>(plain: T): T => JSON.parse(JSON.stringify(plain)) as T
