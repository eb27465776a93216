// A case that grows out of another: building waste out of a renovation, a follow-up out of a meeting.
import type { Case, CaseSource } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { idOfOpened, openCase } from './opening.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayByPost, mayWork, stepOf } from './working.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

/**
 * The child stands where its parent stands and has clocks, people and a life of its own; both say of the other. Never joined with what
 * is there already: who branched it off says that it is a matter of its own.
 * Refusals: those of who may, `stage-not-allowed` once the parent has ended, `branch-unknown` where its scenario has no such branch, not in
 * this phase, or nobody knows its matter any more.
 */
export function branch(board: Board, current: Case, wish: Wished<'branch'>, doer: Doer, known: Known): Decision {
  const refusal = mayWork(current, doer)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  const found = scenarioOf(current, known)?.branches.find(({ id }) => id === wish.branch)
  const about = found && known.scenarios.byMatter.get(found.matter)
  if (!found || !about || !isHere(found.phases, current)) return no('branch-unknown')
  const isTheirs = mayByPost(found.by, doer)
  if (isTheirs) return no(isTheirs)

  const sources: [CaseSource] = [sourceOf(current, found.matter, wish, doer)]
  const lineage = { from: [current.id], how: 'branched' as const, branch: found.id }
  const opening = { ...about, unsure: false, path: current.path, sources, lineage }
  const opened = openCase(board, opening, doer.now, known)
  const child = idOfOpened(opened)
  const grown = {
    type: 'marked' as const,
    caseId: current.id,
    step: stepOf(doer, 'branch', child),
    set: { children: [...(current.children ?? []), child] },
  }
  return { events: [...opened, grown], caseId: current.id, madeCaseId: child, how: 'opened' }
}

const isHere = (phases: readonly string[] | undefined, { phase }: Case) =>
  !phases || (phase !== undefined && phases.includes(phase.id))

/** What the person says of it is its first report. Their parent's pictures and reporter stay with the parent. */
function sourceOf(current: Case, matter: string, wish: Wished<'branch'>, { by, now, claimedAt }: Doer): CaseSource {
  const at = claimedAt ?? now
  return {
    key: `${current.id}/${wish.branch}/${(current.children?.length ?? 0) + 1}`,
    kind: 'grid-report',
    by,
    phase: 'new',
    matter,
    wgs84: current.wgs84,
    foundBy: current.sources[0]?.foundBy ?? 'place',
    ...(current.facilityId && { facilityId: current.facilityId }),
    ...{ firstAt: at, lastAt: at, receivedAt: now },
    ...(wish.text && { text: wish.text }),
    evidence: [],
    why: { rule: 'branched', from: current.id },
  }
}
