// Who sees what, and who may do what.
import { isAmong } from '#contract/asks'
import type { Case } from '#contract/case'
import type { PersonId, PlaceId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Role } from '#contract/roles'
import type { Scenario, Who } from '#contract/scenario'
import type { Stage, Verb } from '#contract/stage'
import { rowOf, walkOf, whoMay } from './stages.ts'

/** As much of a person as a rule asks for. */
export interface Somebody {
  id: PersonId
  role: Role
  placeIds: readonly PlaceId[]
  /** Nobody of ours: a platform that speaks of an order it gave us. */
  platform?: true
}

/** Does one of these places lie on the path from the sub-district down to the leaf? */
export const covers = (placeIds: readonly PlaceId[], path: readonly PlaceId[]): boolean =>
  placeIds.some((place) => path.includes(place))

/** Roles for which the whole sub-district lies open, their own places, or nothing whatever places are written beside them. */
const sight: Record<Role, 'all' | 'own' | 'nothing'> = {
  'duty-officer': 'all',
  wall: 'all',
  chief: 'own',
  officer: 'own',
  property: 'own',
  administrator: 'nothing',
  'security-administrator': 'nothing',
  'audit-administrator': 'nothing',
}

export const sees = ({ role, placeIds }: Pick<Somebody, 'role' | 'placeIds'>, current: Pick<Case, 'path'>): boolean =>
  sight[role] === 'all' || (sight[role] === 'own' && covers(placeIds, current.path))

/** Is there any ground of which they would be shown something? */
export const seesAnything = (role: Role): boolean => sight[role] !== 'nothing'

/** Null where one of `who` fits; the no that says most where none does. */
export function mayAs(who: readonly Who[], person: Somebody, current: Case): Refusal | null {
  if (!sees(person, current)) return 'not-your-area'
  if (isAmong(who, person, current)) return null
  return who.includes('holder') || who.includes('told') ? 'not-assigned-to-you' : 'role-not-allowed'
}

/** May this person do this to the case as it stands: stage and role only; photos, reasons and the like are asked when it is done. */
export function mayDo(verb: Verb, person: Somebody, current: Case, scenario?: Pick<Scenario, 'who'>): Refusal | null {
  let stage: Stage = current.stage
  for (const step of walkOf(current.stage, verb)) {
    const row = rowOf(stage, step)
    if (!row) return 'stage-not-allowed'
    const no = mayAs(whoMay(row, scenario), person, current)
    if (no) return no
    stage = row.to
  }
  return null
}
