// What stands near a level I: the nearest hydrant and micro fire station, the cameras that saw it, the people who were told.
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Presence } from '#contract/person'
import type { Facility } from '#contract/places'
import type { Close, NearMark } from '../../map/near-layer.ts'
import type { PersonMark } from '../../map/marks.ts'
import { sayWall } from '../../words/wall.ts'
import { metresWords } from './metres-words.ts'
import type { Town } from '../../map/town.ts'

const rings = [50, 100, 150] as const
/** Past this a person is no help in five minutes, and their ring would stand outside the picture. */
const within = 400

export function closeUp(
  subject: Case,
  town: Town,
  presences: ReadonlyMap<PersonId, Presence>,
): Close & { caseId: string } {
  const things = (['hydrant', 'micro-fire-station'] as const).flatMap((kind) => {
    const near = nearest(subject, town, kind)
    if (!near) return []
    const metres = metresWords(metresBetween(near.at, subject.wgs84))
    const mark: NearMark = {
      id: near.id,
      at: near.at,
      kind: kind === 'hydrant' ? 'hydrant' : 'fire-station',
      text:
        kind === 'hydrant'
          ? sayWall('take.hydrant', { metres })
          : sayWall('take.fireStation', { name: near.name, metres }),
      isBold: kind !== 'hydrant',
    }
    return [mark]
  })
  const cameras = [...new Set(subject.sources.flatMap((source) => source.cameraId ?? []))].flatMap((id): NearMark[] => {
    const camera = town.cameras.get(id)
    return camera ? [{ id, at: camera.at, kind: 'camera', text: camera.name, isBold: false }] : []
  })
  const people = subject.told.flatMap((receipt): NearMark[] => {
    const presence = presences.get(receipt.personId)
    if (!presence) return []
    const metres = metresBetween(presence.wgs84, subject.wgs84)
    if (metres > within) return []
    const text = receipt.arrivedAt === undefined ? metresWords(metres) : sayWall('take.hereNow')
    return [{ id: `words of ${receipt.personId}`, at: presence.wgs84, kind: 'words', text, isBold: false }]
  })
  return { caseId: subject.id, at: subject.wgs84, rings, marks: [...things, ...cameras, ...people] }
}

export function nearest(subject: Case, town: Town, kind: Facility['kind']): Facility | undefined {
  let best: Facility | undefined
  for (const facility of town.facilities.values())
    if (
      facility.kind === kind &&
      (!best || metresBetween(facility.at, subject.wgs84) < metresBetween(best.at, subject.wgs84))
    )
      best = facility
  return best
}

/** In the close-up only who was told: others pass by. A line leads here from who has taken it and is not there yet, and nowhere else. */
export const toldPeople = (people: readonly PersonMark[], subject: Case): PersonMark[] =>
  people.flatMap((mark) => {
    const receipt = subject.told.find((one) => one.personId === mark.id)
    if (!receipt) return []
    const isComing = receipt.takenAt !== undefined && receipt.arrivedAt === undefined
    return [{ ...mark, goingTo: isComing ? subject.wgs84 : null }]
  })
