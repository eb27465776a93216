// Is this more of a case we have? A question to the board, so that a restart forgets nothing; answered with the reason.
import type { Case } from '#contract/case'
import type { Located } from '#contract/ground'
import type { CaseId, DeviceId, Instant } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Matter, Scenario } from '#contract/scenario'
import type { Why } from '#contract/why'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { cameraKey, cellsAround, deviceKey, facilityKey, placeKey } from './ways.ts'

type Joins = Extract<Why, { metres: number }>
type Way = NonNullable<Scenario['sameCase']['ways']>[number]

/** A report, as far as it is asked whether we have it already. */
export interface Sought {
  scenario: Scenario
  matter: Matter
  located: Located
  deviceId?: DeviceId | undefined
}

export interface Match {
  current: Case
  why: Joins
}

const usual: readonly Way[] = ['facility', 'camera', 'near']

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
 * The open case a report belongs to: same scenario, matters of one group, and one by a way its scenario goes: the same device, facility,
 * camera or place, else near enough; always within the scenario's minutes since the case's last report. Two that name different
 * facilities, or devices, are two, however near. Only index look-ups: what it costs does not grow with the board.
 */
export function correlate(board: Board, sought: Sought, now: Instant, known: Known): Match | null {
  const ways = sought.scenario.sameCase.ways ?? usual
  let best: Match | null = null
  // A case found on two ways is judged twice: rare, and cheaper than to remember all that were found.
  const look = (ids: ReadonlySet<CaseId> | undefined): void => {
    for (const id of ids ?? nobody) {
      const found = judged(board.cases.get(id), sought, ways, now, known)
      if (found && (!best || beats(found, best))) best = found
    }
  }
  const ground = ways.includes('near') ? board.openIn.get(sought.scenario.id) : undefined
  if (ground)
    for (const cell of cellsAround(sought.located.wgs84, sought.scenario.sameCase.metres)) look(ground.get(cell))
  for (const key of keysTo(sought, ways)) look(board.openBy.get(key))
  return best
}

const nobody: never[] = []

function keysTo({ scenario: { id }, located, deviceId }: Sought, ways: readonly Way[]): string[] {
  const { facilityId, cameraId, path } = located
  const leaf = path.at(-1)
  const keys: string[] = []
  if (facilityId && ways.includes('facility')) keys.push(facilityKey(id, facilityId))
  if (cameraId && ways.includes('camera')) keys.push(cameraKey(id, cameraId))
  if (deviceId && ways.includes('device')) keys.push(deviceKey(id, deviceId))
  if (leaf && ways.includes('place')) keys.push(placeKey(id, leaf))
  return keys
}

/** The cheapest questions first: of most that lie around, the first says no. */
function judged(
  current: Case | undefined,
  sought: Sought,
  ways: readonly Way[],
  now: Instant,
  known: Known,
): Match | null {
  const { scenario, matter } = sought
  if (!current || now - current.lastReportAt > scenario.sameCase.minutes * 60_000) return null
  if (known.scenarios.byMatter.get(current.matter)?.matter.group !== matter.group) return null
  const why = reason(current, sought, ways, now)
  return why && { current, why }
}

/** Why the two are one, null where they are not. `seconds` since the case was opened: the span all of it lies within. */
function reason(current: Case, sought: Sought, ways: readonly Way[], now: Instant): Joins | null {
  const { located, deviceId, scenario } = sought
  const { cameraId, facilityId } = located
  if (ways.includes('facility') && differ(facilityId, current.facilityId)) return null
  if (ways.includes('device') && differ(deviceId, current.deviceId)) return null
  const apart = { metres: metresBetween(current.wgs84, located.wgs84), seconds: secondsSince(current, now) }
  if (deviceId && ways.includes('device') && hasDevice(current, deviceId))
    return { rule: 'same-device', deviceId, ...apart }
  if (facilityId && ways.includes('facility') && facilityId === current.facilityId)
    return { rule: 'same-facility', facilityId, ...apart }
  const leaf = located.path.at(-1)
  if (leaf && ways.includes('place') && leaf === current.path.at(-1))
    return { rule: 'same-place', placeId: leaf, ...apart }
  if (cameraId && ways.includes('camera') && current.sources.some((source) => source.cameraId === cameraId))
    return { rule: 'same-camera', cameraId, ...apart }
  return ways.includes('near') && apart.metres <= scenario.sameCase.metres ? { rule: 'near', ...apart } : null
}

export const secondsSince = (current: Case, now: Instant): number => Math.max(0, now - current.openedAt) / 1000

/** Both are named, and are not the same. */
export const differ = <T>(one: T | undefined, other: T | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other

const hasDevice = (current: Case, id: DeviceId) =>
  current.deviceId === id || current.sources.some((source) => source.deviceId === id)

/** By the strength of the reason; then the nearer; then the one heard of last; then, to be certain, the id. */
function beats(one: Match, other: Match): boolean {
  const order =
    strength[one.why.rule] - strength[other.why.rule] ||
    one.why.metres - other.why.metres ||
    other.current.lastReportAt - one.current.lastReportAt
  return order === 0 ? one.current.id < other.current.id : order < 0
}
