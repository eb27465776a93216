// What the clocks of a case say, ready to be drawn by CaseClocks and CaseLedger.
export interface ClockSays {
  name: string
  limit: string
  left: string
  lamp: 'ok' | 'late' | 'over' | 'met' | 'paused'
  fraction: number
}

/** Parts of the whole, 0 … 1. */
export interface LedgerStretch {
  start: number
  width: number
  /** What does not run is hatched and named; what was stopped by somebody is empty between two lines. */
  runs: boolean
  stands?: boolean
  words: string
}

export interface LedgerSays {
  name: string
  limit: string
  due: string
  stretches: LedgerStretch[]
  marks: { at: number; words: string }[]
  /** Where now is, for a clock that runs already. */
  now: number | undefined
  /** Where more time was granted. */
  grants?: number[]
  /** Each pause and each extension in words: when, why, by whom, how much. */
  notes?: string[]
}
