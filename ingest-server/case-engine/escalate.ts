// The next rung climbed: who is on duty is told besides, who was told and has not answered is called again.
import type { Besides, Case, Receipt, Step } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Rung, Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'
import { isAnswered, nextRung, quiet, rungsOf } from './ladder.ts'
import { isOnDuty } from './roster.ts'
import { scenarioOf } from './scenario-book.ts'
import { tellBy } from './tell.ts'

/** Said in the step where a rung reached nobody new: there is nobody, or all of them know. Screens have the words. */
type Unreached = 'nobody-on-duty' | 'all-told'

/** Checked against the case itself: wished too early, twice, or after somebody answered it does nothing. */
export function escalate(board: Board, current: Case, now: Instant, known: Known): Decision {
  const { calling } = current
  if (!calling || !isOpen(current.stage)) return no('already-so')
  if (now < calling.at) return no('not-yet')
  const scenario = scenarioOf(current, known)
  const rung = scenario?.ladder[calling.rung]
  const only = (set: Besides): Decision => ({
    events: [{ type: 'marked', caseId: current.id, set }],
    caseId: current.id,
  })
  if (!scenario || !rung || current.held || current.passed || current.shelved || current.unsure)
    return only(quiet(current))
  if (isAnswered(rung, current)) return only({ calling: nextRung(current, scenario, calling.since, known.calendar) })
  const told = [
    ...tellBy(board, current, rung.tell, known, now, rung.name),
    ...calledAgain(board, current, rung, known, now),
  ]
  const unreached = told.length > 0 ? null : whyNobody(board, current, rung, known, now)
  const step: Step = {
    verb: 'escalate',
    at: now,
    by: { kind: 'clock' },
    about: rung.name,
    ...(unreached && { reason: unreached }),
  }
  const climbed = { ...current, steps: [...current.steps, step] }
  const next = nextRung(climbed, scenario, calling.since, known.calendar)
  const above = unreached === 'nobody-on-duty' ? nextAbove(climbed, calling, scenario) : undefined
  const goesOn = above !== undefined ? { rung: above, round: 0, since: calling.since, at: now } : next
  return {
    events: [{ type: 'marked', caseId: current.id, step, ...(told.length > 0 && { told }), set: { calling: goesOn } }],
    caseId: current.id,
  }
}

const whyNobody = (board: Board, current: Case, rung: Rung, known: Known, now: Instant): Unreached =>
  tellBy(board, { ...current, told: [] }, rung.tell, known, now).length > 0 ? 'all-told' : 'nobody-on-duty'

/** Where there is nobody the rung above is climbed at once: a silence that nobody hears helps nobody. */
const nextAbove = (
  climbed: Case,
  { rung: at, since }: NonNullable<Case['calling']>,
  scenario: Scenario,
): number | undefined =>
  rungsOf(climbed, scenario).find(
    ([index, rung]) =>
      index > at &&
      !isAnswered(rung, climbed) &&
      !climbed.steps.some((step) => step.verb === 'escalate' && step.at >= since && step.about === rung.name),
  )?.[0]

const isUnanswered = ({ takenAt, arrivedAt }: Receipt) => takenAt === undefined && arrivedAt === undefined

function calledAgain(board: Board, current: Case, rung: Rung, known: Known, now: Instant): Receipt[] {
  if (!rung.again) return []
  return current.told.flatMap((receipt) => {
    const person = known.people.get(receipt.personId)
    if (!person || !isUnanswered(receipt) || !isOnDuty(board, person, now)) return []
    return [{ ...receipt, calls: (receipt.calls ?? 0) + 1, calledAt: now }]
  })
}
