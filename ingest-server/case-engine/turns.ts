// Turns put on the roster and taken off it: whose they may be, where, and never two of one person at once.
import type { KeepingWish } from '#contract/command'
import type { Shift } from '#contract/duty'
import type { PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Refusal } from '#contract/refusal'
import { takesPart, type Role } from '#contract/roles'
import { overlaps } from '#contract/roster'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { covers, sees } from './scope.ts'

type Wished = Extract<KeepingWish, { type: 'roster' }>

/** Who writes the roster: of the whole sub-district, or of their own places alone. */
const writes: Record<Role, 'all' | 'own' | false> = {
  'duty-officer': 'all',
  chief: 'own',
  officer: false,
  property: false,
  wall: false,
  administrator: false,
  'security-administrator': false,
  'audit-administrator': false,
}

export const shiftById = (board: Pick<Board, 'shifts'>, id: Shift['id']): Shift | undefined =>
  [...board.shifts.values()].flat().find((shift) => shift.id === id)

/** May this person write about turns in this place? */
export const mayRoster = ({ person }: Doer, placeId: PlaceId, known: Known): boolean =>
  writes[person.role] === 'all' ||
  (writes[person.role] === 'own' && covers(person.placeIds, known.ground.pathOf(placeId)))

/** Could they stand there: an account that goes on duty, of that post, that sees what happens in that place. */
export function misfit(person: Person | undefined, { post, placeId }: Pick<Shift, 'post' | 'placeId'>, known: Known) {
  if (!person) return 'person-unknown'
  if (!takesPart(person.role) || person.post !== post) return 'person-cannot-handle'
  return sees(person, { path: known.ground.pathOf(placeId) }) ? null : 'person-out-of-area'
}

/** Refusals: `role-not-allowed`, `nothing-in-it`, `shift-unknown`, `place-unknown`, `not-your-area`, `wrong-shape`, those of a misfit, `shift-overlaps`. */
export function setTurns(board: Board, { put, drop }: Wished, doer: Doer, known: Known): Decision {
  if (!writes[doer.person.role]) return no('role-not-allowed')
  if (put.length === 0 && drop.length === 0) return no('nothing-in-it')
  const standing = new Map([...board.shifts.values()].flat().map((shift) => [shift.id, shift]))
  if (drop.some((id) => !standing.has(id))) return no('shift-unknown')
  if (new Set(put.map((shift) => shift.id)).size < put.length) return no('wrong-shape')
  const replaced = [...drop, ...put.map((shift) => shift.id)].flatMap((id) => standing.get(id) ?? [])
  if (!replaced.every((shift) => mayRoster(doer, shift.placeId, known))) return no('not-your-area')
  for (const shift of put) {
    const refusal = wrongTurn(shift, doer, known)
    if (refusal) return no(refusal)
  }
  for (const shift of replaced) standing.delete(shift.id)
  if (anyOverlap([...standing.values(), ...put])) return no('shift-overlaps')
  return { events: [{ type: 'rostered', put, drop }] }
}

function wrongTurn(shift: Wished['put'][number], doer: Doer, known: Known): Refusal | null {
  if (!known.ground.places.has(shift.placeId)) return 'place-unknown'
  if (shift.from >= shift.to) return 'wrong-shape'
  const person = known.people.get(shift.personId)
  const refusal = misfit(person, shift, known)
  if (refusal) return refusal
  const isTheirs = person!.placeIds.some((place) => mayRoster(doer, place, known))
  return isTheirs && mayRoster(doer, shift.placeId, known) ? null : 'not-your-area'
}

/** Has anybody two turns at once? In order of their beginning it shows between neighbours. */
function anyOverlap(shifts: readonly Shift[]): boolean {
  const order = shifts.toSorted((a, b) =>
    a.personId === b.personId ? a.from - b.from : a.personId < b.personId ? -1 : 1,
  )
  return order.some((shift, i) => order[i + 1]?.personId === shift.personId && overlaps(shift, order[i + 1]!))
}
