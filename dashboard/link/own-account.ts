// My account at the server: my code, my devices, my password; and the site's sign-in service, where there is one.
import encodeQR from 'qr'
import type { Instant } from '#contract/ids'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export interface OwnAccount {
  personId: string
  name: string
  factor: { enrolled: boolean; required: boolean; codesLeft: number; provenAt: Instant | null }
  sessions: { id: string; device: string; since: Instant; seenAt: Instant; here: boolean }[]
}

const own = '/api/own-account'
/** 204 says no more than that it is done. */
export const done =
  (fetch: Fetch): Fetch =>
  async (url, init) => {
    const answer = await fetch(url, init)
    return answer.status === 204 ? new Response('{}') : answer
  }

export const askOwnAccount = (fetch: Fetch): Promise<Asked<OwnAccount>> => ask(fetch, own)
export const beginCode = (fetch: Fetch, password: string): Promise<Asked<{ secret: string; address: string }>> =>
  ask(fetch, `${own}/code`, posted('POST', { password }))
export const confirmCode = (fetch: Fetch, code: string): Promise<Asked<{ codes: string[] }>> =>
  ask(fetch, `${own}/code/confirm`, posted('POST', { code }))
export const dropCode = (fetch: Fetch): Promise<Asked<object>> => ask(done(fetch), `${own}/code`, { method: 'DELETE' })
export const drawRecovery = (fetch: Fetch): Promise<Asked<{ codes: string[] }>> =>
  ask(fetch, `${own}/recovery`, { method: 'POST' })
export const proveCode = (fetch: Fetch, code: string): Promise<Asked<object>> =>
  ask(done(fetch), `${own}/proof`, posted('POST', { code }))
/** Null: all but this one. */
export const endSession = (fetch: Fetch, id: string | null): Promise<Asked<object>> =>
  ask(done(fetch), `${own}/sessions${id === null ? '' : `/${id}`}`, { method: 'DELETE' })
export const changePassword = (fetch: Fetch, old: string, fresh: string): Promise<Asked<object>> =>
  ask(done(fetch), '/api/session/password', posted('POST', { old, new: fresh }))

/** As one path of unit squares, `size` units wide. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw')
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size: rows.length, path: squares.join('') }
}
