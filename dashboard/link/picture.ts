// A photo from the camera made ready to be kept: shrunk, and named by its hash.
import type { Picture } from './outbox-port.ts'
import { sha256 } from './sha256.ts'
import { drawer, shrink } from './shrink.ts'

/** Null where the browser cannot read the file as a picture. */
export async function pictureOf(file: Blob): Promise<Picture | null> {
  const draw = await drawer(file).catch(() => null)
  if (!draw) return null
  const blob = await shrink(draw)
  const id = await sha256(new Uint8Array(await blob.arrayBuffer()), crypto.subtle as SubtleCrypto | undefined)
  return { id, blob }
}
