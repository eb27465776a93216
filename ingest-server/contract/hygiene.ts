// How good the alarms themselves are: which cameras cry wolf, chatter, or say nothing. No zod: screens read this too.
import type { CameraId, CaseId, Instant, SourceId } from './ids.ts'

/** One camera under one rule (matter). */
export interface CameraHygiene {
  cameraId: CameraId
  matter: string
  /** Reports that opened or joined a case, and those that said nothing new. */
  reports: number
  repeats: number
  /** Ended as false alarms, and all of its that were judged. */
  falseAlarms: CaseId[]
  judged: CaseId[]
  /** More than so many reports in ten minutes at its worst. */
  worstTenMinutes: number
  /** 抖动: at its worst more than 10 in ten minutes. */
  chattering: boolean
  lastAt: Instant
}

/** One hour of a street. */
export interface HourOfAlarms {
  at: Instant
  reports: number
  opened: number
  /** 洪水: more than 10 opened within ten minutes at its worst. */
  flood: boolean
}

/** Answer of `GET /api/hygiene?from=&to=`. */
export interface Hygiene {
  from: Instant
  to: Instant
  cameras: CameraHygiene[]
  hours: HourOfAlarms[]
  /** 久开未动: open alarms on which nothing was done for more than a day. */
  stale: CaseId[]
  sources: { sourceId: SourceId; reports: number; falseAlarms: number }[]
}
