// What changed between two revisions, as whole records; and how a screen puts it on its board. No zod at run time: screens read this too.
import type { Case } from './case.ts'
import type { Duty } from './duty.ts'
import type { CaseId, Instant, PlaceId } from './ids.ts'
import type { LinkageView } from './linkage.ts'

/** How many cases each street-block opened in one half hour: the wall's trend, kept for two days. */
export interface Tally {
  /** The start of the half hour. */
  at: Instant
  opened: Record<PlaceId, number>
}

/** The whole board as one audience may see it. */
export interface BoardView {
  /** Names the journal itself: a screen that comes back to another journal takes the whole board. */
  journal: string
  revision: number
  /** Our clock when this was so. */
  at: Instant
  cases: Case[]
  tallies: Tally[]
  duty: Duty
  linkage: LinkageView
}

export interface Patch {
  /** The revision this builds on. Later than the screen's own: something is missing, say hello again. */
  since: number
  revision: number
  at: Instant
  put: Case[]
  remove: CaseId[]
  tallies?: Tally[]
  /** Whole, where any of it changed. */
  duty?: Duty
  /** Likewise. */
  linkage?: LinkageView
}

/** What a screen holds. */
export interface ScreenBoard {
  journal: string
  revision: number
  at: Instant
  cases: ReadonlyMap<CaseId, Case>
  tallies: ReadonlyMap<Instant, Tally>
  duty: Duty
  linkage: LinkageView
}

export const boardFrom = (view: BoardView): ScreenBoard => ({
  journal: view.journal,
  revision: view.revision,
  at: view.at,
  cases: new Map(view.cases.map((subject) => [subject.id, subject])),
  tallies: new Map(view.tallies.map((tally) => [tally.at, tally])),
  duty: view.duty,
  linkage: view.linkage,
})

/** The next board; the same board where the patch is old; `gap` where something between is missing. */
export function applyPatch(board: ScreenBoard, patch: Patch): ScreenBoard | 'gap' {
  if (patch.revision <= board.revision) return board
  if (patch.since > board.revision) return 'gap'
  const cases = new Map(board.cases)
  for (const subject of patch.put) cases.set(subject.id, subject)
  for (const id of patch.remove) cases.delete(id)
  const tallies = new Map(board.tallies)
  for (const tally of patch.tallies ?? []) tallies.set(tally.at, tally)
  return {
    journal: board.journal,
    revision: patch.revision,
    at: patch.at,
    cases,
    tallies,
    duty: patch.duty ?? board.duty,
    linkage: patch.linkage ?? board.linkage,
  }
}
