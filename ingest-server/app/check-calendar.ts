// A work calendar by which limits can be reckoned: hours in order, days that do not contradict each other.
import type { Calendar } from '#contract/clock'
import type { RuleFault } from '#contract/rules'
import { repeated, said } from './check-words.ts'

export function checkCalendar(file: string, { hours, workDays, holidays, makeUpDays }: Calendar): RuleFault[] {
  const off = new Set(holidays)
  const wrongs = [
    ...(hours.length === 0 || workDays.length === 0
      ? [said('hours', '没有工作时间', 'the calendar has no work time')]
      : []),
    ...hours.flatMap(([from, to], i) =>
      to <= from || from < (hours[i - 1]?.[1] ?? 0)
        ? [said(`hours[${i}]`, '时段顺序不对或有重叠', 'the calendar: hours are out of order')]
        : [],
    ),
    ...repeated(holidays, 'holidays', '假日', 'holidays'),
    ...makeUpDays.flatMap((day, i) =>
      off.has(day) ? [said(`makeUpDays[${i}]`, `${day} 又放假又补班`, `${day} is both off and worked instead`)] : [],
    ),
  ]
  return wrongs.map((wrong) => ({ file, ...wrong }))
}
