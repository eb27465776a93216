// What the engine and the doors may know of the house besides the board: one record for all that ask, and live.
import type { Known } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import type { Instant } from '#contract/ids'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { Presences } from '../doors/line-presence.ts'
import type { Streets } from '../doors/streets-port.ts'
import type { Rules } from '../doors/rules-port.ts'
import type { Records } from '../records/port.ts'

interface KnownNeeds {
  ground: Ground
  records: Pick<Records, 'accounts' | 'responsibility'>
  rules: Rules
  /** Until the site says so itself. */
  responsibility: ResponsibilityTable | undefined
  presences: Pick<Presences, 'all'>
  streets: Pick<Streets, 'others'> | undefined
  now: () => Instant
}

/** Whoever holds it sees what it says at the time. */
export const liveKnown = ({ ground, records, rules, responsibility, presences, streets, now }: KnownNeeds): Known => ({
  ...{ ground, people: records.accounts.people() },
  get scenarios() {
    return rules.book()
  },
  get calendar() {
    return rules.calendar()
  },
  get calendars() {
    return rules.calendars()
  },
  get responsibility() {
    return records.responsibility.current() ?? responsibility
  },
  presences: () => presences.all(now()),
  ...(streets && { streets: streets.others }),
})
