// What one audience sees of the linked screens: never a case or a place that is not theirs to see.
import { covers } from '../case-engine/scope.ts'
import type { Ground } from '#contract/ground'
import type { Cast, Linkage, LinkageView, Looked } from '#contract/linkage'
import type { PlaceId } from '#contract/ids'
import type { ShownBoard } from '../desk/port.ts'
import { seesEverything, visibleTo } from './line-scope.ts'
import type { Audience } from './line-scope.ts'

/** Who drives and until when is everybody's; what they show is told only where it may be seen. */
export function linkageFor(
  audience: Audience,
  { spotlight, casts }: Linkage,
  board: Pick<ShownBoard, 'cases'>,
  ground: Pick<Ground, 'pathOf'>,
): LinkageView {
  const sees = (look: Looked): boolean => {
    const subject = look.caseId && board.cases.get(look.caseId)
    if (look.caseId && !(subject && visibleTo(audience, subject))) return seesEverything(audience)
    return !look.placeId || seesPlace(audience, look.placeId, ground)
  }
  const seesCast = ({ what }: Cast): boolean =>
    seesEverything(audience) ||
    sees({
      ...('caseId' in what && { caseId: what.caseId }),
      ...('placeId' in what && what.placeId !== undefined && { placeId: what.placeId }),
    })
  if (!spotlight) return { spotlight: null, casts: casts.filter(seesCast) }
  const { caseId: _case, placeId: _place, moment: _moment, ...driven } = spotlight
  return {
    spotlight: sees(spotlight) ? spotlight : { ...driven, hidden: true },
    casts: casts.filter(seesCast),
  }
}

const seesPlace = (audience: Audience, placeId: PlaceId, ground: Pick<Ground, 'pathOf'>): boolean =>
  seesEverything(audience) || covers(audience.placeIds, ground.pathOf(placeId))
