// A clock's ledger laid out over the day: what ran, what lunch, night and days off took, where somebody stopped it, and what is still to run.
import { countedBetween, countsWorkTime, workSegments } from '#contract/calendar'
import type { Stretch } from '#contract/calendar'
import type { Calendar, Clock, Interval, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'

export interface Laid {
  from: Instant
  to: Instant
  kind: Stretch['kind'] | 'stands'
  /** Why it stands. */
  why?: string | undefined
}

const hour = 3_600_000

/** What a limit counts of the time between two instants, and what it does not. */
export function stretchesBetween(calendar: Calendar, limit: Limit, from: Instant, to: Instant): Laid[] {
  if (to <= from) return []
  if (!countsWorkTime(limit)) return [{ from, to, kind: 'running' }]
  const worked = countedBetween(calendar, limit, from, to)
  // The pause that follows has no name of its own yet: the next second of work gives it one.
  const segments = workSegments(calendar, from, { amount: (worked + 1_000) / hour, unit: 'work-hours' })
  return segments.filter((one) => one.from < to).map((one) => ({ ...one, to: Math.min(one.to, to) }))
}

/** From its start to when it is due, or for as long as it stands. `until`: where a pause that is open ends, as far as is known. */
export function laidOut(calendar: Calendar, clock: Clock, until: Instant): Laid[] {
  const round = clock.ledger.filter((one) => one.kind !== 'extended' && one.from >= clock.startedAt)
  const laid = round.flatMap((one): Laid[] =>
    one.kind === 'paused'
      ? [{ from: one.from, to: one.to ?? Math.max(until, one.from), kind: 'stands', why: one.why }]
      : stretchesBetween(calendar, clock.limit, one.from, one.to ?? clock.dueAt),
  )
  return laid.reduce<Laid[]>(joined, [])
}

/** An extension ends one interval and begins the next: on the line it is one. */
function joined(line: Laid[], next: Laid): Laid[] {
  const last = line[line.length - 1]
  const goesOn = last && last.kind === next.kind && last.to === next.from && next.kind !== 'stands'
  return goesOn ? [...line.slice(0, -1), { ...last, to: next.to }] : [...line, next]
}

export const extensionsOf = (clock: Clock): Interval[] => clock.ledger.filter((one) => one.kind === 'extended')
