// What a scenario's own road looks like, ready to be drawn: phases, forms, rolls, ballots, cases that grow out of it.
import type { CaseId } from '#contract/ids'
import type { Field, Value } from '#contract/process'

export interface PhaseSays {
  id: string
  words: string
  state: 'done' | 'now' | 'ahead'
  since: string
}
export interface NeedSays {
  words: string
  isMet: boolean
}
export interface NextSays {
  to: string
  words: string
  needs: NeedSays[]
  /** Why it cannot be gone to besides its needs; empty where nothing else stands in the way. */
  closed: string
  isReady: boolean
}

export interface FormSays {
  id: string
  words: string
  /** 未填; 王 11-20 填. */
  stands: string
  isFilled: boolean
  /** 办完前要填. */
  when: string
  /** Why the viewer may not fill it in; empty where they may. */
  closed: string
  fields: readonly Field[]
  values: Readonly<Record<string, Value>>
  /** Asked for by the next step, or by a verb, or filled in; the others can wait. */
  isDue: boolean
  /** What was filled in, to be read. */
  lines: { name: string; value: string; pictures: readonly string[] }[]
}

export interface RollSays {
  id: string
  words: string
  stands: string
  hasMembers: boolean
  /** Votes have been cast, or it is not the viewer's. */
  closed: string
}

/** One of the four bars: who took part or was for it, by head or by weight. */
export interface BarSays {
  key: string
  name: string
  measure: string
  /** 12/18. */
  figures: string
  /** 0 … 1. */
  part: number
  /** Where it must reach, 0 … 1; null where nothing is asked. */
  line: number | null
  /** 要 2/3. */
  must: string
  isReached: boolean
}
export interface VoterSays {
  id: string
  weight: string
  choice: string | null
}
export interface BallotSays {
  id: string
  roll: string
  words: string
  stands: string
  isPassed: boolean
  /** Asked for by the next step, or under way. */
  isDue: boolean
  bars: BarSays[]
  choices: { id: string; words: string }[]
  voters: VoterSays[]
  closed: string
}

export interface BranchSays {
  id: string
  words: string
  closed: boolean
}
export interface ChildSays {
  id: CaseId
  words: string
  stands: string
}
