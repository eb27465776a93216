// Whom a scenario tells and calls: rungs in their order, each of which does something, and nothing for a self-check.
import type { Limit } from '#contract/clock'
import type { Scenario } from '#contract/scenario'
import { repeated, said, unknownAmong } from './check-words.ts'
import type { Wrong } from './check-words.ts'

/** Only to put rungs in order: a ladder of work hours is measured against no other. */
const minutesOf: Record<Limit['unit'], number> = { minutes: 1, hours: 60, 'work-hours': 60, 'work-days': 8 * 60 }
const lengthOf = ({ amount, unit }: Limit) => amount * minutesOf[unit]

export function checkPeople(rule: Scenario): Wrong[] {
  const { ladder, autoDispatch, tell, kind, clocks } = rule
  const codes = new Set(rule.matters.map(({ code }) => code))
  return [
    ...repeated(
      ladder.map(({ name }) => name),
      'ladder',
      '级',
      'rungs',
    ),
    ...ladder.flatMap((rung, i) => {
      const path = `ladder[${i}]`
      const before = ladder[i - 1]
      return [
        ...(before && lengthOf(rung.after) < lengthOf(before.after)
          ? [said(`${path}.after`, '比上一级还早', 'it comes before the rung above it')]
          : []),
        ...(rung.atMost > 1 && !rung.every
          ? [said(`${path}.every`, '要叫几次，请写明隔多久', 'climbed more than once it must say after how long')]
          : []),
        ...(rung.tell.length === 0 && !rung.again
          ? [
              said(
                path,
                '既不告知新的人，也不再叫一次，等于没有',
                'it tells nobody and calls nobody again: it does nothing',
              ),
            ]
          : []),
      ]
    }),
    ...unknownAmong(autoDispatch?.matters, codes, 'autoDispatch.matters', '事项', 'matter'),
    ...(kind === 'self-check' && (tell.length > 0 || ladder.length > 0 || clocks.length > 0)
      ? [said('kind', '自检不告知任何人，也没有时限', 'a self-check tells nobody and has no clocks')]
      : []),
  ]
}
