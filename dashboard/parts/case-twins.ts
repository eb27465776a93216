// Another case that may be this one, ready to be drawn by CaseCandidates and DeskMerge.
import type { CaseId, EvidenceId } from '#contract/ids'
import type { Level } from '#contract/stage'

export interface TwinSays {
  id: CaseId
  level: Level
  unsure: boolean
  number: string
  title: string
  where: string
  /** 可能同一件，82 m，3 分 2 秒内; 82 m，相隔 3 分. */
  why: string
  /** 另一类. */
  kind: string
  /** 处置中 李志强. */
  stands: string
  picture: EvidenceId | null
  text: string
}
