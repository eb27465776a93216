// From opened to closed, for the whole sub-district and its blocks, on one scale: how many came this far, how many stand still here.
import type { Case } from '#contract/case'
import { funnel, funnelSteps, onTime, overLimit, ratio, type Figure } from '#contract/figures'
import type { Instant, PlaceId } from '#contract/ids'
import type { Tally } from '#contract/patch'
import { dayMs, dayStart } from '../../words/moments.ts'

export interface FunnelColumn {
  /** Cases that came at least this far, and of these the ones that stand here now. */
  steps: { came: number; stand: number }[]
  /** The cases behind the steps, in the same order. */
  behind: { came: Figure; stand: Figure }[]
  over: Figure
  /** Of the cases closed since midnight, the share no limit of which ran over; null where none was closed. */
  onTime: number | null
  ended: Figure
  today: number[]
  yesterday: number[]
}

const halfHour = 1_800_000

/** The whole sub-district first, then its blocks. Counted since midnight, as the contract declares funnel and rate. */
export function funnelColumns(
  cases: readonly Case[],
  tallies: ReadonlyMap<Instant, Tally>,
  now: Instant,
  blocks: readonly PlaceId[],
): FunnelColumn[] {
  const start = dayStart(now)
  const rows = funnel(cases, start, blocks)
  return [null, ...blocks].map((blockId): FunnelColumn => {
    const own = blockId ? cases.filter((subject) => subject.path.includes(blockId)) : cases
    const cells = funnelSteps.map((step) => (blockId ? rows[step].byBlock.get(blockId) : rows[step].all))
    const rate = onTime(own, start)
    return {
      behind: cells.map((cell) => ({ came: cell?.reached ?? [], stand: cell?.standing ?? [] })),
      steps: cells.map((cell) => ({ came: cell?.reached.length ?? 0, stand: cell?.standing.length ?? 0 })),
      over: overLimit(own, now),
      onTime: ratio(rate),
      ended: rate.denominator,
      today: halfHours(tallies, start, now, blockId),
      yesterday: halfHours(tallies, start - dayMs, start, blockId),
    }
  })
}

/** Opened in each half hour of one day, up to `until`. */
export function halfHours(
  tallies: ReadonlyMap<Instant, Tally>,
  start: Instant,
  until: Instant,
  blockId: PlaceId | null,
): number[] {
  const count = Math.min(48, Math.max(0, Math.ceil((until - start) / halfHour)))
  return Array.from({ length: count }, (_, i) => {
    const opened = tallies.get(start + i * halfHour)?.opened ?? {}
    if (blockId) return opened[blockId] ?? 0
    return Object.values(opened).reduce((sum, n) => sum + n, 0)
  })
}
