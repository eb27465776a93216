// May this person point the others at it: a case on the board and a place of the map, both theirs to see, and no moment that is still to come.
import type { Looked } from '#contract/linkage'
import type { Refusal } from '#contract/refusal'
import type { Board } from './board.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { sees } from './scope.ts'

/** Refusals: `case-not-found`, `place-unknown`, `not-your-area`, `not-yet`. Nothing named is the whole of it: each sees their own. */
export function whyNotShown(
  { cases }: Pick<Board, 'cases'>,
  { caseId, placeId, moment }: Looked,
  { person, now }: Doer,
  { ground }: Pick<Known, 'ground'>,
): Refusal | null {
  const subject = caseId && cases.get(caseId)
  if (caseId && !subject) return 'case-not-found'
  if (placeId && !ground.places.has(placeId)) return 'place-unknown'
  if (subject && !sees(person, subject)) return 'not-your-area'
  if (placeId && !sees(person, { path: ground.pathOf(placeId) })) return 'not-your-area'
  return moment !== undefined && moment > now ? 'not-yet' : null
}
