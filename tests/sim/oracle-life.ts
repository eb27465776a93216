// The life of every case, line by line, held against a model written by hand, and against what must hold of any case at any time.
import type { Case } from '#contract/case'
import type { Entry } from '#contract/event'
import { runs } from '#contract/ledger'
import { asks, isOpen, verbs } from '#contract/stage'
import type { Stage } from '#contract/stage'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import { factsOf, leads, moves, type Try } from '../suites/life-model.ts'

export interface LifeOracle {
  board: ReturnType<typeof emptyBoard>
  line(entry: Entry): void
  judge(): string[]
}

const inHand: readonly Stage[] = ['dispatched', 'handling', 'verification', 'verified']
/** What may lead from where to where at all: one move, or those that are done on the way. */
const reach = reachable()

function reachable(): Set<string> {
  const steps = new Set(
    Object.values(moves).flatMap((rows) => Object.entries(rows).map(([from, to]) => `${from} ${to}`)),
  )
  // Done on the way of a dispatch or a closing; a request granted; a device that says it is over.
  for (const [from, to] of [['verification', 'closed'], ['reported', 'filed']]) steps.add(`${from} ${to}`) // prettier-ignore
  return steps
}

/** `plain`: the rules are those the model was written for. */
export function openLifeOracle(plain: boolean): LifeOracle {
  const board = emptyBoard()
  const wrong: string[] = []
  const parents = new Set<string>()

  function line(entry: Entry): void {
    const before = new Map(
      entry.events.flatMap((event) => {
        const id = 'caseId' in event ? event.caseId : undefined
        const known = id && board.cases.get(id)
        return known ? [[known.id, known] as const] : []
      }),
    )
    const tried = plain ? triedIn(entry) : null
    const about = (entry.outcome.ok && entry.outcome.caseId) || undefined
    const stood = about ? before.get(about) : undefined
    const { put } = project(board, entry)
    for (const { now } of put) for (const from of now.lineage?.from ?? []) parents.add(from)
    for (const { before: was, now } of put) {
      const where = `life: line ${entry.revision}, ${entry.type} of ${now.id} at ${was?.stage ?? 'nothing'}`
      sound(now, where)
      const isMoved = was && was.stage !== now.stage && entry.by.kind === 'person' && entry.type in moves
      if (isMoved && !reach.has(`${was.stage} ${now.stage}`)) wrong.push(`${where} led to ${now.stage}`)
    }
    if (!tried || !stood || stood.scenarioId !== 'bike-shed-fire') return
    const expected = leads(factsOf(stood, parents.has(stood.id), entry.at), tried)
    const after = board.cases.get(stood.id)
    if (!expected)
      wrong.push(
        `life: line ${entry.revision}, ${tried.what} by ${tried.by} at ${stood.stage} was done, and the model says no`,
      )
    else if (after && after.stage !== (expected.stage ?? stood.stage))
      wrong.push(`life: line ${entry.revision}, ${tried.what} at ${stood.stage} led to ${after.stage}`)
  }

  function sound(now: Case, where: string): void {
    const must = (is: boolean, words: string) => void (is || wrong.push(`${where}: ${words}`))
    // What was merged keeps its hand for the day it is parted again.
    const isKept = now.mergedInto !== undefined || (now.holder !== undefined) === inHand.includes(now.stage)
    must(isKept, `at ${now.stage} in a hand or in none`)
    must((now.endedAt !== undefined) === !isOpen(now.stage), 'ended or not')
    must(isOpen(now.stage) || !(now.requests ?? []).some((one) => !one.answer), 'a request waits on what has ended')
    must(isOpen(now.stage) || !now.clocks.some(runs), 'a clock outlives its case')
    must(now.held === undefined || !now.clocks.some(runs), 'a clock runs while it is held')
  }

  return { board, line, judge: () => wrong.splice(0) }
}

function triedIn({ by, type, events }: Entry): Try | null {
  if (by.kind !== 'person' || events.length === 0) return null
  const base = {
    by: by.id,
    to: by.id,
    reason: true,
    misdispatch: false,
    fixed: true,
    theirs: false,
    beyondRemit: false,
  }
  const step = events.flatMap((event) => ('step' in event && event.step ? [event.step] : []))
  const what = type === 'ask' ? `ask ${asks.find((one) => step.some(({ about }) => about === one)) ?? ''}` : type
  const known =
    (verbs as readonly string[]).includes(what) || ['approve', 'reject', 'withdraw', 'resume', 'urge'].includes(what)
  // To whom a case went stands in it afterwards; who fits is the engine's own test.
  return known && what !== 'dispatch' ? { ...base, what: what as Try['what'] } : null
}
