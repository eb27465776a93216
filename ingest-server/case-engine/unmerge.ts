// It was another matter after all: the case comes back to where it stood, with its sources, and is never joined with the other again.
import type { Case, CaseSource, Step } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Event } from '#contract/event'
import { stages } from '#contract/stage'
import type { Stage } from '#contract/stage'
import { keptApart, whoRelates } from './apart.ts'
import type { Board } from './board.ts'
import { runClockOn } from './clock-moves.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { evolve } from './evolve.ts'
import { ringing } from './hold.ts'
import type { Known } from './known.ts'
import { callsNow } from './ladder.ts'
import { calendarOf } from './limits.ts'
import { parted } from './parting.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'
import { takeIn } from './take-in.ts'
import { leftWith } from './worst-of.ts'

type Unmerge = Extract<RelatingWish, { type: 'unmerge' }>

/** Refusals: `not-merged`; `cannot-split` where the other would be left with nothing; and those of who may, asked of both. */
export function unmerge(board: Board, current: Case, wish: Unmerge, doer: Doer, known: Known): Decision {
  const chain = chainOf(board, current)
  const root = chain?.at(-1)
  const refusal = mayAs(whoRelates, doer.person, current) ?? (root ? mayAs(whoRelates, doer.person, root) : null)
  if (refusal) return no(refusal)
  const stage = stageBefore(current)
  if (!chain || !root || !stage) return no('not-merged')
  const keys = current.sources.map((source) => source.key)
  // What was split off the other meanwhile is a matter of its own; once that has left the board, it comes back with the rest.
  const there = keys.filter((key) => (board.bySource.get(key) ?? root.id) === root.id)
  if (!there.some((key) => board.bySource.has(key))) return no('not-merged')
  if (root.sources.every((source) => there.includes(source.key))) return no('cannot-split')
  const step = stepOf(doer, 'unmerge', { about: current.id, reason: wish.reason })
  return {
    events: [
      ...chain.flatMap((one) => without(one, current, keys, step, known)),
      ...broughtBack(board, current, { stage, chain, root, there }, wish.reason, doer, known),
    ],
    caseId: current.id,
  }
}

/** From the one it went into to the one that is not void; null where it was not merged, or one of them has left the board. */
function chainOf(board: Board, current: Case): Case[] | null {
  const chain: Case[] = []
  for (let id = current.mergedInto; id !== undefined; id = chain.at(-1)?.mergedInto) {
    const next = board.cases.get(id)
    if (!next) return null
    chain.push(next)
  }
  return chain.length > 0 ? chain : null
}

/** Its last merge says it. */
function stageBefore({ steps }: Case): Stage | undefined {
  const about = steps.findLast((step) => step.verb === 'merge')?.about
  return stages.find((stage) => stage === about)
}

/** One of those it went into gives back what it has of it. */
function without(one: Case, current: Case, keys: readonly string[], step: Step, known: Known): Event[] {
  const own = one.sources.map((source) => source.key).filter((key) => keys.includes(key))
  const left = one.merged?.filter((id) => id !== current.id)
  const set = left && left.length !== one.merged?.length ? { merged: left.length > 0 ? left : null } : {}
  return own.length < one.sources.length
    ? parted(one, own, current.id, step, known, set)
    : [markedWith(one, step, { set: { ...keptApart(one, [current.id]), ...set } })]
}

interface Back {
  stage: Stage
  chain: readonly Case[]
  root: Case
  /** Those of its sources that come back. */
  there: readonly string[]
}

/** Clocks go on with what was left when it went; what its sources have grown to meanwhile comes along. */
function broughtBack(
  board: Board,
  current: Case,
  { stage, chain, root, there }: Back,
  reason: string | undefined,
  doer: Doer,
  known: Known,
): Event[] {
  const { now } = doer
  const clocks = current.clocks
    .filter((clock) => clock.metAt === undefined && clock.ledger.at(-1)?.to === current.endedAt)
    .map((clock) => runClockOn(clock, now, 'merged', calendarOf(clock, known)))
  const open: Case = { ...current, stage, endedAt: undefined, mergedInto: undefined }
  const told = ringing(open, now)
  const event: Extract<Event, { type: 'moved' }> = {
    type: 'moved',
    caseId: current.id,
    stage,
    step: stepOf(doer, 'unmerge', { about: root.id, reason }),
    ...(clocks.length > 0 && { clocks }),
    ...(told.length > 0 && { told }),
    set: {
      mergedInto: null,
      ...keptApart(
        current,
        chain.map((one) => one.id),
      ),
      ...callsNow(open, scenarioOf(open, known), now, known.calendar),
    },
  }
  const elsewhere = splitOffSince(board, current, there, event.step, known)
  let after = evolve(current, event, now)
  const grown = current.sources.flatMap((source): Event[] => {
    const grownTo = root.sources.find((one) => one.key === source.key)
    if (!there.includes(source.key) || (grownTo && isSame(grownTo, source))) return []
    const more = takeIn(board, after, { ...(grownTo ?? source), why: source.why }, now, known)
    after = evolve(after, more, now)
    return [more]
  })
  return [event, ...elsewhere, ...grown]
}

/** But for the reason it is in its case. */
const isSame = (one: CaseSource, other: CaseSource) =>
  JSON.stringify({ ...one, why: null }) === JSON.stringify({ ...other, why: null })

function splitOffSince(board: Board, current: Case, there: readonly string[], step: Step, known: Known): Event[] {
  const gone = current.sources.filter((source) => !there.includes(source.key))
  const caseId = current.id
  const left = leftWith(
    current,
    current.sources.filter((source) => there.includes(source.key)),
    known,
  )
  return gone.map(({ key }): Event => ({
    type: 'unsourced',
    caseId,
    keys: [key],
    to: board.bySource.get(key) ?? caseId,
    step: { ...step, verb: 'split', about: key },
    ...left,
  }))
}
