// Every word that goes over the line, in and out, with its rule: the types see to it that none is missing.
import type { Role } from '#contract/roles'
import type { ScreenToServer, ServerToScreen } from '#contract/wire'
import { administrator, everyone, leaders, lookers, walls } from './permitted.ts'

export interface HeardRule {
  who: readonly Role[]
  /** What of it is written down, and where; null for nothing. */
  audit: string | null
}

export interface ToldRule {
  who: readonly Role[]
  /** Of what it may speak: the whole street, the hearer's own ground, or nothing that lies anywhere. */
  reach: 'street' | 'own' | 'none'
  /** Parts of it that only these are told. */
  parts?: Readonly<Record<string, readonly Role[]>>
}

/** A phone on the ground; a wall hangs, and an administrator is sent nowhere. */
const onTheGround: readonly Role[] = ['duty-officer', 'chief', 'officer', 'property']

/** What a screen may say. Each is asked anew at every word, of the session as it is then. */
export const heardRules: Readonly<Record<keyof ScreenToServer, HeardRule>> = {
  hello: { who: everyone, audit: null },
  // Whether this person may wish this of this case is the engine's to say; the journal is its audit.
  command: { who: lookers, audit: 'journal' },
  where: { who: onTheGround, audit: null },
  drawn: { who: everyone, audit: null },
  echo: { who: everyone, audit: null },
}

/**
 * What a screen may be told. Each goes to an audience: whoever has the same role and the same ground. The three administrators
 * have no ground: what they are told of it is empty.
 */
export const toldRules: Readonly<Record<keyof ServerToScreen, ToldRule>> = {
  patch: { who: everyone, reach: 'own' },
  people: { who: everyone, reach: 'own' },
  presence: { who: everyone, reach: 'own' },
  silent: { who: everyone, reach: 'own' },
  scenarios: { who: everyone, reach: 'none' },
  paths: { who: everyone, reach: 'none' },
  pulse: { who: everyone, reach: 'none', parts: { lags: [...leaders, ...administrator, 'wall'] } },
  site: { who: walls, reach: 'none' },
  roll: { who: [...leaders, 'wall'], reach: 'street' },
  operator: { who: walls, reach: 'none' },
  leave: { who: everyone, reach: 'none' },
}
