// A scenario's board ready to be drawn: its phases as columns, each case as a road through them.
import type { CaseId } from '#contract/ids'
import type { Level } from '#contract/stage'
import type { BarSays } from './process-parts.ts'

export interface BoardColumn {
  id: string
  words: string
  /** How many stand in it. */
  count: number
}
export interface BoardCell {
  /** `been`: it was there and went back. */
  state: 'done' | 'now' | 'been' | 'ahead'
  since: string
}
export interface BoardNext {
  words: string
  lacks: readonly string[]
  isReady: boolean
}
export interface BoardBars {
  id: string
  words: string
  stands: string
  bars: readonly BarSays[]
}
export interface BoardRowSays {
  id: CaseId
  level: Level
  area: string
  where: string
  title: string
  about: string
  cells: readonly BoardCell[]
  isOver: boolean
  /** 征询剩 12 工作日; 超时 …; empty where nothing runs. */
  time: string
  nexts: readonly BoardNext[]
  mayFinish: boolean
  ballots: readonly BoardBars[]
}
