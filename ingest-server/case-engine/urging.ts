// 督办: somebody above asks how it stands, and is answered in words or by what is done.
import type { Besides, Case } from '#contract/case'
import { isOpen } from '#contract/stage'
import type { Mark, Verb } from '#contract/stage'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { ringing, stillness } from './hold.ts'
import type { Known } from './known.ts'
import { clocksForMark } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'

const desk = ['duty-officer', 'chief'] as const

/** Whoever has it in hand is called; the scenario's clock for an answer starts. */
export function urge(current: Case, reason: string, doer: Doer, known: Known): Decision {
  const refusal =
    mayAs(desk, doer.person, current) ??
    (isOpen(current.stage) ? null : 'stage-not-allowed') ??
    // Nothing runs while it stands still: whoever wants it done takes it up again.
    stillness(current)
  if (refusal) return no(refusal)
  const { person, now } = doer
  const mark = markedWith(current, stepOf(doer, 'urge', { reason }), {
    clocks: clocksForMark(current, 'urge', person.post, scenarioOf(current, known), now, known),
    told: ringing(current, now),
    set: { urged: { by: person.id, at: now, reason } },
  })
  return { events: [mark], caseId: current.id }
}

export function answer(current: Case, note: string, doer: Doer, known: Known): Decision {
  const refusal =
    mayAs([...desk, 'holder', 'told'], doer.person, current) ?? (isOpen(current.stage) ? null : 'stage-not-allowed')
  if (refusal) return no(refusal)
  const { person, now } = doer
  if (!current.urged || current.urged.answeredAt !== undefined) return no('already-so')
  if (current.urged.by === person.id) return no('own-request')
  const mark = markedWith(current, stepOf(doer, 'answer', { note }), {
    clocks: clocksForMark(current, 'answer', person.post, scenarioOf(current, known), now, known),
    set: { urged: { ...current.urged, answeredAt: now } },
  })
  return { events: [mark], caseId: current.id }
}

const answersByDeed: Partial<Record<Verb | Mark, true>> = {
  take: true,
  arrive: true,
  finish: true,
  verify: true,
  close: true,
}

/** What is done on the case answers, too. */
export const answeredBy = (
  { urged }: Pick<Case, 'urged'>,
  doing: Verb | Mark,
  now: Doer['now'],
): Pick<Besides, 'urged'> =>
  urged && urged.answeredAt === undefined && answersByDeed[doing] ? { urged: { ...urged, answeredAt: now } } : {}
