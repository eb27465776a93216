// Our cookies: what they are called, who may read them, and how they go again.
import type { IncomingMessage } from 'node:http'
import type { CookieOptions, Response } from 'express'

/** Anything that came with HTTP headers. */
export type Asking = Pick<IncomingMessage, 'headers'>

/** The session. */
export const cookieName = 'sanping'

/**
 * By https a browser takes a cookie of such a name only from this very host, for all of it, and never in the clear (RFC 6265bis,
 * 4.1.3.2): a neighbouring host cannot plant one. By plain http it takes none of such a name at all.
 */
const bound = '__Host-'
const called = (name: string, secure: boolean): string => (secure ? `${bound}${name}` : name)

/**
 * One cookie by its name; null without one. What an earlier version gave without the prefix is read until the next version,
 * so that nobody is signed out; the one with the prefix goes before it.
 */
export const cookieOf = (asking: Asking, name: string): string | null =>
  plainOf(asking, `${bound}${name}`) ?? plainOf(asking, name)

function plainOf({ headers }: Asking, name: string): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const ours = pairs.find((pair) => pair.startsWith(`${name}=`))
  return ours ? ours.slice(name.length + 1) || null : null
}

/** It came by the name that an earlier version gave it. */
export const isOfOldName = (asking: Asking, name: string): boolean =>
  plainOf(asking, `${bound}${name}`) === null && plainOf(asking, name) !== null

interface Kept {
  secure: boolean
  maxAge?: number
  /** Strict, unless it must come back from somebody else's page. */
  sameSite?: 'strict' | 'lax'
  /** By plain http alone: what is bound to the host is for all of it. */
  path?: string
}

const optionsOf = ({ secure, maxAge, sameSite = 'strict', path = '/' }: Kept): CookieOptions => ({
  ...{ httpOnly: true, sameSite, secure },
  path: secure ? '/' : path,
  ...(maxAge === undefined ? {} : { maxAge }),
})

/** No script reads it; what an earlier version left under the old name goes. */
export function keepCookie(res: Response, name: string, token: string, kept: Kept): void {
  res.cookie(called(name, kept.secure), token, optionsOf(kept))
  if (kept.secure) forgetOld(res, name, kept)
}

export function forgetCookie(res: Response, name: string, kept: Omit<Kept, 'maxAge'>): void {
  res.clearCookie(called(name, kept.secure), optionsOf(kept))
  if (kept.secure) forgetOld(res, name, kept)
}

/** Only where the browser has sent it: else each answer would carry the line for nothing. */
function forgetOld(res: Response, name: string, { path = '/', sameSite = 'strict' }: Kept): void {
  if (plainOf(res.req, name) === null) return
  res.clearCookie(name, { httpOnly: true, secure: true, sameSite, path })
}

/** The session's as a header's line, where express is not at hand. A token needs no escaping. */
export const cookieText = (token: string, { secure, maxAge }: { secure: boolean; maxAge: number }): string =>
  `${called(cookieName, secure)}=${token}; Max-Age=${Math.floor(maxAge / 1000)}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
