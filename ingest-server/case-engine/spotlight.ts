// 带看: one person drives, the others follow; the newest driver has it, and without a move nobody does.
import type { Linkage, Looked, Spotlight } from '#contract/linkage'
import type { Role } from '#contract/roles'
import type { Board } from './board.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { afterMinutes } from './leases.ts'
import { whyNotShown } from './showing.ts'

type Judged = Linkage | ReturnType<typeof no>

/** Minutes after the last move. */
const lease = 10

const mayDrive: Record<Role, boolean> = {
  'duty-officer': true,
  chief: true,
  wall: true,
  officer: false,
  property: false,
  administrator: false,
  'security-administrator': false,
  'audit-administrator': false,
}

const isSame = (one: Looked, other: Looked): boolean =>
  one.caseId === other.caseId && one.placeId === other.placeId && one.moment === other.moment

/**
 * Refusals: `role-not-allowed`, what may not be shown, `somebody-drives` to a chief while the duty officer or a wall does,
 * `already-so` for a move that changes nothing, unless by now it is needed to keep the lease.
 */
export function look(board: Board, lent: Linkage, wanted: Looked, doer: Doer, known: Known): Judged {
  const { person, now } = doer
  if (!mayDrive[person.role]) return no('role-not-allowed')
  const refusal = whyNotShown(board, wanted, doer, known)
  if (refusal) return no(refusal)
  const before = lent.spotlight
  const own = before?.by === person.id ? before : null
  if (before && !own && person.role === 'chief' && !isChiefs(before, known)) return no('somebody-drives')
  if (own && isSame(own, wanted) && now < afterMinutes(own.movedAt, lease / 2)) return no('already-so')
  const held = { by: person.id, since: own?.since ?? now, movedAt: now, until: afterMinutes(now, lease) }
  return { ...lent, spotlight: { ...held, ...wanted } }
}

/** A wall is in no account. */
const isChiefs = ({ by }: Spotlight, { people }: Pick<Known, 'people'>): boolean => people.get(by)?.role === 'chief'

const mayStop: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'wall'])

/** By whoever drives, the duty officer or a wall. Refusals: `already-so`, `role-not-allowed`. */
export function lookAway(lent: Linkage, { person }: Doer): Judged {
  if (!lent.spotlight) return no('already-so')
  if (lent.spotlight.by !== person.id && !mayStop.has(person.role)) return no('role-not-allowed')
  return { ...lent, spotlight: null }
}
