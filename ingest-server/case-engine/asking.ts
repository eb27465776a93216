// 延时、挂账、作废、申诉: asked, granted, refused, taken back; and whatever else is asked and answered about a case.
import type { Request } from '#contract/approval'
import { askHouse, askersOf, grantersOf, isAskedAt, timesLeft, waitingFor } from '#contract/asks'
import type { Case } from '#contract/case'
import type { AskingWish } from '#contract/command'
import type { Event } from '#contract/event'
import type { Refusal } from '#contract/refusal'
import { isOpen } from '#contract/stage'
import { stepAs } from './act.ts'
import { askRows } from './asks.ts'
import type { Wanted } from './asks.ts'
import type { Board } from './board.ts'
import { callBack, contact } from './contact.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { evolve } from './evolve.ts'
import { clocksGoingOn, pausedClocks, resume } from './hold.ts'
import type { Known } from './known.ts'
import { comply, decline, reinforce } from './orders.ts'
import { takeBack } from './pass-on.ts'
import { nextRequestId, waitingAs, withAnswer } from './requests.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'
import { answer, urge } from './urging.ts'

type Wished<T extends AskingWish['type']> = Extract<AskingWish, { type: T }>

export function askAbout(board: Board, current: Case, wish: AskingWish, doer: Doer, known: Known): Decision {
  switch (wish.type) {
    case 'ask':
      return ask(current, wish, doer, known)
    case 'approve':
      return approve(board, current, wish, doer, known)
    case 'reject':
      return reject(current, wish, doer, known)
    case 'withdraw':
      return withdraw(current, wish, doer, known)
    case 'resume':
      return takeUp(current, wish.reason, doer, known)
    case 'urge':
      return urge(board, current, wish.reason, doer, known)
    case 'reinforce':
      return reinforce(board, current, wish, doer, known)
    case 'comply':
      return comply(current, wish.order, doer)
    case 'decline':
      return decline(board, current, wish, doer, known)
    case 'answer':
      return answer(current, wish.note, doer, known)
    case 'contact':
      return contact(current, wish.note, doer, known)
    case 'callback':
      return callBack(board, current, wish, doer, known)
    default:
      return wish satisfies never
  }
}

const marked = (
  current: Case,
  ...rest: [step: Parameters<typeof markedWith>[1], also?: Parameters<typeof markedWith>[2]]
): Decision => ({
  events: [markedWith(current, ...rest)],
  caseId: current.id,
})

/** What a question to the table needs to know. */
const askedOf = (current: Case, wanted: Wanted, { now }: Doer, known: Known) => ({
  ...{ current, wanted, now, known },
  scenario: scenarioOf(current, known),
})

function ask(current: Case, wish: Wished<'ask'>, doer: Doer, known: Known): Decision {
  const row = askRows[wish.what]
  const asked = askedOf(current, wish, doer, known)
  const refusal =
    mayAs(askersOf(asked.scenario, wish.what), doer.person, current) ??
    (isAskedAt(current, wish.what) ? null : 'stage-not-allowed') ??
    (waitingFor(current, wish.what) ? 'request-waiting' : null) ??
    row.needs(asked) ??
    (timesLeft(asked.scenario, wish.what, current) > 0 ? null : 'asked-too-much')
  if (refusal) return no(refusal)
  const { what, reason, longer, clock, until, disposition } = wish
  const { person, now } = doer
  const wanted = row.wants?.(asked) ?? { longer, clock, until, disposition }
  const request: Request = { id: nextRequestId(current, what), what, by: person.id, at: now, reason, ...given(wanted) }
  return marked(current, stepOf(doer, 'ask', { about: request.id, reason }), {
    // 申诉: while it is not known whose it is, it is nobody's time.
    clocks: what === 'appeal' ? pausedClocks(current, now, reason, person.id) : [],
    set: { requests: [...(current.requests ?? []), request] },
  })
}

const given = (wanted: Wanted): Wanted =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))

/** Whoever asked is not whoever answers. */
function mayAnswer(current: Case, request: Request, doer: Doer, known: Known): Refusal | null {
  const grants = grantersOf(scenarioOf(current, known), request.what)
  return mayAs(grants, doer.person, current) ?? (request.by === doer.person.id ? 'own-request' : null)
}

function approve(board: Board, current: Case, wish: Wished<'approve'>, doer: Doer, known: Known): Decision {
  const request = waitingAs(current, wish.request)
  if (!request) return no('request-unknown')
  const row = askRows[request.what]
  const refusal =
    mayAnswer(current, request, doer, known) ??
    (isAskedAt(current, request.what) ? null : 'stage-not-allowed') ??
    row.needs(askedOf(current, request, doer, known))
  if (refusal) return no(refusal)
  const { clocks = [], set, then } = row.grant(current, request, doer, known)
  const said = answered(current, request, true, wish.reason, doer)
  // What is ended or sent out anew is on hold no longer.
  const lifted = then && current.held
  const mark = markedWith(current, stepOf(doer, 'approve', { about: request.id, reason: wish.reason }), {
    clocks: [
      ...clocks,
      ...goingOn({ ...current, held: lifted ? undefined : current.held }, said, request, doer, known),
    ],
    set: { ...said, ...set, ...(lifted && { held: null }) },
  })
  const next: Event[] = then ? stepAs(board, evolve(current, mark, doer.now), then, doer, known) : []
  return { events: [mark, ...next], caseId: current.id }
}

function reject(current: Case, wish: Wished<'reject'>, doer: Doer, known: Known): Decision {
  const request = waitingAs(current, wish.request)
  if (!request) return no('request-unknown')
  const refusal = mayAnswer(current, request, doer, known)
  if (refusal) return no(refusal)
  const said = answered(current, request, false, wish.reason, doer)
  const clocks = goingOn(current, said, request, doer, known)
  return marked(current, stepOf(doer, 'reject', { about: request.id, reason: wish.reason }), { clocks, set: said })
}

function withdraw(current: Case, wish: Wished<'withdraw'>, doer: Doer, known: Known): Decision {
  const request = waitingAs(current, wish.request)
  if (!request) return no('request-unknown')
  if (request.by !== doer.person.id) return no('role-not-allowed')
  const said = withAnswer(current, request.id, { withdrawn: true, at: doer.now })
  const clocks = goingOn(current, said, request, doer, known)
  return marked(current, stepOf(doer, 'withdraw', { about: request.id }), { clocks, set: said })
}

const answered = (current: Case, request: Request, yes: boolean, reason: string | undefined, { person, now }: Doer) =>
  withAnswer(current, request.id, { yes, by: person.id, at: now, ...(reason && { reason }) })

/** An appeal that was answered lets the clocks go on, whatever the answer. */
const goingOn = (current: Case, said: Pick<Case, 'requests'>, request: Request, { now }: Doer, known: Known) =>
  request.what === 'appeal' ? clocksGoingOn(current, { held: current.held, ...said }, request.what, now, known) : []

function takeUp(current: Case, reason: string | undefined, doer: Doer, known: Known): Decision {
  const refusal = mayAs(askHouse.hold.asks, doer.person, current)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  return current.passed ? takeBack(current, reason, doer, known) : resume(current, reason, doer, known)
}
