// 交接班: what the next turn must know of a place, bound to the cases that are open there.
import type { KeepingWish } from '#contract/command'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { sees } from './scope.ts'
import { carriesPhone } from './tell.ts'

type Wished<T extends KeepingWish['type']> = Extract<KeepingWish, { type: T }>

/** Refusals: of who may and where, `case-not-found` for what is not on the board, `stage-not-allowed` for what has ended. */
export function handOver(board: Board, wish: Wished<'hand-over'>, { person, now }: Doer, known: Known): Decision {
  const { id, placeId, note, cases } = wish
  if (!carriesPhone[person.role]) return no('role-not-allowed')
  if (!known.ground.places.has(placeId)) return no('place-unknown')
  if (!sees(person, { path: known.ground.pathOf(placeId) })) return no('not-your-area')
  if (board.handOvers.has(id)) return no('already-so')
  const bound = [...new Set(cases)]
  if (note === '' && bound.length === 0) return no('nothing-in-it')
  for (const caseId of bound) {
    const current = board.cases.get(caseId)
    if (!current) return no('case-not-found')
    if (!current.path.includes(placeId)) return no('not-your-area')
    if (!isOpen(current.stage)) return no('stage-not-allowed')
  }
  return { events: [{ type: 'handed-over', handOver: { id, placeId, by: person.id, at: now, note, cases: bound } }] }
}

/** Once, by somebody else who answers for that place. */
export function takeOver(board: Board, { id }: Wished<'take-over'>, { person, now }: Doer, known: Known): Decision {
  const left = board.handOvers.get(id)
  if (!left) return no('hand-over-unknown')
  if (!carriesPhone[person.role]) return no('role-not-allowed')
  if (!sees(person, { path: known.ground.pathOf(left.placeId) })) return no('not-your-area')
  if (left.taken) return no('already-so')
  if (left.by === person.id) return no('own-hand-over')
  return { events: [{ type: 'handed-over', handOver: { ...left, taken: { by: person.id, at: now } } }] }
}
