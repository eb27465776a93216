// How good the alarms are, as rows: by camera and matter the rate of false ones with both its figures, what chatters, what stands still.
import type { CameraHygiene, Hygiene } from '#contract/hygiene'
import type { Instant } from '#contract/ids'
import { dayMs, dayNamed, dayStart } from '../../../words/moments.ts'
import { timeOf } from '../../../words/times.ts'

export const orders = ['wrong', 'chatter', 'reports'] as const
export type Order = (typeof orders)[number]

/** Null where nothing was judged: no rate is better than a lucky one. */
export const wrongShare = ({ falseAlarms, judged }: CameraHygiene): number | null =>
  judged.length ? falseAlarms.length / judged.length : null

const by: Record<Order, (a: CameraHygiene, b: CameraHygiene) => number> = {
  // Of two rates alike the one that more cases stand behind.
  wrong: (a, b) => (wrongShare(b) ?? -1) - (wrongShare(a) ?? -1) || b.judged.length - a.judged.length,
  chatter: (a, b) => b.worstTenMinutes - a.worstTenMinutes,
  reports: (a, b) => b.reports + b.repeats - (a.reports + a.repeats),
}

export const ordered = (cameras: readonly CameraHygiene[], order: Order): CameraHygiene[] =>
  [...cameras].sort(by[order])

export const floods = ({ hours }: Hygiene) => hours.filter((hour) => hour.flood)
export const reportsIn = ({ hours }: Hygiene) => hours.reduce((sum, hour) => sum + hour.reports, 0)
export const openedIn = ({ hours }: Hygiene) => hours.reduce((sum, hour) => sum + hour.opened, 0)

/** Every three hours within a day or two, else every day, else every week: what can be read. */
export function ticksOf(from: Instant, to: Instant): { at: number; words: string }[] {
  const days = (to - from) / dayMs
  const step = days <= 2 ? dayMs / 8 : days <= 10 ? dayMs : 5 * dayMs
  const ticks: { at: number; words: string }[] = []
  for (let at = dayStart(from); at < to; at += step)
    if (at >= from) ticks.push({ at: (at - from) / (to - from), words: step < dayMs ? timeOf(at) : dayNamed(at) })
  return ticks.filter((tick) => tick.at < 0.95)
}
