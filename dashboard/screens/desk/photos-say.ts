// Before and after, as verification looks at them: which two belong together, who pressed the shutter, when, where, how exactly.
import type { Case, Photo } from '#contract/case'
import type { EvidenceId, PersonId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { LonLat } from '#contract/point'
import type { PhotoSlot } from '#contract/stage'
import type { PhotoSays } from '../../parts/photo-says.ts'
import { sayDesk } from '../../words/desk.ts'
import { spanInWords, stopwatch, timeOf } from '../../words/times.ts'
import { personName } from './facts.ts'
import type { Facts } from './facts.ts'

export type Distance = 'near' | 'far'

const slots: Record<Distance, readonly [before: PhotoSlot, after: PhotoSlot]> = {
  near: ['before-near', 'after-near'],
  far: ['before-far', 'after-far'],
}

/** The newest of a slot: what was sent back was photographed again. */
const newest = (subject: Case, slot: PhotoSlot): Photo | undefined =>
  subject.photos.filter((photo) => photo.slot === slot).sort((a, b) => b.takenAt - a.takenAt)[0]

export interface PhotoPair {
  before: PhotoSays
  after: PhotoSays
  beforePhoto: Photo | undefined
  afterPhoto: Photo | undefined
}

/** Without a photo of the trouble the picture that reported it stands in, and says so. */
export function pairOf(facts: Facts, subject: Case, distance: Distance): PhotoPair {
  const [beforeSlot, afterSlot] = slots[distance]
  const beforePhoto = newest(subject, beforeSlot)
  const afterPhoto = newest(subject, afterSlot)
  return {
    before: beforePhoto ? photoSays(facts, beforePhoto) : standIn(facts, subject, distance),
    after: afterPhoto ? photoSays(facts, afterPhoto) : missing(afterSlot),
    beforePhoto,
    afterPhoto,
  }
}

function photoSays(facts: Facts, photo: Photo): PhotoSays {
  return {
    evidence: photo.evidence,
    title: sayDesk(`slot.${photo.slot}`),
    who: personName(facts, photo.by as PersonId),
    time: timeOf(photo.takenAt, true),
    where: whereTaken(photo),
  }
}

function whereTaken(photo: Photo): string {
  if (!photo.at) return sayDesk('noShutterPlace')
  const { accuracy, crs } = photo.at.given
  const parts = []
  if (photo.metres !== undefined) parts.push(sayDesk('fromCase', { m: Math.round(photo.metres) }))
  if (accuracy !== undefined) parts.push(sayDesk('accuracy', { m: Math.round(accuracy) }))
  parts.push(datum[crs], sayDesk('atShutter'))
  return parts.join('·')
}

const datum = { wgs84: 'WGS-84', gcj02: 'GCJ-02', bd09: 'BD-09' } as const

function standIn(facts: Facts, subject: Case, distance: Distance): PhotoSays {
  const source = distance === 'near' ? subject.sources.find((one) => one.evidence.length) : undefined
  if (!source) return missing(slots[distance][0])
  const camera = source.cameraId && facts.cameras.get(source.cameraId)?.name
  return {
    evidence: source.evidence[0] as EvidenceId,
    title: sayDesk('reportPicture'),
    who: camera ?? '',
    time: timeOf(source.firstAt, true),
    where: sayDesk('noBefore'),
  }
}

const missing = (slot: PhotoSlot): PhotoSays => ({
  evidence: null,
  title: sayDesk(`slot.${slot}`),
  who: '',
  time: '',
  where: '',
})

/** Do the two belong together: how far apart in place and in time. Null where one is missing. */
export function comparison(pair: PhotoPair): string[] | null {
  const { beforePhoto, afterPhoto } = pair
  if (!beforePhoto || !afterPhoto) return null
  const lines = []
  const [from, to] = [beforePhoto.at?.wgs84, afterPhoto.at?.wgs84]
  if (from && to) lines.push(sayDesk('apartMetres', { m: Math.round(metresBetween(from, to)) }))
  lines.push(sayDesk('apartTime', { span: spanSaid(afterPhoto.takenAt - beforePhoto.takenAt) }))
  return lines
}

const spanSaid = (ms: number): string => (Math.abs(ms) < 24 * 3_600_000 ? stopwatch(ms) : spanInWords(ms))

/** Where a shutter was pressed, with the circle of its accuracy. */
export interface ShutterPoint {
  at: LonLat
  accuracy: number
  words: string
  isAfter: boolean
}

export function shutterPoints(pair: PhotoPair): ShutterPoint[] {
  return [pair.beforePhoto, pair.afterPhoto].flatMap((photo, i) =>
    photo?.at
      ? [
          {
            at: photo.at.wgs84,
            accuracy: photo.at.given.accuracy ?? 0,
            words: sayDesk(i ? 'afterShort' : 'beforeShort'),
            isAfter: i === 1,
          },
        ]
      : [],
  )
}
