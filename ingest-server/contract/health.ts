// How the house itself is: each thing it stands on, since when, and what runs. No zod: a screen reads this too.
import type { Instant } from './ids.ts'
import type { KeptFor } from './kept.ts'
import type { Words } from './language.ts'

/** In the order they are shown; a house has those it was given. */
export const healthParts = [
  'desk',
  'holds',
  'journal',
  'archive',
  'records',
  'postgres',
  'redis',
  'disk',
  'clock',
  'broker',
  'sip',
  'screens',
  'checkpoints',
  'logs',
] as const
export type HealthPart = (typeof healthParts)[number]

/** `stale`: it goes on, somebody should look; `down`: what hangs on it does not go. */
export const healthStates = ['ok', 'stale', 'down'] as const
export type HealthState = (typeof healthStates)[number]

export interface PartHealth {
  part: HealthPart
  state: HealthState
  /** Of this state. */
  since: Instant
  words: Words
}

/** The newest backup. */
export interface LastBackup {
  at: Instant
  /** The journal's line up to which it reaches; null where it did not say. */
  revision: number | null
}

export interface HouseHealth {
  at: Instant
  ready: boolean
  parts: PartHealth[]
  build: string
  node: string
  startedAt: Instant
  revision: number
  waiting: number
  /** This process among its like; null where it is the only one. `others` are all that serve this street. */
  nodes: { name: string; holds: boolean; others: string[] } | null
  /** Each null where there was none. */
  backup: LastBackup | null
  checkpoint: { at: Instant; revision: number; unsigned: number } | null
  verified: { at: Instant; sound: boolean; revision: number } | null
  retention: Instant | null
  /** Every kind that goes by its age. */
  kept: KeptFor[]
  disk: { free: number; size: number } | null
  logs: { days: number; bytes: number; oldest: string | null; dropped: number; keptDays: number } | null
}
