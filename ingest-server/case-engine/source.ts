// One report as a case keeps it, and how it grows when more comes of the same event.
import type { Actor, CaseSource } from '#contract/case'
import type { Located } from '#contract/ground'
import type { Instant } from '#contract/ids'
import { streetSource } from '#contract/passing'
import type { Report } from '#contract/report'
import type { Matter, Scenario } from '#contract/scenario'
import type { Why } from '#contract/why'

/** Who says so and their own id of it. A person's own key cannot be mistaken for a source's. */
export const sourceKey = (by: Actor, eventId: string): string =>
  by.kind === 'source'
    ? `${by.id}/${eventId}`
    : by.kind === 'person'
      ? `person:${by.id}/${eventId}`
      : `clock/${eventId}`

export function sourceOf(
  key: string,
  report: Report,
  by: Actor,
  located: Located,
  now: Instant,
  why: Why = { rule: 'first' },
): CaseSource {
  return {
    key,
    kind: report.kind,
    by,
    phase: report.phase,
    matter: report.matter,
    wgs84: located.wgs84,
    point: located.point,
    foundBy: located.foundBy,
    cameraId: located.cameraId ?? report.cameraId,
    facilityId: located.facilityId,
    ...(report.kind === 'device-report' && report.deviceId && { deviceId: report.deviceId }),
    firstAt: report.occurredAt,
    lastAt: report.occurredAt,
    receivedAt: now,
    ...(report.kind === 'camera-alert' && { confidence: report.confidence, box: report.box }),
    ...(report.kind === 'service-ticket' && { channel: report.channel }),
    floor: report.floor,
    text: report.text,
    evidence: [...report.evidence].toSorted(),
    reporterRef: report.reporterRef,
    ...passedBy(report, by),
    why,
  }
}

/** Nobody else may say that a street handed it over: what becomes of it is told to that street. */
const passedBy = (report: Report, by: Actor): Pick<CaseSource, 'passedFrom'> =>
  report.kind === 'grid-report' &&
  report.passedFrom &&
  by.kind === 'source' &&
  by.id === streetSource(report.passedFrom.street)
    ? { passedFrom: report.passedFrom }
    : {}

/** Worst first: by level, then as the scenario lists them. */
export function worse(scenario: Scenario, a: string, b: string): string {
  const rank = (code: string) => {
    const index = scenario.matters.findIndex((matter) => matter.code === code)
    return index < 0 ? Infinity : scenario.matters[index]!.level * 1000 + index
  }
  return rank(b) < rank(a) ? b : a
}

export const levelOf = (scenario: Scenario, code: string): Matter['level'] | undefined =>
  scenario.matters.find((matter) => matter.code === code)?.level

/** Only a machine can be unsure; what a person reports is sure. */
export const isUnsure = (source: CaseSource, { sureFrom }: Pick<Scenario, 'sureFrom'>): boolean =>
  source.kind === 'camera-alert' && source.confidence !== undefined && source.confidence < sureFrom

const phases = { new: 0, update: 1, end: 2 } as const

/**
 * Two reports of one event become one, the same whichever came first and however often: times widen, the surest look counts,
 * pictures add up, an end stays an end. What only the first can say (when we got it, why it is in its case) stays the first's.
 * Nothing new gives back the very same record.
 */
export function grow(source: CaseSource, more: CaseSource, scenario: Scenario): CaseSource {
  const surest = isSurer(more, source) ? more : source
  const place = isEarlier(more, source) ? more : source
  const news = more.evidence.filter((id) => !source.evidence.includes(id))
  const grown: CaseSource = {
    ...source,
    phase: phases[more.phase] > phases[source.phase] ? more.phase : source.phase,
    matter: worse(scenario, source.matter, more.matter),
    wgs84: place.wgs84,
    point: place.point,
    foundBy: place.foundBy,
    cameraId: place.cameraId,
    facilityId: place.facilityId,
    firstAt: Math.min(source.firstAt, more.firstAt),
    lastAt: Math.max(source.lastAt, more.lastAt),
    confidence: surest.confidence,
    box: surest.box,
    floor: most(source.floor, more.floor, (a, b) => a > b),
    text: most(source.text, more.text, (a, b) => a.length > b.length || (a.length === b.length && a > b)),
    evidence: news.length > 0 ? [...source.evidence, ...news].toSorted() : source.evidence,
    reporterRef: most(source.reporterRef, more.reporterRef, (a, b) => a < b),
  }
  const fields = Object.keys(grown) as (keyof CaseSource)[]
  return fields.every((field) => grown[field] === source[field]) ? source : grown
}

/** A look without a confidence is the least sure; of two equally sure ones the box decides, so that order never does. */
function isSurer(a: CaseSource, b: CaseSource): boolean {
  const [sure, other] = [a.confidence ?? -1, b.confidence ?? -1]
  return sure === other ? boxOf(a) > boxOf(b) : sure > other
}
const boxOf = ({ box }: CaseSource) => (box ? JSON.stringify(box) : '')

/** Where it was seen first is where it is: a thing that moves began there. */
function isEarlier(a: CaseSource, b: CaseSource): boolean {
  return a.firstAt === b.firstAt ? placeOf(a) < placeOf(b) : a.firstAt < b.firstAt
}
const placeOf = ({ foundBy, wgs84, cameraId, facilityId, point }: CaseSource) =>
  JSON.stringify([foundBy, wgs84, cameraId, facilityId, point])

const most = <T>(a: T | undefined, b: T | undefined, beats: (a: T, b: T) => boolean): T | undefined =>
  a === undefined ? b : b === undefined ? a : beats(b, a) ? b : a
