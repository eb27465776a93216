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
const cellOf = (degrees: number) => Math.floor(degrees / cell)

/** A number, because every report asks for several; no two cells of the earth have the same. */
const cellAt = (x: number, y: number): number => (x + 200_000) * 400_000 + y + 100_000
const cellOfPoint = ([lon, lat]: LonLat): number => cellAt(cellOf(lon), cellOf(lat))

/** Every cell that a circle of so many metres may touch. */
export function cellsAround(at: LonLat, metres: number): number[] {
  const high = metres / metresPerDegree
  const wide = high / Math.max(0.01, Math.cos((at[1] * Math.PI) / 180))
  const keys: number[] = []
  for (let x = cellOf(at[0] - wide); x <= cellOf(at[0] + wide); x++)
    for (let y = cellOf(at[1] - high); y <= cellOf(at[1] + high); y++) keys.push(cellAt(x, y))
  return keys
}

function keysOf(current: Case): string[] {
  const { scenarioId, path, facilityId } = current
  const keys: string[] = []
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

function add<K>(open: Map<K, Set<CaseId>>, key: K, id: CaseId): void {
  const found = open.get(key)
  if (found) found.add(id)
  else open.set(key, new Set([id]))
}

function drop<K>(open: Map<K, Set<CaseId>>, key: K, id: CaseId): void {
  const found = open.get(key)
  if (!found?.delete(id)) return
  if (found.size === 0) open.delete(key)
}

function groundOf(board: Board, scenario: ScenarioId): Map<number, Set<CaseId>> {
  const ground = board.openIn.get(scenario) ?? new Map<number, Set<CaseId>>()
  board.openIn.set(scenario, ground)
  return ground
}

/**
 * An open case as it is now can be found. It lies where its first report was: a fire that is reported ever farther off does not drag
 * its case along.
 */
export function putWays(board: Board, current: Case): void {
  add(groundOf(board, current.scenarioId), cellOfPoint(current.wgs84), current.id)
  for (const key of keysOf(current)) add(board.openBy, key, current.id)
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
  for (const key of keysOfSource(now.scenarioId, source)) add(board.openBy, key, now.id)
  if (now.facilityId) add(board.openBy, facilityKey(now.scenarioId, now.facilityId), now.id)
}

/** Ended: no report joins it any more. */
export function dropWays(board: Board, current: Case): void {
  const ground = groundOf(board, current.scenarioId)
  drop(ground, cellOfPoint(current.wgs84), current.id)
  if (ground.size === 0) board.openIn.delete(current.scenarioId)
  for (const key of keysOf(current)) drop(board.openBy, key, current.id)
}
