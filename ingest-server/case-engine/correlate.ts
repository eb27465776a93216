// Is this more of a case we have? A question to the board, so that a restart forgets nothing; answered with the reason.
import type { Case } from '#contract/case'
import type { Located } from '#contract/ground'
import type { Instant } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Matter, Scenario } from '#contract/scenario'
import type { Why } from '#contract/why'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { cameraKey, cellsAround, facilityKey } from './ways.ts'

type Joins = Extract<Why, { metres: number }>

export interface Candidate {
  current: Case
  why: Joins
}

const strength: Record<Joins['rule'], number> = {
  'same-device': 0,
  'same-facility': 0,
  'same-place': 0,
  'same-camera': 1,
  near: 2,
  likely: 3,
  merged: 4,
}

/**
 * The open case a report belongs to: same scenario, matters of one group, and the same facility, else the same camera, else near enough;
 * always within the scenario's minutes since the case's last report. Two that name different facilities are two, however near.
 * Only index look-ups: what it costs does not grow with the board.
 */
export function correlate(
  board: Board,
  scenario: Scenario,
  matter: Matter,
  located: Located,
  now: Instant,
  known: Known,
): Candidate | null {
  let best: Candidate | null = null
  for (const key of waysTo(scenario, located)) {
    // A case found on two ways is judged twice: rare, and cheaper than to remember all that were found.
    for (const id of board.openBy.get(key) ?? []) {
      const current = board.cases.get(id)
      if (!current || now - current.lastReportAt > scenario.sameCase.minutes * 60_000) continue
      const why = reason(current, scenario, located, now)
      if (!why || known.scenarios.byMatter.get(current.matter)?.matter.group !== matter.group) continue
      if (!best || beats({ current, why }, best)) best = { current, why }
    }
  }
  return best
}

function waysTo(scenario: Scenario, { facilityId, cameraId, wgs84 }: Located): string[] {
  const keys = cellsAround(scenario.id, wgs84, scenario.sameCase.metres)
  if (facilityId) keys.push(facilityKey(scenario.id, facilityId))
  if (cameraId) keys.push(cameraKey(scenario.id, cameraId))
  return keys
}

/** Why the two are one, null where they are not. `seconds` since the case was opened: the span all of it lies within. */
function reason(current: Case, scenario: Scenario, located: Located, now: Instant): Joins | null {
  const { cameraId, facilityId } = located
  if (facilityId && current.facilityId && facilityId !== current.facilityId) return null
  const metres = metresBetween(current.wgs84, located.wgs84)
  const apart = { metres, seconds: Math.max(0, now - current.openedAt) / 1000 }
  if (facilityId && facilityId === current.facilityId) return { rule: 'same-facility', facilityId, ...apart }
  if (cameraId && current.sources.some((source) => source.cameraId === cameraId))
    return { rule: 'same-camera', cameraId, ...apart }
  return metres <= scenario.sameCase.metres ? { rule: 'near', ...apart } : null
}

/** Facility before camera before nearness; then the nearer; then the one heard of last; then, to be certain, the id. */
function beats(one: Candidate, other: Candidate): boolean {
  const order =
    strength[one.why.rule] - strength[other.why.rule] ||
    one.why.metres - other.why.metres ||
    other.current.lastReportAt - one.current.lastReportAt
  return order === 0 ? one.current.id < other.current.id : order < 0
}
