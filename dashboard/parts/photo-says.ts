// What is said under a photograph of a case, ready to be drawn by PhotoPair.
import type { EvidenceId } from '#contract/ids'

export interface PhotoSays {
  evidence: EvidenceId | null
  title: string
  who: string
  time: string
  where: string
}
