// A scenario's own forms, rolls, ballots and phases: read from its data, whatever it is about.
import type { Case } from '#contract/case'
import type { ProcessingWish } from '#contract/command'
import type { PersonId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import { wrongField } from '#contract/wrong-field'
import { advance } from './advance.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayByPost, mayWork, stepOf, written } from './working.ts'

type Wished<T extends ProcessingWish['type']> = Extract<ProcessingWish, { type: T }>

/**
 * Refusals: `stage-not-allowed` once it has ended, those of who may (`mayWork`), and of each wish its own. Without its scenario a case has
 * no forms, rolls, ballots or phases.
 */
export function process(board: Board, current: Case, wish: ProcessingWish, doer: Doer, known: Known): Decision {
  const refusal = mayWork(current, doer)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  const scenario = scenarioOf(current, known)
  switch (wish.type) {
    case 'fill':
      return fill(current, wish, scenario, doer, known)
    case 'enroll':
      return enroll(current, wish, scenario, doer, known)
    case 'vote':
      return vote(current, wish, scenario, doer)
    case 'advance':
      return advance(board, current, wish, scenario, doer, known)
    default:
      return wish satisfies never
  }
}

/** Filled in again it is written anew; the steps say that it was. */
function fill(
  current: Case,
  { form: id, values }: Wished<'fill'>,
  scenario: Scenario | undefined,
  doer: Doer,
  known: Known,
): Decision {
  const form = scenario?.forms.find((one) => one.id === id)
  if (!form) return no('form-unknown')
  const refusal = mayByPost(form.by, doer)
  if (refusal) return no(refusal)
  if (wrongField(form, values) !== null) return no('form-wrong')
  const named = form.fields.filter(({ kind, id: field }) => kind === 'person' && values[field])
  if (named.some((field) => !known.people.has(values[field.id] as PersonId))) return no('form-wrong')
  const { now, person } = doer
  const forms = { ...current.forms, [id]: { by: person.id, at: now, values } }
  return written(current, { step: stepOf(doer, 'fill', id), set: { forms } }, scenario, doer, known)
}

/** Until the first vote is in the roll may be written anew: who votes is settled before anybody has. */
function enroll(
  current: Case,
  { roll, members }: Wished<'enroll'>,
  scenario: Scenario | undefined,
  doer: Doer,
  known: Known,
): Decision {
  const ballots = (scenario?.ballots ?? []).filter((ballot) => ballot.roll === roll)
  const [first] = ballots
  if (!first) return no('roll-unknown')
  const refusals = ballots.map((ballot) => mayByPost(ballot.by, doer))
  if (refusals.every((refusal) => refusal !== null)) return no(refusals[0]!)
  if (ballots.some(({ id }) => Object.keys(current.votes?.[id] ?? {}).length > 0)) return no('roll-closed')
  if (new Set(members.map((member) => member.id)).size < members.length) return no('wrong-shape')
  const rolls = { ...current.rolls, [roll]: members }
  return written(current, { step: stepOf(doer, 'enroll', roll), set: { rolls } }, scenario, doer, known)
}

/** A member may think again: the last word counts. The same word again says nothing new. */
function vote(
  current: Case,
  { ballot: id, member, choice, evidence }: Wished<'vote'>,
  scenario: Scenario | undefined,
  doer: Doer,
): Decision {
  const ballot = scenario?.ballots.find((one) => one.id === id)
  if (!ballot || !ballot.choices.some((one) => one.id === choice)) return no('ballot-unknown')
  const refusal = mayByPost(ballot.by, doer)
  if (refusal) return no(refusal)
  if (!current.rolls?.[ballot.roll]?.some((one) => one.id === member)) return no('not-on-the-roll')
  const before = current.votes?.[id]?.[member]
  if (before?.choice === choice && before.evidence === evidence) return no('already-so')
  const said = { choice, by: doer.person.id, at: doer.now, ...(evidence && { evidence }) }
  return { events: [{ type: 'voted', caseId: current.id, ballot: id, member, vote: said }], caseId: current.id }
}
