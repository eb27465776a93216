// Who commands through a bound wall: signs in for a while, and is gone again by a tap.
import type { Operator } from '#contract/wire'
import { ask, posted } from './ask.ts'
import type { Asked, Fetch } from './ask.ts'

export const beOperator = (fetch: Fetch, name: string, password: string): Promise<Asked<Operator>> =>
  ask<Operator>(fetch, '/api/wall/operator', posted('POST', { name, password }))

export const endOperator = (fetch: Fetch): Promise<Asked<unknown>> =>
  ask(fetch, '/api/wall/operator', { method: 'DELETE' })
