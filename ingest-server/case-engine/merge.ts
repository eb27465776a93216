// Two cases that are one: all sources go into the one, the other is void because it is that one; whoever was told of either knows.
import type { Case, CaseSource, Receipt } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Event } from '#contract/event'
import { runs, stands } from '#contract/ledger'
import { metresBetween } from '#contract/metres'
import { isOpen } from '#contract/stage'
import { notLikely, whoRelates } from './apart.ts'
import { comesBack } from './becoming.ts'
import type { Becoming } from './becoming.ts'
import type { Board } from './board.ts'
import { stopClock } from './clock-moves.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { evolve } from './evolve.ts'
import type { Known } from './known.ts'
import { quiet } from './ladder.ts'
import { inherited } from './merge-names.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'
import { takeIn } from './take-in.ts'

type Merge = Extract<RelatingWish, { type: 'merge' }>

/** Accepting a candidate is this. Refusals: `case-not-found`, `cannot-merge`, and those of who may, asked of both cases. */
export function merge(board: Board, current: Case, wish: Merge, doer: Doer, known: Known): Decision {
  const into = board.cases.get(wish.into)
  if (!into) return no('case-not-found')
  const refusal = mayAs(whoRelates, doer.person, current) ?? mayAs(whoRelates, doer.person, into)
  if (refusal) return no(refusal)
  if (current.id === into.id || !isOpen(current.stage) || !isOpen(into.stage)) return no('cannot-merge')
  const events = [
    ...takenOver(board, current, into, wish.reason, doer, known),
    goneInto(current, into, wish.reason, doer),
  ]
  return { events: [...events, ...inherited(board, current, into, doer.now)], caseId: current.id }
}

/** Every source with where it came from; then the step, with the people and the names that come along. */
function takenOver(
  board: Board,
  current: Case,
  into: Case,
  reason: string | undefined,
  doer: Doer,
  known: Known,
): Event[] {
  let after = into
  const events: Event[] = current.sources.map((source) => {
    const event = takeIn(board, after, { ...source, why: whyMerged(source, current, into) }, doer.now, known)
    after = evolve(after, event, doer.now)
    return event
  })
  // What is nobody's to hear of yet must not fall silent because it was put to something that had been put aside.
  const isBack = after.shelved !== undefined && current.shelved === undefined
  const back: Becoming = isBack ? comesBack(board, after, doer.now, known) : {}
  const step = stepOf(doer, 'merge', { about: current.id, reason })
  const told = [...(back.told ?? []), ...alsoTold(current, after, back.told ?? [], doer.now)]
  const merged = [...(into.merged ?? []), current.id]
  return [...events, markedWith(after, step, { told, set: { ...back.set, merged } })]
}

const whyMerged = (source: CaseSource, from: Case, into: Case): CaseSource['why'] => ({
  rule: 'merged',
  from: from.id,
  metres: metresBetween(source.wgs84, into.wgs84),
  seconds: Math.abs(source.receivedAt - into.openedAt) / 1000,
})

/** Whoever was told of the one, or has it in hand, is told of the other. */
function alsoTold(current: Case, into: Case, besides: readonly Receipt[], now: number): Receipt[] {
  const knows = new Set([...into.told, ...besides].map((receipt) => receipt.personId))
  const ids = current.told.map((receipt) => receipt.personId)
  if (current.holder) ids.push(current.holder.personId)
  return [...new Set(ids)].filter((id) => !knows.has(id)).map((personId) => ({ personId, toldAt: now }))
}

/** Its step keeps the stage it had: should it turn out another matter after all, it comes back to that. */
function goneInto(current: Case, into: Case, reason: string | undefined, doer: Doer): Event {
  const clocks = current.clocks
    .filter((clock) => runs(clock) || stands(clock))
    .map((clock) => stopClock(clock, doer.now))
  const { id: caseId, held, candidates } = current
  return {
    type: 'moved',
    caseId,
    stage: 'void',
    step: stepOf(doer, 'merge', { about: current.stage, reason }),
    disposition: 'duplicate',
    ...(clocks.length > 0 && { clocks }),
    set: {
      ...quiet(current),
      ...(held && { held: null }),
      ...notLikely(
        current,
        (candidates ?? []).map((one) => one.caseId),
      ),
      mergedInto: into.id,
    },
  }
}
