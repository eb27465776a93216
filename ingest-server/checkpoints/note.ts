// A signed note: text, a blank line, and under it who signed and how. The form transparency logs speak (C2SP signed-note).
import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'

/** What the form calls Ed25519. */
const ed25519 = 0x01
const keyBytes = 32
const idBytes = 4
/** An em dash and a space begin a signature's line. */
const dash = '\u2014 '
/** What stands before the 32 bytes of a private key in its usual wrapping (PKCS #8, RFC 8410), and of a public one (SPKI). */
const privateWrap = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicWrap = Buffer.from('302a300506032b6570032100', 'hex')

/** `seed`: 32 bytes of chance. */
export const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privateWrap, seed]), format: 'der', type: 'pkcs8' })

/** A key never changes, and to read it anew for each note cost more than to sign it. */
const raws = new WeakMap<KeyObject, Buffer>()

function rawOf(key: KeyObject): Buffer {
  const known = raws.get(key)
  if (known) return known
  const text = key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }) as string
  const raw = createPublicKey(text).export({ format: 'der', type: 'spki' }).subarray(-keyBytes)
  raws.set(key, raw)
  return raw
}

const idOf = (name: string, raw: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519), raw]), 'buffer').subarray(0, idBytes)

/** The key as verifiers of notes take it: `name+id+key`. `key`: either half. */
export function verifierKey(name: string, key: KeyObject): string {
  const raw = rawOf(key)
  return `${name}+${idOf(name, raw).toString('hex')}+${Buffer.concat([Buffer.of(ed25519), raw]).toString('base64')}`
}

/** A public key as it is handed out: PEM, or `name+id+key`. Throws where it is neither. */
export function readPublicKey(text: string): KeyObject {
  const [, id, key] = /^[^\s+]+\+([\da-f]{8})\+([\w+/=]+)$/.exec(text.trim()) ?? []
  if (id === undefined || key === undefined) return createPublicKey(text)
  const raw = Buffer.from(key, 'base64').subarray(1)
  return createPublicKey({ key: Buffer.concat([publicWrap, raw]), format: 'der', type: 'spki' })
}

/** `text` ends in a line feed and holds no blank line; `name` no space and no plus. */
export function signNote(text: string, name: string, key: KeyObject): string {
  const signature = sign(null, Buffer.from(text), key)
  return `${text}\n${dash}${name} ${Buffer.concat([idOf(name, rawOf(key)), signature]).toString('base64')}\n`
}

/** The text that was signed by `name` with the other half of `key`, or null where it was not. */
export function openNote(note: string, name: string, key: KeyObject): string | null {
  const parts = takeApart(note)
  if (!parts || parts.name !== name) return null
  const id = idOf(name, rawOf(key))
  const signed = Buffer.from(parts.signature, 'base64')
  if (!signed.subarray(0, idBytes).equals(id) || signed.toString('base64') !== parts.signature) return null
  return verify(null, Buffer.from(parts.text), key, signed.subarray(idBytes)) ? parts.text : null
}

/** Without asking whether the signature holds. Null where it is no note with one signature. */
export function takeApart(note: string): { text: string; name: string; signature: string } | null {
  const split = note.lastIndexOf('\n\n')
  const line = /^\u2014 ([^\s+]+) ([A-Za-z\d+/]+=*)\n$/.exec(note.slice(split + 2))
  return split < 0 || !line ? null : { text: note.slice(0, split + 1), name: line[1]!, signature: line[2]! }
}
