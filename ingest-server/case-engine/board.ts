// The truth of one sub-district at one revision: open cases, those ended today, who is on duty, and the ways to find them.
import type { Case } from '#contract/case'
import type { HandOver, Shift, Window } from '#contract/duty'
import type { CaseId, HandOverId, Instant, PersonId, ScenarioId, WindowId } from '#contract/ids'
import type { Linkage } from '#contract/linkage'
import type { Tally } from '#contract/patch'
import { noAlarms } from './alarms.ts'
import type { Alarms } from './alarms.ts'

/** One case that is counted towards a case of its own, when it was opened, and until when it counts. */
export interface Recurrence {
  caseId: CaseId
  at: Instant
  until: Instant
}

/**
 * Owned by the desk, changed only by `project`, in place: copying it per report would cost more than the commit.
 * A batch whose append failed throws the whole board away and reads it anew from the journal.
 */
export interface Board {
  revision: number
  cases: Map<CaseId, Case>
  /** Every report that is in a case on the board, by its source's key. */
  bySource: Map<string, CaseId>
  /** Open cases by what correlation asks: facility, camera, device and place, each within one scenario. */
  openBy: Map<string, Set<CaseId>>
  /** Open cases by the cell of the ground they lie in, each scenario's by itself. */
  openIn: Map<ScenarioId, Map<number, Set<CaseId>>>
  /** The last number given out each day, `20261121` → 7. */
  numbers: Map<string, number>
  /** Half hours of the last two days. */
  tallies: Map<Instant, Tally>
  /** Which case time itself comes for next. */
  alarms: Alarms
  /** The roster: each person's turns, soonest first. */
  shifts: Map<PersonId, Shift[]>
  handOvers: Map<HandOverId, HandOver>
  windows: Map<WindowId, Window>
  /** Replaced, never edited. */
  linkage: Linkage
  /** Reports since the case's last line that said nothing new. The one thing no line holds: the next line of the case takes them along. */
  repeats: Map<CaseId, number>
  /** By the matter it would open and the place: what may add up to a case of its own. */
  recurring: Map<string, Recurrence[]>
}

export const emptyBoard = (): Board => ({
  revision: 0,
  cases: new Map(),
  bySource: new Map(),
  openBy: new Map(),
  openIn: new Map(),
  numbers: new Map(),
  tallies: new Map(),
  alarms: noAlarms(),
  shifts: new Map(),
  handOvers: new Map(),
  windows: new Map(),
  linkage: { spotlight: null, casts: [] },
  repeats: new Map(),
  recurring: new Map(),
})
