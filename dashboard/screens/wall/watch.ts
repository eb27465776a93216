// Who is on watch, until when, and who comes then; and the day as people say it.
import type { Shift } from '#contract/duty'
import type { Person } from '#contract/person'
import type { Instant } from '#contract/ids'
import { nextUp } from '#contract/roster'
import { timeOf } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'

const zone = 8 * 3_600_000

export function dateLine(now: Instant): string {
  const local = new Date(now + zone)
  const weekday = sayWall(`weekday.${local.getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6}`)
  return sayWall('date', { month: local.getUTCMonth() + 1, day: local.getUTCDate(), weekday })
}

export interface NextWatch {
  name: string
  from: Instant
}

const officersOf = (staff: readonly Person[]): Person[] => staff.filter((person) => person.role === 'duty-officer')

/** By the roster; where no turn of the watch is kept, the first who is off duty by the accounts, when this watch ends. */
export function nextOnWatch(staff: readonly Person[], shifts: readonly Shift[], now: Instant): NextWatch | null {
  const turns = shifts.filter((shift) => shift.post === 'command')
  if (turns.length === 0) return nextByAccount(officersOf(staff))
  const people = new Map(staff.map((person) => [person.id, person]))
  // Who goes on without a gap relieves nobody; whom the wall does not know it cannot name.
  const relieves = ({ personId, from }: Shift) => {
    const person = people.get(personId)
    return person !== undefined && !(person.onDuty && from <= (person.dutyUntil ?? now))
  }
  const next = nextUp(turns.filter(relieves), null, 'command', now)
  return next && { name: people.get(next.personId)?.name ?? '', from: next.from }
}

function nextByAccount(officers: readonly Person[]): NextWatch | null {
  const until = officers.find((person) => person.onDuty)?.dutyUntil
  const next = officers.find((person) => !person.onDuty)
  return next && until !== undefined ? { name: next.name, from: until } : null
}

export function watchLines(staff: readonly Person[], next: NextWatch | null): { now: string; until: string } {
  const here = officersOf(staff).find((person) => person.onDuty)
  if (!here) return { now: sayWall('nobodyOnWatch'), until: '' }
  const now = sayWall('onWatch', { name: here.name })
  if (here.dutyUntil === undefined) return { now, until: '' }
  const time = timeOf(here.dutyUntil)
  // With a gap between, nobody takes over from this one.
  const follows = next !== null && next.from <= here.dutyUntil
  return { now, until: follows ? sayWall('untilThen', { time, name: next.name }) : sayWall('until', { time }) }
}
