// What came in, read back out of the journal: every report as it was sent, and when a case really ended.
import type { Actor, CaseSource } from '#contract/case'
import type { Entry, Event } from '#contract/event'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { Report } from '#contract/report'
import { isOpen } from '#contract/stage'

export type Happened =
  | { what: 'received'; key: string; report: Report; by: Actor; at: Instant; caseId: CaseId }
  | { what: 'ended'; caseId: CaseId; at: Instant }
  /** The roster and the windows were as they were. */
  | { what: 'kept'; event: Extract<Event, { type: 'rostered' | 'windowed' }>; at: Instant }

/**
 * Lines in their order, each once. What said nothing new left no line and does not come back; what a person merged, split, reopened or
 * branched off was no report.
 */
export function openReading(): (entry: Entry) => Happened[] {
  /** Where the cases lie that were found by the place they named: nothing else in a source says it. */
  const leaves = new Map<CaseId, PlaceId | undefined>()

  return ({ at, type, by, events }) =>
    events.flatMap((event): Happened[] => {
      switch (event.type) {
        case 'opened': {
          const { id: caseId, sources, path, lineage } = event.subject
          leaves.set(caseId, path.at(-1))
          const [source] = sources
          return type === 'report' && source && !lineage ? [received(source, caseId, by, at, leaves.get(caseId))] : []
        }
        case 'sourced':
          return type === 'report' ? [received(event.source, event.caseId, by, at, leaves.get(event.caseId))] : []
        case 'moved':
          return isOpen(event.stage) ? [] : [{ what: 'ended', caseId: event.caseId, at }]
        case 'rostered':
        case 'windowed':
          return [{ what: 'kept', event, at }]
        default:
          return []
      }
    })
}

const received = (source: CaseSource, caseId: CaseId, by: Actor, at: Instant, leaf: PlaceId | undefined): Happened => ({
  what: 'received',
  key: source.key,
  report: reportOf(source, by, leaf),
  by,
  at,
  caseId,
})

/** Who says so stands before their own id of it: `hik/event-1`, `person:li/e-1`, `clock/x`. */
const prefixOf = (by: Actor): string =>
  by.kind === 'source' ? `${by.id}/` : by.kind === 'person' ? `person:${by.id}/` : 'clock/'

/** One report a source was made of; where it grew, what it had come to say. `leaf`: the place it named, where it named nothing else. */
export function reportOf(source: CaseSource, by: Actor, leaf?: PlaceId): Report {
  const { key, phase, matter, foundBy, cameraId, facilityId, deviceId, wgs84, point } = source
  const { floor, text, evidence, reporterRef, confidence, box, channel } = source
  const prefix = prefixOf(by)
  const common = {
    eventId: key.startsWith(prefix) ? key.slice(prefix.length) : key,
    ...{ phase, matter, evidence },
    occurredAt: source.lastAt,
    ...(foundBy === 'point' && { at: point?.given ?? { lon: wgs84[0], lat: wgs84[1], crs: 'wgs84' as const } }),
    ...(foundBy !== 'camera' && facilityId && { facilityId }),
    ...(foundBy === 'place' && leaf && { placeId: leaf }),
    ...(floor !== undefined && { floor }),
    ...(text !== undefined && { text }),
    ...(reporterRef && { reporterRef }),
  }
  switch (source.kind) {
    case 'camera-alert':
      // A camera's alert names its camera: without one it would not have been taken in.
      return {
        kind: 'camera-alert',
        ...common,
        cameraId: cameraId!,
        ...(confidence !== undefined && { confidence }),
        ...(box && { box }),
      }
    case 'grid-report':
      return { kind: 'grid-report', ...common, ...(cameraId && { cameraId }) }
    case 'service-ticket':
      return { kind: 'service-ticket', ...common, ...(cameraId && { cameraId }), channel: channel ?? 'staff' }
    case 'device-report':
      return { kind: 'device-report', ...common, ...(cameraId && { cameraId }), ...(deviceId && { deviceId }) }
    default:
      return source.kind satisfies never
  }
}
