// What a step cannot do without, one question a need.
import type { Case, Step } from '#contract/case'
import type { MovingWish as Moving } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import { missingPhotos } from '#contract/photos'
import type { Refusal } from '#contract/refusal'
import type { Role } from '#contract/roles'
import type { Scenario } from '#contract/scenario'
import type { Verb } from '#contract/stage'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { unmetInProcess } from './process-needs.ts'
import { isOnDuty } from './roster.ts'
import { scenarioOf } from './scenario-book.ts'
import { covers } from './scope.ts'
import type { Need, Transition } from './stages.ts'

interface Asked {
  board: Board
  row: Transition
  current: Case
  wish: Moving
  /** Null: time itself. */
  person: Person | null
  known: Known
  now: Instant
}

const reasonOf = (wish: Moving) => ('reason' in wish ? wish.reason : undefined)

const ask: Record<Need, (asked: Asked) => Refusal | null> = {
  assignee: assigneeFits,
  reason: ({ wish }) => (reasonOf(wish) ? null : 'reason-missing'),
  'reason-unless-solved': ({ wish }) =>
    wish.type === 'close' && wish.disposition !== 'solved' && !wish.reason ? 'reason-missing' : null,
  arrival: ({ current }) => (current.holder?.arrivedAt === undefined ? 'not-arrived' : null),
  photos: ({ row, current, known }) =>
    missingPhotos(current, scenarioOf(current, known), row.verb).length > 0 ? 'photo-missing' : null,
  'other-person': ({ current, person }) =>
    person && current.handlers.includes(person.id) ? 'other-person-needed' : null,
  'not-misdispatched': ({ wish }) => (wish.type === 'return' && wish.misdispatch ? 'stage-not-allowed' : null),
  granted: () => 'approval-needed',
}

/** Roles that go out and do it. */
const goesOut: Record<Role, boolean> = {
  chief: true,
  officer: true,
  property: true,
  'duty-officer': false,
  wall: false,
  administrator: false,
  'security-administrator': false,
  'audit-administrator': false,
}

/** 仍派: with a reason it may go to somebody off duty or of another post; never to somebody who could not see it. */
function assigneeFits({ board, current, wish, known, now }: Asked): Refusal | null {
  if (wish.type !== 'dispatch') return 'person-unknown'
  const to = known.people.get(wish.to)
  if (!to) return 'person-unknown'
  if (!goesOut[to.role]) return 'person-cannot-handle'
  if (!covers(to.placeIds, current.path)) return 'person-out-of-area'
  if (wish.reason) return null
  if (!isOnDuty(board, to, now)) return 'person-off-duty'
  const posts = scenarioOf(current, known)?.handledBy
  return !posts || posts.includes(to.post) ? null : 'person-cannot-handle'
}

/** Where the scenario keeps two steps apart: who did the first does not do the second. */
function mustBeAnother({ apart }: Scenario, verb: Verb, { steps }: Case, { id }: Person): Refusal | null {
  const before = apart.filter(([, second]) => second === verb).map(([first]) => first as Step['verb'])
  return steps.some(({ verb: done, by }) => before.includes(done) && by.kind === 'person' && by.id === id)
    ? 'step-apart'
    : null
}

const unticked = ({ checklist }: Scenario, verb: Verb, { ticked }: Case): Refusal | null =>
  checklist.some(({ id, before, required }) => required && before === verb && !ticked.includes(id))
    ? 'checklist-missing'
    : null

/** The first need that is not met. */
export function unmet(
  board: Board,
  row: Transition,
  current: Case,
  wish: Moving,
  person: Person | null,
  now: Instant,
  known: Known,
): Refusal | null {
  for (const need of row.needs) {
    const refusal = ask[need]({ board, row, current, wish, person, known, now })
    if (refusal) return refusal
  }
  const scenario = scenarioOf(current, known)
  return (
    (scenario && person && mustBeAnother(scenario, row.verb, current, person)) ??
    (scenario && unticked(scenario, row.verb, current)) ??
    unmetInProcess(board, current, row.verb, scenario)
  )
}
