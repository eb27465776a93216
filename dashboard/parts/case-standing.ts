// One line of how a case stands besides its stage, ready to be drawn by CaseStanding.
import type { CaseId } from '#contract/ids'

export interface StandingSays<K extends string = string> {
  key: string
  name: string
  /** The matter of it, in ink. */
  said: string
  /** By whom, since when, in grey. */
  more?: string | undefined
  /** 剩 4:12, in figures at the end of the line. */
  left?: string | undefined
  lamp?: 'late' | 'over' | undefined
  /** Other cases it speaks of. */
  links?: readonly { id: CaseId; words: string }[] | undefined
  acts?: readonly { key: K; words: string }[] | undefined
  /** What the acts are about: a request. */
  about?: string | undefined
}
