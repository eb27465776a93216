// 跨街道移交: a case is another street's matter. Ours stands still while it is theirs, and hears what becomes of it there.
import type { Actor, Case } from '#contract/case'
import type { RelatingWish, StreetWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { streetSource } from '#contract/passing'
import { isOpen } from '#contract/stage'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { clocksGoingOn, pausedClocks, ringing, stillness } from './hold.ts'
import type { Known } from './known.ts'
import { callsNow, quiet } from './ladder.ts'
import { clocksAfter } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'

type PassingOn = Extract<RelatingWish, { type: 'pass-on' }>

export function passOn(current: Case, { to, reason }: PassingOn, doer: Doer, known: Known): Decision {
  const refusal = mayAs(['duty-officer'], doer.person, current)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  const still = stillness(current)
  if (still) return no(still)
  const words = known.streets?.().get(to)
  if (!words) return no('street-unknown')
  // They may refuse it and say why; given back as a new case it would go to and fro for ever.
  if (current.sources.some(({ passedFrom }) => passedFrom?.street === to)) return no('came-from-there')
  const { person, now } = doer
  const mark = markedWith(current, stepOf(doer, 'pass-on', { about: to, reason }), {
    clocks: pausedClocks(current, now, 'pass-on', person.id),
    set: { passed: { street: to, words, at: now, by: person.id, reason }, assignAt: null, ...quiet(current) },
  })
  return { events: [mark], caseId: current.id }
}

/** The duty officer takes it back, whatever they made of it there. */
export function takeBack(current: Case, reason: string | undefined, doer: Doer, known: Known): Decision {
  return { events: [oursAgain(current, stepOf(doer, 'resume', { reason }), known, doer.now)], caseId: current.id }
}

/** What that street says of it. Of a case that was not handed to them, they are told that there is none. */
export function hearStreet(
  current: Case,
  wish: StreetWish,
  by: Extract<Actor, { kind: 'source' }>,
  now: Instant,
  known: Known,
): Decision {
  const { passed } = current
  if (!passed || by.id !== streetSource(passed.street)) return no('case-not-found')
  const { what, theirs, reason } = wish
  const step = stepOf({ by, now, claimedAt: undefined }, 'passed', { about: what, reason, note: theirs })
  const marked = (set: Partial<NonNullable<Case['passed']>>): Decision => ({
    events: [markedWith(current, step, { set: { passed: { ...passed, ...(theirs && { theirs }), ...set } } })],
    caseId: current.id,
  })
  // It has ended here meanwhile: what they still say is written down, and moves nothing.
  if (!isOpen(current.stage)) return marked({})
  switch (what) {
    case 'taken':
    case 'again':
      return marked({})
    case 'accepted':
      return marked({ acceptedAt: passed.acceptedAt ?? now })
    case 'refused':
      return { events: [oursAgain(current, step, known, now)], caseId: current.id }
    case 'ended':
      return ended(current, wish, step, now, known)
    default:
      return what satisfies never
  }
}

function oursAgain(current: Case, step: ReturnType<typeof stepOf>, known: Known, now: Instant) {
  const after = { ...current, passed: undefined }
  return markedWith(current, step, {
    clocks: clocksGoingOn(current, after, step.verb, now, known),
    told: ringing(current, now),
    set: { passed: null, ...callsNow(after, scenarioOf(current, known), now, known.calendar) },
  })
}

/** What they ended, has ended: nobody here looks at it a second time. */
function ended(
  current: Case,
  { theirs, disposition = 'solved' }: StreetWish,
  step: ReturnType<typeof stepOf>,
  now: Instant,
  known: Known,
): Decision {
  const closed: Case = { ...current, stage: 'closed' }
  const done = { verb: 'close', by: undefined, why: 'passed' } as const
  const clocks = clocksAfter(current, closed, done, scenarioOf(current, known), now, known)
  const passed = { ...current.passed!, ...(theirs && { theirs }), closedAt: now }
  return {
    events: [
      {
        ...{ type: 'moved', caseId: current.id, stage: 'closed', step, holder: null, disposition },
        ...(clocks.length > 0 && { clocks }),
        set: { passed, calling: null, assignAt: null },
      },
    ],
    caseId: current.id,
  }
}
