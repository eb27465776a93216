// A limit set on a stage of a case, and how far it has run.
import { z } from 'zod'
import { Instant, PersonId } from './ids.ts'

/** Work time runs by the calendar (lunch and nights do not count); plain time always runs. */
export const Limit = z.object({
  amount: z.number().positive(),
  unit: z.enum(['minutes', 'hours', 'work-hours', 'work-days']),
})
export type Limit = z.infer<typeof Limit>

/** One line of a clock's ledger. Whoever adds the running ones up gets what was used; each extension adds to the limit. */
export const Interval = z.object({
  from: Instant,
  to: Instant.optional(),
  kind: z.enum(['running', 'paused', 'extended']),
  why: z.string().optional(),
  /** Who paused or extended it. */
  by: PersonId.optional(),
  /** Of an extension: how much longer. Its `from` and `to` are the moment it was granted. */
  adds: Limit.optional(),
})
export type Interval = z.infer<typeof Interval>

export const Clock = z.object({
  /** As the scenario calls it: `accept`, `handle`, `unit`, `brigade` … */
  name: z.string(),
  limit: Limit,
  /** The version of the calendar it is counted by, for ever; absent: the one in force. */
  calendar: z.string().optional(),
  startedAt: Instant,
  /** 80 % of the limit: the lamp turns yellow. */
  lateAt: Instant,
  /** 100 %: the lamp turns red. */
  dueAt: Instant,
  ledger: z.array(Interval),
  /** When what it waited for was done, in time or not. */
  metAt: Instant.optional(),
  /** Written when time itself said so; a screen reads `lateAt` and `dueAt`. */
  lateSaidAt: Instant.optional(),
  overSaidAt: Instant.optional(),
})
export type Clock = z.infer<typeof Clock>

/** When work is done: local minutes of the day, days of the week (1 = Monday), and the days that differ. */
export const Calendar = z.object({
  version: z.string(),
  /** Minutes east of UTC. China keeps one time and no summer time. */
  offsetMinutes: z.int(),
  hours: z.array(z.tuple([z.int().min(0).max(1440), z.int().min(0).max(1440)])),
  workDays: z.array(z.int().min(1).max(7)),
  /** Public holidays, `2026-10-01`. */
  holidays: z.array(z.iso.date()),
  /** Weekend days worked in exchange (调休). */
  makeUpDays: z.array(z.iso.date()),
})
export type Calendar = z.infer<typeof Calendar>
