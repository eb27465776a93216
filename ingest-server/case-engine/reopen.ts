// What was ended and is not solved: a case anew, with its lineage, clocks of its own, and the count of how often it came back.
import type { Actor, Case, CaseSource } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Event } from '#contract/event'
import type { CaseId, Instant } from '#contract/ids'
import type { Matter, Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision, Yes } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { idOfOpened, openCase } from './opening.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

/** Who says so: somebody of the desk, or a resident by their link. */
interface Saying {
  by: Exclude<Actor, { kind: 'clock' }>
  now: Instant
  claimedAt?: Instant | undefined
  reason?: string | undefined
}

const desk = ['duty-officer', 'chief'] as const

export function reopen(board: Board, current: Case, wish: Wished<'reopen'>, doer: Doer, known: Known): Decision {
  const refusal = mayAs(desk, doer.person, current)
  if (refusal) return no(refusal)
  return comeBack(board, current, { ...doer, reason: wish.reason }, known)
}

/**
 * The same matter at the same place, under the rules in force now. The old case stays ended, and names the new one while it is
 * on the board. Refused: `stage-not-allowed` while it is open or where it is another case (that one is opened again, or the two
 * are parted first), `already-so` where it has come back before: the younger one is the one to speak of.
 */
export function comeBack(
  board: Board,
  current: Case,
  saying: Saying,
  known: Known,
): Yes | Extract<Decision, { refusal: unknown }> {
  if (isOpen(current.stage) || current.mergedInto) return no('stage-not-allowed')
  if (hasComeBack(board, current)) return no('already-so')
  const about = rulesNow(current, known)
  if (!about) return no('matter-unknown')
  const reworks = (current.reworks ?? 0) + 1
  const [first, ...rest] = current.sources
  if (!first) throw new Error(`${current.id} has no source`)
  const copy = (source: CaseSource) => copyOf(source, current.id, reworks, saying)
  const opening = {
    ...about,
    unsure: false,
    path: current.path,
    // Whoever asked for it follows the new one by their own link.
    sources: [copy(first), ...rest.filter((source) => source.reporterRef).map(copy)] as [CaseSource, ...CaseSource[]],
    lineage: { from: [current.id], how: 'reopened' as const },
    reworks,
  }
  const opened = openCase(board, opening, saying.now, known)
  const madeCaseId = idOfOpened(opened)
  const step = (other: CaseId) =>
    stepOf({ by: saying.by, now: saying.now, claimedAt: saying.claimedAt }, 'reopen', {
      about: other,
      reason: saying.reason,
    })
  const events = [...opened, markedWith({ id: madeCaseId }, step(current.id))]
  // What has left the board is not written to any more.
  if (board.cases.has(current.id))
    events.push(markedWith(current, step(madeCaseId), { set: { children: [...(current.children ?? []), madeCaseId] } }))
  return { events, caseId: current.id, madeCaseId }
}

/** Rare enough to look through the board: the old case may be in the archive and know nothing of it. */
const hasComeBack = (board: Board, current: Case): boolean =>
  [...board.cases.values()].some(({ lineage }) => lineage?.how === 'reopened' && lineage.from.includes(current.id))

function rulesNow(
  { matter: code, ...current }: Case,
  known: Known,
): { scenario: Scenario; matter: Matter } | undefined {
  const now = known.scenarios.byMatter.get(code)
  if (now) return now
  const scenario = scenarioOf(current, known)
  const matter = scenario?.matters.find((one) => one.code === code)
  return scenario && matter && { scenario, matter }
}

/** A key of its own: what its sender says again of the same event is still of the first case. */
const copyOf = (source: CaseSource, from: CaseId, reworks: number, { by, now }: Saying): CaseSource => ({
  ...source,
  key: `${source.key.replace(/#reopened-\d+$/, '')}#reopened-${reworks}`,
  by,
  phase: 'new',
  receivedAt: now,
  why: { rule: 'reopened', from },
})

/** What was said of it, and the case that came of it unless it has come back before. */
export const withMark = (mark: Extract<Event, { type: 'marked' }>, again: ReturnType<typeof comeBack> | null): Yes =>
  again && !('refusal' in again)
    ? { ...again, events: [mark, ...again.events] }
    : { events: [mark], caseId: mark.caseId }
