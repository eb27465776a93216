// What was asked for on a case, in words: what, by whom, why, and what was said to it.
import type { Request } from '#contract/approval'
import { grantersOf, isWaiting } from '#contract/asks'
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import { roles } from '#contract/roles'
import type { Role } from '#contract/roles'
import type { Scenario } from '#contract/scenario'
import type { RequestSays } from '../../parts/case-requests.ts'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime } from '../../words/times.ts'
import { clockName, personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { limitSaid } from './said.ts'

/** 「处置延时 2 工时」, 「挂账至 明日 09:00」, 「作废，归为误报」. */
export function wantSaid(facts: Facts, subject: Case, request: Request, now: Instant): string {
  const plain = sayDeskCase(`ask.${request.what}`)
  switch (request.what) {
    case 'extend': {
      if (!request.longer) return plain
      const longer = limitSaid(request.longer)
      return request.clock
        ? sayDeskCase('wants.extendClock', { clock: clockName(facts, subject, request.clock), longer })
        : sayDeskCase('wants.extend', { longer })
    }
    case 'hold':
      return request.until === undefined ? plain : sayDeskCase('wants.hold', { until: dayTime(request.until, now) })
    case 'void':
    case 'appeal':
      return request.disposition
        ? sayDeskCase(`wants.${request.what}`, { as: sayCase(`disposition.${request.disposition}`) })
        : plain
    default:
      return request.what satisfies never
  }
}

const isRole = (who: string): who is Role => (roles as readonly string[]).includes(who)

/** 「等值守批」: who could answer it. */
export const waitsFor = (scenario: Scenario | undefined, request: Request): string =>
  sayDeskCase('waitsFor', {
    who: grantersOf(scenario, request.what)
      .filter(isRole)
      .map((role) => sayCase(`role.${role}`))
      .join(sayDeskCase('or')),
  })

/** The newest first: what was asked last is what one looks for. */
export const requestsSay = (facts: Facts, subject: Case, now: Instant): RequestSays[] =>
  [...(subject.requests ?? [])]
    .sort((a, b) => b.at - a.at)
    .map((request) => ({
      key: request.id,
      want: wantSaid(facts, subject, request, now),
      why: request.reason,
      asked: sayDeskCase('askedBy', { by: personName(facts, request.by), time: dayTime(request.at, now) }),
      answer: answerSaid(facts, subject, request, now),
      isWaiting: isWaiting(request),
    }))

function answerSaid(facts: Facts, subject: Case, request: Request, now: Instant): string {
  const { answer } = request
  if (!answer) return waitsFor(scenarioOf(facts, subject), request)
  const time = dayTime(answer.at, now)
  if ('withdrawn' in answer) return sayDeskCase('answer.withdrawn', { time })
  const what = sayDeskCase(answer.yes ? 'answer.yes' : 'answer.no', { by: personName(facts, answer.by), time })
  return answer.reason ? sayDeskCase('because', { what, why: answer.reason }) : what
}
