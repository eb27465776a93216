// The ways to find an open case: its facility, its cameras and devices, its place, the cell of ground it lies in.
import type { Case, CaseSource } from '#contract/case'
import type { CameraId, CaseId, DeviceId, FacilityId, PlaceId, ScenarioId } from '#contract/ids'
import type { LonLat } from '#contract/point'
import type { Board } from './board.ts'

/** Degrees a cell is wide and high: some 100 m in Shanghai. Any will do, `cellsAround` looks as far as it must. */
const cell = 0.001
const metresPerDegree = 111_195

export const facilityKey = (scenario: ScenarioId, id: FacilityId): string => `${scenario} facility:${id}`
export const cameraKey = (scenario: ScenarioId, id: CameraId): string => `${scenario} camera:${id}`
export const deviceKey = (scenario: ScenarioId, id: DeviceId): string => `${scenario} device:${id}`
export const placeKey = (scenario: ScenarioId, leaf: PlaceId): string => `${scenario} place:${leaf}`
/** Of all scenarios together: whoever looks around looks for several at once, and few cases lie in one cell. */
const cellKey = (x: number, y: number) => `cell:${x}:${y}`

const cellOf = (degrees: number) => Math.floor(degrees / cell)

/** Every cell that a circle of so many metres may touch. */
export function cellsAround(at: LonLat, metres: number): string[] {
  const high = metres / metresPerDegree
  const wide = high / Math.max(0.01, Math.cos((at[1] * Math.PI) / 180))
  const keys: string[] = []
  for (let x = cellOf(at[0] - wide); x <= cellOf(at[0] + wide); x++)
    for (let y = cellOf(at[1] - high); y <= cellOf(at[1] + high); y++) keys.push(cellKey(x, y))
  return keys
}

/** A case lies where its first report was: a fire that is reported ever farther off does not drag its case along. */
function keysOf(current: Case): string[] {
  const { scenarioId, wgs84, path, facilityId } = current
  const keys = [cellKey(cellOf(wgs84[0]), cellOf(wgs84[1]))]
  const leaf = path.at(-1)
  if (leaf) keys.push(placeKey(scenarioId, leaf))
  if (facilityId) keys.push(facilityKey(scenarioId, facilityId))
  for (const source of current.sources) keys.push(...keysOfSource(scenarioId, source))
  return keys
}

function keysOfSource(scenario: ScenarioId, { cameraId, deviceId }: CaseSource): string[] {
  if (!cameraId && !deviceId) return none
  return [...(cameraId ? [cameraKey(scenario, cameraId)] : []), ...(deviceId ? [deviceKey(scenario, deviceId)] : [])]
}
const none: string[] = []

function add(board: Board, key: string, id: CaseId): void {
  const found = board.openBy.get(key)
  if (found) found.add(id)
  else board.openBy.set(key, new Set([id]))
}

function drop(board: Board, key: string, id: CaseId): void {
  const found = board.openBy.get(key)
  if (!found?.delete(id)) return
  if (found.size === 0) board.openBy.delete(key)
}

/** An open case as it is now can be found. */
export function putWays(board: Board, current: Case): void {
  for (const key of keysOf(current)) add(board, key, current.id)
}

/**
 * One more source made it findable by one more camera or device, and perhaps by a facility it had not named before.
 * A source that grew may speak of another camera now: the old way is closed.
 */
export function moveSourceWays(board: Board, before: Case, now: Case, source: CaseSource): void {
  const isNew = now.sources.length > before.sources.length
  const was = isNew ? undefined : before.sources.find((one) => one.key === source.key)
  if (was && was.cameraId !== source.cameraId) {
    dropWays(board, before)
    putWays(board, now)
    return
  }
  for (const key of keysOfSource(now.scenarioId, source)) add(board, key, now.id)
  if (now.facilityId) add(board, facilityKey(now.scenarioId, now.facilityId), now.id)
}

/** Ended: no report joins it any more. */
export function dropWays(board: Board, current: Case): void {
  for (const key of keysOf(current)) drop(board, key, current.id)
}
