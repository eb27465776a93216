// Digest access of SIP (RFC 3261 22, RFC 2617): challenges that cannot be made up, and that are good only once.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '#contract/ids'

interface Credentials {
  username: string
  realm: string
  nonce: string
  uri: string
  response: string
  algorithm: string | undefined
  qop: string | undefined
  nc: string | undefined
  cnonce: string | undefined
}

const md5 = (text: string): string => createHash('md5').update(text, 'latin1').digest('hex')

/** Of an Authorization header; null where it is no digest or not all of one. */
export function readDigest(header: string | undefined): Credentials | null {
  const given = /^Digest\s+(.*)$/is.exec(header ?? '')?.[1]
  if (given === undefined) return null
  const fields = new Map<string, string>()
  for (const [, name = '', quoted, plain] of given.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)) {
    if (fields.has(name.toLowerCase())) return null
    fields.set(name.toLowerCase(), quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1'))
  }
  const [username, realm, nonce, uri, response] = ['username', 'realm', 'nonce', 'uri', 'response'].map((name) =>
    fields.get(name),
  )
  if (username === undefined || realm === undefined || nonce === undefined || uri === undefined || !response)
    return null
  const [algorithm, qop, nc, cnonce] = ['algorithm', 'qop', 'nc', 'cnonce'].map((name) => fields.get(name))
  return { username, realm, nonce, uri, response, algorithm, qop, nc, cnonce }
}

/** `ha1`: MD5(user:realm:password). Takes as long for one that is nearly right. */
export function isRight(given: Credentials, method: string, ha1: string): boolean {
  const { nonce, uri, response, qop, nc, cnonce } = given
  if (given.algorithm !== undefined && given.algorithm.toUpperCase() !== 'MD5') return false
  if (qop !== undefined && (qop.toLowerCase() !== 'auth' || !/^[\da-f]{8}$/i.test(nc ?? '') || !cnonce)) return false
  const ha2 = md5(`${method}:${uri}`)
  const right = qop === undefined ? md5(`${ha1}:${nonce}:${ha2}`) : md5(`${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`)
  const [ours, theirs] = [Buffer.from(right), Buffer.from(response.toLowerCase(), 'latin1')]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

export interface Nonces {
  /** For whoever sent from there: no other address may use it. */
  make(address: string): string
  /** `strange`: not ours, or another's. */
  look(nonce: string, address: string): 'fresh' | 'old' | 'strange'
  /** False where it was used before: without `nc` it is good once, with it the count must rise. Asked only of what is right. */
  use(nonce: string, nc: string | undefined): boolean
}

interface NoncesNeeds {
  random: (bytes: number) => Uint8Array
  now: () => Instant
}

const goodForMs = 5 * 60_000
const mostUsed = 20_000

/** Nothing is kept of one that was only asked for: a flood of questions fills no memory. */
export function openNonces({ random, now }: NoncesNeeds): Nonces {
  const key = random(32)
  const used = new Map<string, { at: Instant; count: number }>()
  /** What is older than this is no longer remembered, and so no longer good. */
  let floor = 0
  const signed = (body: string, address: string) =>
    createHmac('sha256', key).update(`${body} ${address}`).digest('hex').slice(0, 32)
  const madeAt = (nonce: string): Instant => Number.parseInt(nonce.slice(0, 12), 16)

  return {
    make(address) {
      const body = now().toString(16).padStart(12, '0') + Buffer.from(random(8)).toString('hex')
      return body + signed(body, address)
    },
    look(nonce, address) {
      if (!/^[\da-f]{60}$/.test(nonce)) return 'strange'
      const right = Buffer.from(signed(nonce.slice(0, 28), address))
      if (!timingSafeEqual(right, Buffer.from(nonce.slice(28)))) return 'strange'
      const at = madeAt(nonce)
      return at > now() - goodForMs && at >= floor ? 'fresh' : 'old'
    },
    use(nonce, nc) {
      const count = nc === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(nc, 16)
      const before = used.get(nonce)
      if (before && count <= before.count) return false
      if (before && before.count === Number.POSITIVE_INFINITY) return false
      forget()
      used.delete(nonce)
      used.set(nonce, { at: madeAt(nonce), count })
      return true
    },
  }

  function forget(): void {
    for (const [nonce, { at }] of used) {
      if (at > now() - goodForMs && used.size < mostUsed) return
      used.delete(nonce)
      if (at > now() - goodForMs) floor = Math.max(floor, at + 1)
    }
  }
}

export const challenge = (realm: string, nonce: string, stale: boolean): string =>
  `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`
