// A kind of trouble as data: what belongs to it, who is told, how long each step may take. No scenario has code of its own.
import { z } from 'zod'
import { Limit } from './clock.ts'
import { ScenarioId } from './ids.ts'
import { Words } from './language.ts'
import { PlaceLevel } from './places.ts'
import { posts } from './roles.ts'
import { levels, photoSlots, verbs } from './stage.ts'

export const Matter = z.object({
  code: z.string().min(1).max(60),
  words: Words,
  level: z.union(levels.map((level) => z.literal(level))),
  /** Matters of one group belong together: smoke and open fire are one fire. */
  group: z.string(),
  /** The national event code where there is one (GB/T 30428): `0102`. */
  nationalCode: z.string().optional(),
})
export type Matter = z.infer<typeof Matter>

export const ClockRule = z.object({
  name: z.string(),
  words: Words,
  limit: Limit,
  /** Starts when the case is opened or when this verb is done. */
  starts: z.enum(['open', ...verbs]),
  /** Stops when any of these is done … */
  stops: z.array(z.enum([...verbs, 'acknowledge'])).min(1),
  /** … by somebody of one of these posts, where it matters who; `brigade` is said by the duty officer. */
  by: z.array(z.enum([...posts, 'brigade'])).optional(),
  /** Only for cases of these levels; absent: for all. */
  levels: z.array(z.union(levels.map((level) => z.literal(level)))).optional(),
  /** Only for these matters; absent: for all. */
  matters: z.array(z.string()).optional(),
  /** Started a second time (a case sent back) it is a fresh limit, because it measures one person; else it runs on with what is left. */
  anew: z.boolean().optional(),
})
export type ClockRule = z.infer<typeof ClockRule>

export const Scenario = z.object({
  id: ScenarioId,
  version: z.string(),
  words: Words,
  /** 三个字 for tight places. */
  short: Words,
  /** Worst first: of two matters of one level the earlier names the case. */
  matters: z.array(Matter).min(1),
  /** A machine less sure than this makes a case to be looked at (待核), not an alarm. */
  sureFrom: z.number().min(0).max(1),
  /** When two reports are one case: the same shed or camera, or near enough; always within the minutes since its last report. */
  sameCase: z.object({ metres: z.number().positive(), minutes: z.number().positive() }),
  clocks: z.array(ClockRule),
  /** Photos a verb cannot do without. */
  photos: z.partialRecord(z.enum(verbs), z.array(z.enum(photoSlots))),
  /**
   * Who is told the moment it opens: posts on duty that answer for a place on the case's path no wider than this level;
   * where levels are named, only for cases of those.
   */
  tell: z.array(
    z.object({
      post: z.enum(posts),
      within: PlaceLevel,
      levels: z.array(z.union(levels.map((level) => z.literal(level)))).optional(),
    }),
  ),
  /** Posts it may be dispatched to, the usual first. */
  handledBy: z.array(z.enum(posts)).min(1),
  /** A skill that speaks for somebody: 低压电工证. */
  skill: z.string().optional(),
  checklist: z.array(z.object({ id: z.string(), words: Words, before: z.enum(['accept', 'close']) })),
  returnReasons: z.array(Words),
  voidReasons: z.array(Words),
  /** Shown in the phone's report menu, in this order; absent where staff do not report it. */
  menu: z.int().optional(),
  /** Shown on the resident's page. */
  resident: z.boolean(),
})
export type Scenario = z.infer<typeof Scenario>
