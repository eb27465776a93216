// Who commands through a bound wall: signs in for a while, and is gone again by a tap.
import type { Operator } from '#contract/wire'
import { ask, posted } from './ask.ts'
import type { Asked, Fetch } from './ask.ts'

const door = '/api/wall/operator'

export const beOperator = (fetch: Fetch, account: string, password: string, code = ''): Promise<Asked<Operator>> =>
  ask<Operator>(fetch, door, posted('POST', { account, password, ...(code && { code }) }))

/** False where the wall's own server was not reached: whoever it was still commands. */
export async function endOperator(fetch: Fetch): Promise<boolean> {
  try {
    return (await fetch(door, { method: 'DELETE', credentials: 'same-origin' })).ok
  } catch {
    return false
  }
}
