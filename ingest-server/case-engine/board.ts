// The truth of one sub-district at one revision: open cases, those ended today, and the ways to find them.
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Tally } from '#contract/patch'
import { noAlarms } from './alarms.ts'
import type { Alarms } from './alarms.ts'

/**
 * Owned by the desk, changed only by `project`, in place: copying it per report would cost more than the commit.
 * A batch whose append failed throws the whole board away and reads it anew from the journal.
 */
export interface Board {
  revision: number
  cases: Map<CaseId, Case>
  /** Every report that is in a case on the board, by its source's key. */
  bySource: Map<string, CaseId>
  /** Open cases by what correlation asks: facility, camera, and cells of the ground, each within one scenario. */
  openBy: Map<string, Set<CaseId>>
  /** The last number given out each day, `20261121` → 7. */
  numbers: Map<string, number>
  /** Half hours of the last two days. */
  tallies: Map<Instant, Tally>
  /** Which case time itself comes for next. */
  alarms: Alarms
}

export const emptyBoard = (): Board => ({
  revision: 0,
  cases: new Map(),
  bySource: new Map(),
  openBy: new Map(),
  numbers: new Map(),
  tallies: new Map(),
  alarms: noAlarms(),
})
