// The secrets that hold, as one ring: what is new is sealed with the newest, what is older is opened with whichever sealed it.
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { Instant } from '#contract/ids'
import { keyFor, seal, unseal, type Sealed } from './sealing.ts'
import { readSecrets, secretFileOf, type Secret } from './secret.ts'
import type { Random } from './token.ts'

/** As a row keeps it. `key_id` is null only in rows of before there was a ring. */
export interface SealedRow extends Sealed {
  key_id: string | null
}

/** One purpose's keys. A key made elsewhere (a KMS that wraps and unwraps) would take this one's place. */
export interface Sealer {
  /** `nonce`: 12 bytes, never twice under one key. */
  seal(name: string, text: string, nonce: Uint8Array): Sealed & { key_id: string }
  /** Null where no secret of this ring opens it. */
  open(name: string, row: SealedRow): string | null
  /** By which of its keys; null for none. */
  keyOf(name: string, row: SealedRow): string | null
  /** Of the keys of this purpose, the newest first. */
  ids(): string[]
}

export interface KeyRing {
  for(purpose: string): Sealer
  /** The newest first. `id`: what it is called by, which gives nothing away. */
  list(): { id: string; madeAt: Instant | null; secret: Uint8Array }[]
  /** Whether the secrets have changed since. */
  reload(): Promise<boolean>
}

/** The public name of a secret. */
export const secretId = (secret: Uint8Array): string =>
  createHash('sha256').update(keyFor(secret, 'sanping secret name')).digest('hex').slice(0, 8)

/** What a row says it was sealed with: a key is of a secret and of a purpose. */
export const keyIdOf = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex').slice(0, 16)

/** `again`: the secrets as they are now, where they may change. */
export function openKeyRing(begin: readonly Secret[], again?: () => Promise<readonly Secret[] | null>): KeyRing {
  let secrets = begin
  const made = new Map<string, { of: readonly Secret[]; keys: { id: string; key: Buffer }[] }>()

  function keysOf(purpose: string) {
    const kept = made.get(purpose)
    if (kept?.of === secrets) return kept.keys
    const keys = secrets.map(({ bytes }) => keyFor(bytes, purpose)).map((key) => ({ id: keyIdOf(key), key }))
    made.set(purpose, { of: secrets, keys })
    return keys
  }

  function opened(purpose: string, name: string, row: SealedRow): { id: string; text: string } | null {
    for (const { id, key } of keysOf(purpose)) {
      if (row.key_id !== null && row.key_id !== id) continue
      const text = textOr(key, name, row)
      if (text !== null) return { id, text }
    }
    return null
  }

  return {
    for: (purpose) => ({
      seal(name, text, nonce) {
        const [{ id, key }] = keysOf(purpose) as [{ id: string; key: Buffer }]
        return { key_id: id, ...seal(key, name, text, nonce) }
      },
      open: (name, row) => opened(purpose, name, row)?.text ?? null,
      keyOf: (name, row) => opened(purpose, name, row)?.id ?? null,
      ids: () => keysOf(purpose).map(({ id }) => id),
    }),
    list: () => secrets.map(({ bytes, madeAt }) => ({ id: secretId(bytes), madeAt, secret: bytes })),
    async reload() {
      const newest = await again?.()
      if (!newest || sameSecrets(newest, secrets)) return false
      secrets = newest
      return true
    },
  }
}

/** The ring of a folder; its file is read anew only where it was changed. */
export async function readKeyRing(folder: string, random: Random, now: () => Instant): Promise<KeyRing> {
  const stampOf = async () => {
    const { ino, mtimeMs } = await stat(secretFileOf(folder))
    return `${ino} ${mtimeMs}`
  }
  const begin = await readSecrets(folder, random, now())
  let stamp = await stampOf()
  return openKeyRing(begin, async () => {
    const newest = await stampOf()
    if (newest === stamp) return null
    const secrets = await readSecrets(folder, random, now())
    stamp = newest
    return secrets
  })
}

/** One secret for ever: a test's. */
export const stillRing = (secret: Uint8Array): KeyRing => openKeyRing([{ bytes: secret, madeAt: null }])

const sameSecrets = (some: readonly Secret[], others: readonly Secret[]): boolean =>
  some.length === others.length && some.every(({ bytes }, nth) => Buffer.from(bytes).equals(others[nth]!.bytes))

function textOr(key: Buffer, name: string, row: Sealed): string | null {
  try {
    return unseal(key, name, row)
  } catch {
    // Another key's, or written by somebody else: which it is, whoever asked says.
    return null
  }
}
