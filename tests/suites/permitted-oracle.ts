// What the registry's rule says should become of a question, by a reading of its own: none of the server's functions is asked.
import type { Role } from '#contract/roles'
import type { RouteRule } from '../../ingest-server/doors/permitted.ts'

/** Who asks, as they stand at that moment; null: nobody who is signed in. */
export interface Asker {
  role: Role
  placeIds: readonly string[]
}

/** `in`: through the wall of the registry, whatever the door then makes of it. */
export type Expected = 'not-signed-in' | 'role' | 'hidden' | 'shown' | 'in'

const wholeStreet: ReadonlySet<Role> = new Set(['duty-officer', 'wall'])
const ownGround: ReadonlySet<Role> = new Set(['chief', 'officer', 'property'])

/** `path`: of the case asked for, from the street down to its building group. */
export function sawBy({ role, placeIds }: Asker, path: readonly string[]): boolean {
  if (wholeStreet.has(role)) return true
  return ownGround.has(role) && path.some((place) => placeIds.includes(place))
}

export function expectedOf(
  rule: Pick<RouteRule, 'who' | 'reach'>,
  asker: Asker | null,
  path: readonly string[],
): Expected {
  if (rule.who === 'anybody') return 'in'
  if (!asker) return 'not-signed-in'
  if (!rule.who.includes(asker.role)) return 'role'
  if (rule.reach !== 'own') return 'in'
  return sawBy(asker, path) ? 'shown' : 'hidden'
}

/** Read off the answer. `mark`: a word only this case carries. */
export function answeredAs(status: number, text: string, mark: string): Expected | 'other' {
  if (status === 401 && /not-signed-in/.test(text)) return 'not-signed-in'
  if (status === 403 && /role-not-allowed/.test(text)) return 'role'
  if (text.includes(mark)) return 'shown'
  return status < 500 ? 'hidden' : 'other'
}
