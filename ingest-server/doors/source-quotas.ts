// How much each source may send, and each camera of it: a mad one is told to come again later, and nobody else feels it.
import type { CameraId, Instant, SourceId } from '#contract/ids'
import type { Source } from '../records/port.ts'

/** What a source may send where nobody has said otherwise: far more than a street's cameras say on their worst evening. */
const usualPerMinute = 6000
/** It may all come at once, after a quiet while. */
const burstMinutes = 0.5
/** So many times its quota it may knock: past that even reading it would cost the others. */
const knocks = 10
/** Of the source's own quota; a camera is held to it only while its source has less than half of its burst left. */
const cameraShare = 0.1
const camerasOfOne = 2000
/** A batch is taken whole and paid for afterwards; there is an end to what can be owed. */
const mostOwed = 4

export interface Quotas {
  /** Before the body is read: false where it has nothing left. Takes nothing of its quota. */
  mayKnock(source: QuotaOf): boolean
  /** One that is proved to be this source's was read: whatever it held, that cost us something. */
  knocked(source: QuotaOf): void
  /** One item of it that is ours: false where its camera has had more than its share while the source is short. */
  take(source: QuotaOf, cameraId: CameraId | undefined): boolean
  /** What it sent through another process of ours, where that one has taken it. `cameras`: how many of its items by each. */
  spent(source: QuotaOf, knocked: number, items: number, cameras: ReadonlyMap<CameraId, number>): void
  /** Whole seconds until there is something left, as the sender's clock runs. */
  againAfter(source: QuotaOf): number
  /** A minute. */
  allowed(source: QuotaOf): number
}

export type QuotaOf = Pick<Source, 'id'> & Pick<Partial<Source>, 'perMinute'>

/** What is left, and when that was so. */
interface Bucket {
  left: number
  at: Instant
}

interface Purse {
  reports: Bucket
  knocks: Bucket
  cameras: Map<CameraId, Bucket>
}

/** `pace`: how much faster than a sender's the time runs that `now` tells. */
export function openQuotas({ now, pace = 1 }: { now: () => Instant; pace?: number }): Quotas {
  const purses = new Map<SourceId, Purse>()
  const rateOf = ({ perMinute }: QuotaOf) => perMinute ?? usualPerMinute
  const burstOf = (rate: number) => Math.max(1, rate * burstMinutes)

  function purseOf(source: QuotaOf): Purse {
    const known = purses.get(source.id)
    if (known) return known
    const [burst, at] = [burstOf(rateOf(source)), now()]
    const purse = { reports: { left: burst, at }, knocks: { left: burst * knocks, at }, cameras: new Map() }
    purses.set(source.id, purse)
    return purse
  }

  /** Filled for the time that has passed; a clock that was set back fills nothing. */
  function fill(bucket: Bucket, rate: number): Bucket {
    const at = now()
    const burst = burstOf(rate)
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, at - bucket.at) / 60_000) * rate)
    bucket.at = at
    return bucket
  }

  function cameraOf({ cameras }: Purse, cameraId: CameraId, rate: number): Bucket {
    const known = cameras.get(cameraId)
    // Newest last, so that of too many the one unheard for longest goes.
    cameras.delete(cameraId)
    if (cameras.size >= camerasOfOne) cameras.delete(cameras.keys().next().value ?? cameraId)
    const bucket = known ? fill(known, rate) : { left: burstOf(rate), at: now() }
    cameras.set(cameraId, bucket)
    return bucket
  }

  return {
    mayKnock(source) {
      const [purse, rate] = [purseOf(source), rateOf(source)]
      return fill(purse.reports, rate).left >= 1 && fill(purse.knocks, rate * knocks).left >= 1
    },
    knocked(source) {
      fill(purseOf(source).knocks, rateOf(source) * knocks).left--
    },
    take(source, cameraId) {
      const [purse, rate] = [purseOf(source), rateOf(source)]
      const reports = fill(purse.reports, rate)
      const camera = cameraId && cameraOf(purse, cameraId, rate * cameraShare)
      const isShort = reports.left < burstOf(rate) / 2
      if (camera && isShort && camera.left < 1) return false
      if (camera) camera.left = Math.max(0, camera.left - 1)
      reports.left = Math.max(-mostOwed * burstOf(rate), reports.left - 1)
      return true
    },
    spent(source, knocked, items, cameras) {
      const [purse, rate] = [purseOf(source), rateOf(source)]
      fill(purse.knocks, rate * knocks).left -= knocked
      const reports = fill(purse.reports, rate)
      reports.left = Math.max(-mostOwed * burstOf(rate), reports.left - items)
      for (const [id, amount] of cameras) {
        const camera = cameraOf(purse, id, rate * cameraShare)
        camera.left = Math.max(0, camera.left - amount)
      }
    },
    againAfter(source) {
      const [purse, rate] = [purseOf(source), rateOf(source)]
      const short = [
        { left: fill(purse.reports, rate).left, rate },
        { left: fill(purse.knocks, rate * knocks).left, rate: rate * knocks },
      ].map(({ left, rate: each }) => ((1 - left) / each) * 60)
      return Math.max(1, Math.ceil(Math.max(...short) / pace))
    },
    allowed: rateOf,
  }
}
