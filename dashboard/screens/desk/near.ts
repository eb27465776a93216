// What the desk's map shows about one case: the circle in which reports are one case, and who is near enough to name.
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Presence } from '#contract/person'
import type { LonLat } from '#contract/point'
import { ringAround } from '../../map/rings.ts'
import { sayDesk } from '../../words/desk.ts'
import { metresSaid } from './candidates.ts'
import { personName } from './facts.ts'
import type { Facts } from './facts.ts'

interface Scene {
  subject: Case
  facts: Facts
  presences: ReadonlyMap<PersonId, Presence>
  people: readonly PersonId[]
  chosen: PersonId | null
}

/** From the middle to the nearer edge: those named are in sight, as long as they are not across the street. */
const nearest = 120
const farthest = 420

const distanceTo = (scene: Scene, id: PersonId): number | null => {
  const presence = scene.presences.get(id)
  return presence ? metresBetween(presence.wgs84, scene.subject.wgs84) : null
}

/** The chosen one is always in sight; the others where that costs no more than the walkable neighbourhood. */
export function reachOf(scene: Scene): number {
  const walkable = scene.people
    .map((id) => distanceTo(scene, id))
    .filter((metres) => metres !== null)
    .filter((metres) => metres < farthest)
  const chosen = scene.chosen && distanceTo(scene, scene.chosen)
  return Math.min(1_200, Math.max(nearest, ...walkable.map((metres) => metres * 1.3), (chosen || 0) * 1.3))
}

export interface NamedPerson {
  id: PersonId
  at: LonLat
  name: string
  distance: string
  isChosen: boolean
}

/** In a straight line, and said so by the line that is drawn. */
export function namedPeople(scene: Scene): NamedPerson[] {
  return scene.people.flatMap((id) => {
    const presence = scene.presences.get(id)
    if (!presence) return []
    const distance = metresSaid(metresBetween(presence.wgs84, scene.subject.wgs84))
    return [{ id, at: presence.wgs84, name: personName(scene.facts, id), distance, isChosen: id === scene.chosen }]
  })
}

/** The circle within which a report of the same kind would be this case; its words stand north of it. */
export function sameCaseRing(subject: Case, metres: number): { at: LonLat; words: string } {
  const ring = ringAround(subject.wgs84, metres)
  return { at: ring[Math.round(ring.length / 4)] ?? subject.wgs84, words: sayDesk('sameCase', { m: metres }) }
}
