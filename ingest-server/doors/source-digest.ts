// HTTP Digest (RFC 7616, MD5, qop auth) for cameras that can do no other: a challenge nobody has to remember, each answer to it good once.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant, SourceId } from '#contract/ids'
import { digestRealm } from '../records/source-secrets.ts'

/** So long a challenge may be answered. */
const freshMs = 5 * 60_000

interface Asked {
  method: string
  /** As it stands in the request's first line. */
  target: string
  header: string
}

export interface Digests {
  challenge(now: Instant): string
  /** Who it says it is; nothing is proved yet. */
  claims(header: string): SourceId | null
  isRight(asked: Asked, hashes: readonly string[], now: Instant): boolean
}

/** `key`: drawn at each start; a challenge from before it is answered with a new one, as the RFC has it. */
export function openDigests(key: Uint8Array): Digests {
  const nonceAt = (now: Instant): string => {
    const time = now.toString(36)
    return `${time}-${createHmac('sha256', key).update(time).digest('base64url').slice(0, 32)}`
  }
  /** Right answers and when they came, the oldest first: only who knows the key can add one. */
  const spent = new Map<string, Instant>()
  /** False where it was spent before: sent again, under another body, it is somebody who overheard it. */
  function spend(response: string, now: Instant): boolean {
    for (const [old, at] of spent)
      if (now - at > freshMs) spent.delete(old)
      else break
    if (spent.has(response)) return false
    spent.set(response, now)
    return true
  }
  const isFresh = (nonce: string, now: Instant): boolean => {
    const at = Number.parseInt(nonce.split('-', 1)[0] ?? '', 36)
    return Number.isSafeInteger(at) && same(nonce, nonceAt(at)) && at <= now && now - at <= freshMs
  }
  return {
    challenge: (now) => `Digest realm="${digestRealm}", qop="auth", algorithm=MD5, nonce="${nonceAt(now)}"`,
    claims: (header) => (fieldsOf(header).username as SourceId | undefined) ?? null,
    isRight({ method, target, header }, hashes, now) {
      const { nonce = '', uri = '', nc = '', cnonce = '', qop, response = '' } = fieldsOf(header)
      if (qop !== 'auth' || uri !== target || !isFresh(nonce, now)) return false
      const second = md5(`${method}:${uri}`)
      let fits = false
      for (const first of hashes)
        if (same(response, md5(`${first}:${nonce}:${nc}:${cnonce}:${qop}:${second}`))) fits = true
      return fits && spend(response, now)
    },
  }
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** `name="value"` or `name=value`, as often as they come. */
function fieldsOf(header: string): Record<string, string> {
  const pairs = header.slice(0, 2000).matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)
  return Object.fromEntries([...pairs].map(([, name, quoted, bare]) => [name!.toLowerCase(), quoted ?? bare ?? '']))
}
