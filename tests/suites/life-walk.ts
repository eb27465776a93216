// A life of a case at random, held at every step against the model: what the model allows is done and leads there, what it does not is refused and changes nothing.
import fc from 'fast-check'
import type { Case } from '#contract/case'
import type { CaseId, PersonId, RequestId, ReporterRef } from '#contract/ids'
import { recompute, runs, stands } from '#contract/ledger'
import { Scenario } from '#contract/scenario'
import { asks, isOpen, verbs } from '#contract/stage'
import type { Stage } from '#contract/stage'
import type { Wish } from '#contract/command'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import { aCommand, aKnown, aStreet, calendar, minutes, people, scenarios, sourceActor } from './builders.ts'
import { factsOf, leads } from './life-model.ts'
import type { Leads, Try } from './life-model.ts'

const person = (id: string) => id as PersonId
const mei = 'resident-mei' as ReporterRef

/** The fire as the house does it, whatever a site's own rules add. */
const plain: Scenario[] = scenarios.map(
  (one) =>
  Scenario.parse({ ...one, asks: {}, apart: [], who: {}, ladder: [], ackHolds: [], autoDispatch: undefined, forms: [], phases: [], checklist: [] }), // prettier-ignore
)

const kinds: readonly Try['what'][] = [
  ...verbs,
  ...asks.map((what) => `ask ${what}` as const),
  ...(['approve', 'reject', 'withdraw', 'resume', 'urge', 'answer', 'contact', 'callback'] as const),
  ...(['reopen', 'reopen the old one', 'not-fixed', 'rate'] as const),
]
const anyTry: fc.Arbitrary<Try> = fc.record({
  what: fc.constantFrom(...kinds),
  by: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...['chen', 'shen', 'li'].map(person)) },
    { weight: 1, arbitrary: fc.constantFrom(...people.map(({ id }) => id)) },
  ),
  to: fc.oneof(fc.constant(person('li')), fc.constantFrom(...people.map(({ id }) => id))),
  reason: fc.boolean(),
  misdispatch: fc.boolean(),
  fixed: fc.boolean(),
  theirs: fc.boolean(),
  beyondRemit: fc.boolean(),
})

/** Most of what is tried at random is refused, and a life that never moves shows nothing: so often the next sensible step is taken. */
const sensible: Partial<Record<Stage, Pick<Try, 'what' | 'by'>>> = {
  reported: { what: 'accept', by: person('chen') },
  accepted: { what: 'file', by: person('shen') },
  filed: { what: 'dispatch', by: person('chen') },
  dispatched: { what: 'take', by: person('li') },
  handling: { what: 'finish', by: person('li') },
  verification: { what: 'verify', by: person('shen') },
  verified: { what: 'close', by: person('chen') },
}

const oneStep = fc.record({
  tried: anyTry,
  kind: fc.constantFrom('any', 'any', 'any', 'sensible', 'sensible', 'answer-request', 'photos', 'time'),
  after: fc.integer({ min: 0, max: 3 }),
})
type OneStep = typeof oneStep extends fc.Arbitrary<infer T> ? T : never
export const aLife: fc.Arbitrary<OneStep[]> = fc.array(oneStep, { minLength: 20, maxLength: 60, size: 'max' })

export interface Tally {
  walked: Map<string, number>
  refused: number
  steps: number
}
export const emptyTally = (): Tally => ({ walked: new Map(), refused: 0, steps: 0 })

/** Throws where the engine and the model part. */
export function live(steps: readonly OneStep[], tally: Tally): void {
  const street = aStreet({ known: aKnown({ scenarios: plain }) })
  street.reports({ reporterRef: mei })
  let id = street.only().id
  let old: CaseId | null = null
  let picture = 0
  const now = (): Case => street.board.cases.get(id)!
  const walk = (edge: string) => tally.walked.set(edge, (tally.walked.get(edge) ?? 0) + 1)

  for (const { tried: random, kind, after } of steps) {
    const before = now()
    const waiting = before.requests?.find((request) => !request.answer)
    if (kind === 'photos') {
      const by = before.holder?.personId ?? person('li')
      for (const slot of ['before-near', 'before-far', 'after-near', 'after-far'])
        street.says(by, { type: 'attach', caseId: id, evidence: String(++picture).padStart(64, '0'), slot, takenAt: street.now }) // prettier-ignore
      if (before.holder && !before.held) street.says(by, { type: 'arrive', caseId: id })
      continue
    }
    street.pass(kind === 'time' ? 200 * after : after / 2)
    for (const command of timeWishes(street.board, street.now).due) {
      street.submit(command)
      if (command.wish.type === 'end-hold') walk(`end-hold ${before.stage}`)
    }
    if (!street.board.cases.has(id)) return
    if (kind === 'time') continue
    const chosen: Try =
      kind === 'sensible'
        ? {
            ...random,
            ...(before.held ? { what: 'resume', by: person('chen') } : sensible[before.stage]),
            to: person('li'),
          }
        : kind === 'answer-request' && waiting
          ? { ...random, what: (['approve', 'approve', 'reject', 'withdraw'] as const)[after]!, by: after === 3 ? waiting.by : random.by } // prettier-ignore
          : random
    const stood = now()
    const hasYounger = street.cases().some(({ lineage }) => lineage?.from.includes(id))
    const facts = factsOf(stood, hasYounger, street.now)
    const expected = chosen.what === 'reopen the old one' ? null : leads(facts, chosen)
    const decision = tryIt(street, chosen, chosen.what === 'reopen the old one' ? old : id, waitingIn(stood))
    tally.steps++
    if (!decision) continue
    if ('refusal' in decision) {
      if (expected) throw new Error(`${chosen.what} by ${chosen.by} at ${stood.stage} was refused: ${decision.refusal}`)
      if (now() !== stood) throw new Error(`${chosen.what} was refused and changed something`)
      tally.refused++
      continue
    }
    if (!expected) throw new Error(`${chosen.what} by ${chosen.by} at ${stood.stage} was done`)
    walk(edgeOf(chosen, stood))
    heldAgainst(stood, now(), expected, chosen)
    if (!expected.anew) continue
    old = id
    id = decision.madeCaseId!
    const anew = now()
    if (anew.reworks !== (stood.reworks ?? 0) + 1 || anew.lineage?.from[0] !== old || anew.stage !== 'reported')
      throw new Error(`${id} does not know where it comes from`)
  }
}

const waitingIn = (current: Case) => current.requests?.find((request) => !request.answer)

function edgeOf({ what, by }: Try, stood: Case): string {
  const request = waitingIn(stood)
  if (what === 'approve' || what === 'reject' || what === 'withdraw') return `${what} ${request?.what} ${stood.stage}`
  if (what === 'arrive' && stood.holder?.personId !== by) return `arrive-beside ${stood.stage}`
  return `${what} ${stood.stage}`
}

type Street = ReturnType<typeof aStreet>
function tryIt(street: Street, tried: Try, caseId: CaseId | null, request: { id: RequestId } | undefined) {
  const { what, by, to, reason, misdispatch, fixed, theirs, beyondRemit } = tried
  if (!caseId) return null
  const because = { reason: '说不清楚' }
  const says = (wish: Record<string, unknown>) => street.says(by, { caseId, ...wish } as unknown as Wish)
  if (what === 'not-fixed' || what === 'rate') {
    const ref = theirs ? mei : ('resident-lu' as ReporterRef)
    const wish = { type: what, caseId, ref, ...(what === 'rate' ? { stars: 3, fixed } : because) } as unknown as Wish
    return street.submit(aCommand(sourceActor('page'), wish))
  }
  switch (what) {
    case 'ask extend':
      return says({ type: 'ask', what: 'extend', ...because, longer: { amount: 10, unit: 'minutes' } })
    case 'ask hold':
      return says({ type: 'ask', what: 'hold', ...because, until: street.now + minutes(90) })
    case 'ask void':
      return says({ type: 'ask', what: 'void', ...because, disposition: 'duplicate' })
    case 'ask appeal':
      return says({ type: 'ask', what: 'appeal', ...because, ...(beyondRemit && { disposition: 'beyond-remit' }) })
    case 'approve':
    case 'reject':
    case 'withdraw':
      return says({ type: what, request: request?.id ?? 'none', ...because })
    case 'dispatch':
      return says({ type: what, to, ...(reason && because) })
    case 'close':
      return says({ type: what, disposition: 'solved' })
    case 'return':
      return says({ type: what, ...(reason && because), ...(misdispatch && { misdispatch }) })
    case 'void':
      return says({ type: what, ...(reason && because) })
    case 'answer':
      return says({ type: what, note: '在路上' })
    case 'callback':
      return says({ type: what, fixed })
    case 'reopen the old one':
      return says({ type: 'reopen', ...because })
    default:
      return says({ type: what, ...because })
  }
}

const inHand: readonly Stage[] = ['dispatched', 'handling', 'verification', 'verified']

function heldAgainst(stood: Case, after: Case, expected: Leads, { what }: Try): void {
  const must = (is: boolean, words: string) => {
    if (!is) throw new Error(`${what} at ${stood.stage}: ${words}`)
  }
  must(after.stage === (expected.stage ?? stood.stage), `led to ${after.stage}`)
  must((after.held !== undefined) === (expected.held ?? stood.held !== undefined), 'held or not')
  must(after.returns === stood.returns + (expected.returns ?? 0), 'returns')
  must((after.misdispatches ?? 0) === (stood.misdispatches ?? 0) + (expected.misdispatches ?? 0), 'misdispatches')
  must((after.holder !== undefined) === inHand.includes(after.stage), 'in a hand or in none')
  must((after.endedAt !== undefined) === !isOpen(after.stage), 'ended or not')
  const waiting = (after.requests ?? []).filter((request) => !request.answer)
  must(isOpen(after.stage) || waiting.length === 0, 'a request waits on what has ended')
  must(new Set(waiting.map((request) => request.what)).size === waiting.length, 'two of one kind wait')
  const isStill = after.held !== undefined || waiting.some((request) => request.what === 'appeal')
  must(!isStill || !after.clocks.some(runs), 'a clock runs while it stands still')
  must(isStill || !after.clocks.some(stands), 'a clock stands though nothing holds it')
  must(isOpen(after.stage) || !after.clocks.some((clock) => runs(clock) || stands(clock)), 'a clock outlives its case')
  for (const clock of after.clocks) {
    const { lateAt, dueAt } = recompute(clock, calendar, 0)
    must(clock.lateAt === lateAt && clock.dueAt === dueAt, `${clock.name} says another minute than its ledger`)
  }
}
