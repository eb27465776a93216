// What can be done to one clock. Each adds to its ledger and reckons its two moments from the ledger anew; nothing in it is taken back.
import type { Calendar, Clock, Interval, Limit } from '#contract/clock'
import type { Instant, PersonId } from '#contract/ids'
import { recompute, stands } from '#contract/ledger'

/** Where the clock on the wall was set back, the ledger goes on from where it had come: no minute is counted twice. */
const notBefore = ({ ledger }: Pick<Clock, 'ledger'>, now: Instant): Instant => {
  const last = ledger.at(-1)
  return Math.max(now, last?.to ?? last?.from ?? now)
}

const closed = (ledger: readonly Interval[], at: Instant): Interval[] =>
  ledger.map((interval) => (interval.to === undefined ? { ...interval, to: at } : interval))

/** A mark that was made and now lies ahead again will be made again. */
function reckoned({ lateSaidAt, overSaidAt, ...clock }: Clock, now: Instant, calendar: Calendar): Clock {
  const { lateAt, dueAt } = recompute(clock, calendar, now)
  return {
    ...clock,
    lateAt,
    dueAt,
    ...(lateSaidAt !== undefined && now >= lateAt && { lateSaidAt }),
    ...(overSaidAt !== undefined && now >= dueAt && { overSaidAt }),
  }
}

/** `before`: the rounds it has run already, where it is set anew. */
export function startClock(name: string, limit: Limit, now: Instant, calendar: Calendar, before?: Clock): Clock {
  const past = before ? closed(before.ledger, notBefore(before, now)) : []
  const last = past.at(-1)
  // A round is known by the moment it began: what began in this very millisecond is of the one before.
  const at = before && last ? Math.max(notBefore(before, now), last.from + 1) : now
  const ledger: Interval[] = [...past, { from: at, kind: 'running' }]
  const clock = { name, limit, calendar: calendar.version, startedAt: at, lateAt: at, dueAt: at, ledger }
  return reckoned(clock, now, calendar)
}

/** What it waited for is done. Marks made under a wall clock that has been set back since were not so. */
export function meetClock({ lateSaidAt, overSaidAt, ...clock }: Clock, now: Instant): Clock {
  return {
    ...clock,
    ledger: closed(clock.ledger, notBefore(clock, now)),
    metAt: now,
    ...(lateSaidAt !== undefined && now >= clock.lateAt && { lateSaidAt }),
    ...(overSaidAt !== undefined && now >= clock.dueAt && { overSaidAt }),
  }
}

/** It runs no more and nothing was done: the case ended, or went back to before its start. */
export const stopClock = (clock: Clock, now: Instant): Clock => ({
  ...clock,
  ledger: closed(clock.ledger, notBefore(clock, now)),
})

/** It stands still for a while. */
export function pauseClock(clock: Clock, now: Instant, why: string, by: PersonId): Clock {
  const at = notBefore(clock, now)
  return { ...clock, ledger: [...closed(clock.ledger, at), { from: at, kind: 'paused', why, by }] }
}

/** It goes on with what was left. `why`: for the time since it stopped, where nobody wrote down a pause. */
export function runClockOn(clock: Clock, now: Instant, why: string, calendar: Calendar): Clock {
  const { metAt: _met, ...rest } = clock
  const at = notBefore(clock, now)
  const since = clock.ledger.at(-1)?.to ?? at
  const rested: Interval[] = !stands(clock) && since < at ? [{ from: since, to: at, kind: 'paused', why }] : []
  const ledger: Interval[] = [...closed(clock.ledger, at), ...rested, { from: at, kind: 'running' }]
  return reckoned({ ...rest, ledger }, now, calendar)
}

/** It gets more time, running or standing still; the limit itself stays what it was. */
export function extendClock(
  clock: Clock,
  granted: { adds: Limit; by: PersonId; why: string },
  now: Instant,
  calendar: Calendar,
): Clock {
  const at = notBefore(clock, now)
  const open = clock.ledger.find((interval) => interval.to === undefined)
  const ledger: Interval[] = [
    ...closed(clock.ledger, at),
    { from: at, to: at, kind: 'extended', ...granted },
    ...(open ? [{ ...open, from: at }] : []),
  ]
  return reckoned({ ...clock, ledger }, now, calendar)
}
