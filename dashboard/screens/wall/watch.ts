// Who is on watch, until when, and who comes then; and the day as people say it.
import type { Person } from '#contract/person'
import type { Instant } from '#contract/ids'
import { timeOf } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'

const zone = 8 * 3_600_000

export function dateLine(now: Instant): string {
  const local = new Date(now + zone)
  const weekday = sayWall(`weekday.${local.getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6}`)
  return sayWall('date', { month: local.getUTCMonth() + 1, day: local.getUTCDate(), weekday })
}

export function watchLines(staff: readonly Person[]): { now: string; until: string } {
  const officers = staff.filter((person) => person.role === 'duty-officer')
  const here = officers.find((person) => person.onDuty)
  if (!here) return { now: sayWall('nobodyOnWatch'), until: '' }
  const next = officers.find((person) => !person.onDuty)
  const now = sayWall('onWatch', { name: here.name })
  if (here.dutyUntil === undefined) return { now, until: '' }
  const time = timeOf(here.dutyUntil)
  return { now, until: next ? sayWall('untilThen', { time, name: next.name }) : sayWall('until', { time }) }
}
