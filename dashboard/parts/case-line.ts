// What a line of a case says: plain words, made by whoever knows the case, drawn by CaseLine.
import type { CaseId } from '#contract/ids'
import type { Level } from '#contract/stage'

export interface CaseLineSays {
  id: CaseId
  level: Level
  unsure: boolean
  title: string
  /** 已结案·已解决, 处置中. */
  how: string
  where: string
  /** `1121-007 11-21 09:31`. */
  when: string
}
