// What the doors see of a desk.
import type { Board } from '../case-engine/board.ts'
import type { Decision } from '../case-engine/decision.ts'
import type { Afterwards } from '../case-engine/project.ts'
import type { Command } from '#contract/command'
import type { Case } from '#contract/case'
import type { Duty, HandOver, Shift, Window } from '#contract/duty'
import type { HandOverId, Instant, PersonId, WindowId } from '#contract/ids'
import type { Linkage } from '#contract/linkage'
import type { Outcome } from '#contract/outcome'
import type { Tally } from '#contract/patch'

/** What one durable batch changed. `before` is null for a case that is new. */
export interface Change {
  /** The revision the board stood at before, and stands at now. */
  since: number
  revision: number
  at: Instant
  put: { before: Case | null; now: Case }[]
  /** As it was shown last. */
  remove: Case[]
  /** As its last line left it: for the archive. Absent where the board was read anew and what lay between is known to the journal alone. */
  archived?: Case[]
  /** Said of cases that left it before: for the archive, too. */
  afterwards?: Afterwards[]
  tallies: Tally[]
  /** Whole, where any of it changed. */
  duty?: Duty
  /** Likewise. */
  linkage?: Linkage
}

/** As much of the board as is shown outside the desk: nothing that is not durable yet. */
export interface ShownBoard {
  readonly revision: Board['revision']
  readonly cases: ReadonlyMap<Case['id'], Case>
  readonly tallies: ReadonlyMap<Instant, Tally>
  readonly shifts: ReadonlyMap<PersonId, readonly Shift[]>
  readonly handOvers: ReadonlyMap<HandOverId, HandOver>
  readonly windows: ReadonlyMap<WindowId, Window>
  readonly linkage: Linkage
}

/** The roster, the hand-overs and the windows as they go to a screen. */
export const dutyOf = (board: Pick<ShownBoard, 'shifts' | 'handOvers' | 'windows'>): Duty => ({
  shifts: [...board.shifts.values()].flat(),
  handOvers: [...board.handOvers.values()],
  windows: [...board.windows.values()],
})

export interface Desk {
  readonly journalId: string
  /** Resolves once it is durable and visible, or refused. Rejects only on a fault: the journal is broken for good, or the command breaks the engine. */
  submit(command: Command): Promise<Outcome>
  /** What would come of it now, were it submitted: nothing is kept, and that it was answered before is not asked. */
  would(command: Command): Decision
  /** The board as it was last made durable; read it in the same tick, never keep it, never write to it. */
  board(): ShownBoard
  /** Reports of this case since its last line that said nothing new; the one figure no line holds yet. */
  repeats(id: Case['id']): number
  /** What time itself wishes at `now`, and when to ask again; nothing while it catches up. */
  due(now: Instant): { due: Command[]; nextAt: Instant | null }
  /** False while it catches up with the journal. */
  inStep(): boolean
  /** False where another process writes this desk's lines: whatever acts by itself (clock, watch, posts) then leaves it to that one. */
  holds(): boolean
  /** False from a line that could not be kept until one can again: what is shown stands still. */
  keeps(): boolean
  /** Commands waiting for the next batch: the doors answer 429 past their limit. */
  waiting(): number
  /** Told after each durable batch, before its commands are answered. Returns the stop. */
  follow(tell: (change: Change) => void): () => void
  /** Answers what waits, keeps a snapshot. The journal stays open: it belongs to whoever opened it. */
  close(): Promise<void>
}
