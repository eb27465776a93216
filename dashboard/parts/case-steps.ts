// One line of a case's story, ready to be drawn by CaseTimeline.
export interface CaseStep {
  key: string
  what: string
  who: string
  why: string
  time: string
  isNow: boolean
}
