// What a row of a case says: plain words and figures, made by whoever knows the case, drawn by CaseRow.
import type { CaseId } from '#contract/ids'
import type { Level } from '#contract/stage'

export interface CaseRowSays {
  id: CaseId
  level: Level
  unsure: boolean
  /** A level I or II nobody has signed for. */
  calls: boolean
  title: string
  age: string
  where: string
  /** 3 源, 照片 4. */
  count: string
  who: string
  since: string
  left: string
  clock: { fraction: number; lamp: 'ok' | 'late' | 'over' | 'met' | 'paused' } | undefined
}
