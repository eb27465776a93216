// How far senders' clocks are from ours: what they claim beside when it came. Late delivery is no wrong clock, a steady offset is.
import type { ClockState } from '#contract/devices'
import type { CameraId, Instant, SourceId } from '#contract/ids'

export interface Skew {
  /** The median of the last, milliseconds; negative where it claims to be ahead of us. Null: nothing came yet. */
  lagMs: number | null
  clock: ClockState
}

export interface Skews {
  /** The first of an event; what goes on and what ends was claimed before. */
  note(sourceId: SourceId, cameraId: CameraId | undefined, claimed: Instant, now: Instant): void
  ofSource(id: SourceId): Skew
  ofCamera(id: CameraId): Skew
  /** Cameras of this source whose clock is wrong. */
  wrongOf(id: SourceId): CameraId[]
}

const lastOnes = 31
/** Past this a clock is to be set. */
const wrongPastMs = 60_000
/** So many must agree before a lag is called steady. */
const fewest = 5
/** What was kept back and sent together differs by more: its middle half lies farther apart. */
const steadyWithinMs = 30_000
const mostCameras = 5000

interface Lags {
  sourceId: SourceId
  lags: number[]
}

export function openSkews(): Skews {
  const sources = new Map<SourceId, Lags>()
  const cameras = new Map<CameraId, Lags>()

  function push<K>(all: Map<K, Lags>, key: K, sourceId: SourceId, lag: number): void {
    const known = all.get(key) ?? { sourceId, lags: [] }
    known.sourceId = sourceId
    known.lags.push(lag)
    if (known.lags.length > lastOnes) known.lags.shift()
    // Newest last, so that of too many the one unheard for longest goes.
    all.delete(key)
    all.set(key, known)
  }

  return {
    note(sourceId, cameraId, claimed, now) {
      push(sources, sourceId, sourceId, now - claimed)
      if (!cameraId) return
      push(cameras, cameraId, sourceId, now - claimed)
      if (cameras.size > mostCameras) cameras.delete(cameras.keys().next().value ?? cameraId)
    },
    ofSource: (id) => skewOf(sources.get(id)?.lags ?? []),
    ofCamera: (id) => skewOf(cameras.get(id)?.lags ?? []),
    wrongOf: (id) =>
      [...cameras].flatMap(([cameraId, { sourceId, lags }]) =>
        sourceId === id && isWrong(skewOf(lags).clock) ? [cameraId] : [],
      ),
  }
}

export const isWrong = (clock: ClockState): clock is 'ahead' | 'behind' => clock === 'ahead' || clock === 'behind'

/** The future cannot be late delivery: one such claim says it. The past can, unless it is always as far away. */
export function skewOf(lags: readonly number[]): Skew {
  if (lags.length === 0) return { lagMs: null, clock: 'unknown' }
  const sorted = [...lags].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!
  const lagMs = at(0.5)
  if (sorted[0]! < -wrongPastMs) return { lagMs, clock: 'ahead' }
  const isSteady = sorted.length >= fewest && at(0.75) - at(0.25) <= steadyWithinMs
  return { lagMs, clock: isSteady && lagMs > wrongPastMs ? 'behind' : 'right' }
}
