// Until when: the few moments one mostly means, and how long an extension is mostly asked for.
import { countedBy, mostLonger, whyNotLonger } from '#contract/asks'
import type { Calendar, Clock, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { SheetOption } from '../../parts/desk-sheet.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, timeOf } from '../../words/times.ts'
import { limitSaid } from './said.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const zoneMs = 8 * hour

/** Today or a day after it, at this hour of the sub-district's own time. */
const atHour = (now: Instant, days: number, hours: number): Instant =>
  Math.floor((now + zoneMs) / day) * day - zoneMs + days * day + hours * hour

const option = (at: Instant, words: string) => ({ key: String(at), words })

/** 暂缓: short, or until somebody is there again. */
export function shelveMoments(now: Instant): SheetOption[] {
  const soon = [15, 30].map((n) =>
    option(now + n * minute, `${sayDeskCase('inMinutes', { n })} ${timeOf(now + n * minute)}`),
  )
  const later = [2, 8].map((n) =>
    option(now + n * hour, `${sayDeskCase('inHours', { n })} ${dayTime(now + n * hour, now)}`),
  )
  return [...soon, ...later, option(atHour(now, 1, 9), dayTime(atHour(now, 1, 9), now))]
}

/** 挂账: days, for what cannot be done now. */
export function holdMoments(now: Instant, most: Instant): SheetOption[] {
  const evening = atHour(now, 0, 18)
  const moments = [
    ...(evening > now + hour ? [option(evening, sayDeskCase('today', { time: timeOf(evening) }))] : []),
    ...[1, 3, 7].map((days) => option(atHour(now, days, 9), dayTime(atHour(now, days, 9), now))),
  ]
  return moments.filter(({ key }) => Number(key) <= most)
}

const amounts: Record<Limit['unit'], readonly Limit[]> = {
  minutes: [5, 10, 30, 60].map((amount) => ({ amount, unit: 'minutes' })),
  hours: [1, 2, 4, 24].map((amount) => ({ amount, unit: 'hours' })),
  'work-hours': [
    ...[1, 2, 4].map((amount) => ({ amount, unit: 'work-hours' }) as const),
    { amount: 1, unit: 'work-days' },
  ],
  'work-days': [1, 2, 5, 10].map((amount) => ({ amount, unit: 'work-days' })),
}

/** As long as the clock's own unit makes sense, and no longer than may be asked for; empty where nothing is. */
export function longerOptions(scenario: Scenario | undefined, clock: Clock, calendar: Calendar | null): SheetOption[] {
  const known = countedBy(clock, calendar)
  const most = mostLonger(scenario, clock, known)
  const fit = amounts[clock.limit.unit].filter((limit) => whyNotLonger(scenario, clock, limit, known) === null)
  return (fit.length > 0 || !most ? fit : [most]).map((limit) => ({ key: keyOf(limit), words: limitSaid(limit) }))
}

const keyOf = (limit: Limit): string => `${limit.amount} ${limit.unit}`
/** The limit an option's key names. */
export function limitOf(key: string): Limit {
  const [amount = '1', unit = 'hours'] = key.split(' ')
  return { amount: Number(amount), unit: unit as Limit['unit'] }
}
