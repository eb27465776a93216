// 投屏: put on the wall for a while; who comes later waits for their turn.
import type { LinkingWish } from '#contract/command'
import type { CastId } from '#contract/ids'
import { namedIn } from '#contract/linkage'
import type { Cast, CastWhat, Linkage } from '#contract/linkage'
import type { Refusal } from '#contract/refusal'
import type { Role } from '#contract/roles'
import type { Board } from './board.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { afterMinutes, withWall } from './leases.ts'
import { whyNotShown } from './showing.ts'

type Wished<T extends LinkingWish['type']> = Extract<LinkingWish, { type: T }>
type Judged = Linkage | ReturnType<typeof no>

const mostCasts = 5
const mostOfOne = 2

const mayCast: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'chief'])
/** Besides whoever put it there. */
const mayLengthen: ReadonlySet<Role> = new Set<Role>(['duty-officer'])
const mayEnd: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'wall'])

/** Refusals: `role-not-allowed`, what may not be shown, `evidence-unknown` for a picture of no such case, `already-so`, `casts-full`. */
export function cast(board: Board, lent: Linkage, wish: Wished<'cast'>, doer: Doer, known: Known): Judged {
  const { person, now } = doer
  const { id, what, minutes } = wish
  const { casts } = lent
  if (!mayCast.has(person.role)) return no('role-not-allowed')
  const refusal = whyNotShown(board, namedIn(what), doer, known) ?? whyNoPicture(board, what)
  if (refusal) return no(refusal)
  if (casts.some((one) => one.id === id)) return no('already-so')
  const own = casts.filter(({ by }) => by === person.id)
  if (casts.length >= mostCasts || own.length >= mostOfOne) return no('casts-full')
  return { ...lent, casts: withWall([...casts, { id, by: person.id, what, minutes, askedAt: now }], now) }
}

/** What a camera or a resident sent, or what staff took there. */
function whyNoPicture({ cases }: Pick<Board, 'cases'>, what: CastWhat): Refusal | null {
  if (what.kind !== 'photo') return null
  const subject = cases.get(what.caseId)
  const pictures = [
    ...(subject?.photos ?? []).map(({ evidence }) => evidence),
    ...(subject?.sources ?? []).flatMap(({ evidence }) => evidence),
  ]
  return pictures.includes(what.evidence) ? null : 'evidence-unknown'
}

/** So long from now; of one that still waits, so long from when it gets the wall. Never shorter than it was. */
export function castLonger(lent: Linkage, { id, minutes }: Wished<'cast-longer'>, doer: Doer): Judged {
  const found = lent.casts.find((one) => one.id === id)
  if (!found) return no('cast-unknown')
  if (!isTheirs(found, doer, mayLengthen)) return no('role-not-allowed')
  const until = afterMinutes(doer.now, minutes)
  const isLonger = found.until === undefined ? minutes > found.minutes : until > found.until
  if (!isLonger) return no('already-so')
  const longer = found.until === undefined ? { ...found, minutes } : { ...found, until }
  return { ...lent, casts: lent.casts.map((one) => (one === found ? longer : one)) }
}

/** On the wall or still waiting. Whoever is next gets the wall at once. */
export function castEnd(lent: Linkage, id: CastId, doer: Doer): Judged {
  const found = lent.casts.find((one) => one.id === id)
  if (!found) return no('cast-unknown')
  if (!isTheirs(found, doer, mayEnd)) return no('role-not-allowed')
  const casts = lent.casts.filter((one) => one !== found)
  return { ...lent, casts: withWall(casts, doer.now) }
}

const isTheirs = ({ by }: Cast, { person }: Doer, also: ReadonlySet<Role>): boolean =>
  by === person.id || also.has(person.role)
