// What one audience sees of the linked screens: never a case or a place that is not theirs to see.
import { covers } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import type { Ground } from '#contract/ground'
import type { CaseId, PlaceId } from '#contract/ids'
import { namedIn } from '#contract/linkage'
import type { Linkage, LinkageView, Looked } from '#contract/linkage'
import type { Change, ShownBoard } from '../desk/port.ts'
import { seesEverything, visibleTo } from './line-scope.ts'
import type { Audience } from './line-scope.ts'

/** Who drives and until when is everybody's; what they show, and what stands on the wall, is told only where it may be seen. */
export function linkageFor(
  audience: Audience,
  { spotlight, casts }: Linkage,
  board: Pick<ShownBoard, 'cases'>,
  ground: Pick<Ground, 'pathOf'>,
): LinkageView {
  const sees = (look: Looked): boolean => seesEverything(audience) || (seesCase(look.caseId) && seesPlace(look.placeId))
  const seesCase = (id: CaseId | undefined): boolean => {
    const subject = id && board.cases.get(id)
    return id === undefined || (subject !== undefined && visibleTo(audience, subject))
  }
  const seesPlace = (id: PlaceId | undefined): boolean =>
    id === undefined || covers(audience.placeIds, ground.pathOf(id))

  const shown = casts.filter(({ what }) => sees(namedIn(what)))
  if (!spotlight || sees(spotlight)) return { spotlight, casts: shown }
  const { by, since, movedAt, until } = spotlight
  return { spotlight: { by, since, movedAt, until, hidden: true }, casts: shown }
}

/**
 * Does the change bring a case that is looked at into this audience's view, or take it out? Nobody moved the spotlight then, and
 * still they see another one.
 */
export function turnsVisible(
  audience: Audience,
  { put, remove }: Pick<Change, 'put' | 'remove'>,
  linkage: Linkage,
): boolean {
  if (seesEverything(audience) || (!linkage.spotlight && linkage.casts.length === 0)) return false
  const looked = new Set([linkage.spotlight?.caseId, ...linkage.casts.map(({ what }) => namedIn(what).caseId)])
  const saw = (subject: Case | null): boolean => subject !== null && visibleTo(audience, subject)
  return (
    put.some(({ before, now }) => looked.has(now.id) && saw(before) !== saw(now)) ||
    remove.some((gone) => looked.has(gone.id) && saw(gone))
  )
}
