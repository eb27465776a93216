// Whether the wall should begin anew: for a new version, for memory that grew, for age. Only when nobody would miss it, and never twice in a row.

export interface Heap {
  /** Bytes. */
  used: number
  limit: number
}

/** Everything by this device's clock. */
export interface Vitals {
  now: number
  startedAt: number
  touchedAt: number
  /** When it was last begun anew by itself, this page or the one before. */
  reloadedAt: number | null
  /** Since when the server has served another build than this page's. */
  otherBuildSince: number | null
  /** The least of the last readings, what is left after sweeping; null where the browser tells nobody. */
  heap: Heap | null
  /** The same when the page was young. */
  youngHeap: number | null
  isLive: boolean
  /** A level I has the wall. */
  isTaken: boolean
  /** A level I or II waits for a signature. */
  isAlarm: boolean
  /** A cast, the past, somebody who commands here, a sheet that is open. */
  isUsed: boolean
}

export type Why = 'build' | 'memory' | 'age'
/** `by`: then at the latest; null where it waits for a quiet minute however long that takes. */
export type Verdict = { why: Why; isDue: boolean; by: number | null } | null

const minute = 60_000
const hour = 60 * minute
export const quietMs = minute
export const apartMs = 10 * minute
/** A new version is taken then even though the wall is in use, but never while a level I has it. */
export const atLatestMs = 6 * hour
const oldest = { known: 7 * 24 * hour, unknown: 24 * hour }
const megabyte = 1_048_576

export function isHeavy(heap: Heap | null, youngHeap: number | null): boolean {
  if (!heap) return false
  if (heap.used > heap.limit * 0.6) return true
  return youngHeap !== null && heap.used > Math.max(3 * youngHeap, 400 * megabyte)
}

export const isQuiet = (vitals: Vitals): boolean =>
  !vitals.isTaken && !vitals.isAlarm && !vitals.isUsed && vitals.now - vitals.touchedAt >= quietMs

export function verdictOn(vitals: Vitals): Verdict {
  const why = whyOf(vitals)
  if (!why) return null
  const by = why === 'build' ? (vitals.otherBuildSince ?? vitals.now) + atLatestMs : null
  // Without a server a page that goes does not come back.
  const may = vitals.isLive && !vitals.isTaken && !wasJustReloaded(vitals)
  return { why, by, isDue: may && (isQuiet(vitals) || (by !== null && vitals.now >= by)) }
}

function whyOf({ now, startedAt, otherBuildSince, heap, youngHeap }: Vitals): Why | null {
  if (otherBuildSince !== null) return 'build'
  if (isHeavy(heap, youngHeap)) return 'memory'
  return now - startedAt >= (heap ? oldest.known : oldest.unknown) ? 'age' : null
}

const wasJustReloaded = ({ now, reloadedAt }: Vitals): boolean =>
  reloadedAt !== null && Math.abs(now - reloadedAt) < apartMs
