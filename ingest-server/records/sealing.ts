// What must not lie open on the disk, sealed with the folder's secret and bound to its own name.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'

const cipher = 'aes-256-gcm'
const tagBytes = 16

export interface Sealed {
  nonce: Uint8Array
  /** The ciphertext and, at its end, the tag. */
  sealed: Uint8Array
}

/** One key a purpose, out of the one secret. */
export const keyFor = (secret: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))

/** Bound to its name: a row copied under another name does not open. `nonce`: 12 bytes, never twice under one key. */
export function seal(key: Buffer, name: string, text: string, nonce: Uint8Array): Sealed {
  const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(name))
  return { nonce, sealed: Buffer.concat([sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]) }
}

/** Throws where the key is another, or the row was written by somebody else. */
export function unseal(key: Buffer, name: string, { nonce, sealed }: Sealed): string {
  const text = sealed.subarray(0, -tagBytes)
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(-tagBytes))
  return opening.update(text, undefined, 'utf8') + opening.final('utf8')
}
