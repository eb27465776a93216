// A kind of trouble as data: what belongs to it, who is told, how long each step may take. No scenario has code of its own.
import { z } from 'zod'
import { Limit } from './clock.ts'
import { ScenarioId } from './ids.ts'
import { Words } from './language.ts'
import { PlaceLevel } from './places.ts'
import { Ballot, Branch, Feed, Form, Phase } from './process.ts'
import { posts, roles } from './roles.ts'
import { asks, levels, marks, photoSlots, verbs } from './stage.ts'

const Levels = z.array(z.union(levels.map((level) => z.literal(level))))

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
  starts: z.enum(['open', ...verbs, 'urge', 'advance']),
  /** Started by `advance`: only on coming to this phase. */
  phase: z.string().optional(),
  /** Stops when any of these is done … */
  stops: z.array(z.enum([...verbs, ...marks])).min(1),
  /** … by somebody of one of these posts, where it matters who; `brigade` is said by the duty officer. */
  by: z.array(z.enum([...posts, 'brigade'])).optional(),
  /** Only for cases of these levels; absent: for all. */
  levels: Levels.optional(),
  /** Only for these matters; absent: for all. */
  matters: z.array(z.string()).optional(),
  /** Started a second time (a case sent back) it is a fresh limit, because it measures one person; else it runs on with what is left. */
  anew: z.boolean().optional(),
})
export type ClockRule = z.infer<typeof ClockRule>

/** Posts on duty that answer for a place on the case's path no wider than this level; where levels are named, only for those. */
export const TellRule = z.object({
  post: z.enum(posts),
  within: PlaceLevel,
  levels: Levels.optional(),
  /** `next`: one more person a time, the first who was not told yet, in the order of the roster. */
  pick: z.enum(['all', 'next']).optional(),
})
export type TellRule = z.infer<typeof TellRule>

/** One rung of the ladder a case climbs while nobody answers. Each rung is climbed at its time since the case called (or was let lapse). */
export const Rung = z.object({
  name: z.string(),
  words: Words,
  levels: Levels.optional(),
  after: Limit,
  /** Climbed again after so long, until somebody answers; at most so often. */
  every: Limit.optional(),
  atMost: z.int().min(1).default(1),
  /** Not climbed once this has been done. */
  until: z.enum(['acknowledge', 'take', 'arrive']),
  /** Who is told besides. */
  tell: z.array(TellRule).default([]),
  /** Those told already who have not answered are called once more. */
  again: z.boolean().default(false),
})
export type Rung = z.infer<typeof Rung>

/** Besides the roles: whoever has it in hand, whoever was told, and the platform that gave us the order. */
export const who = [...roles, 'holder', 'told', 'platform'] as const
export type Who = (typeof who)[number]

/** How one kind of request is dealt with here; what is not said is as the house does it. */
export const AskRule = z.object({
  asks: z.array(z.enum(who)).optional(),
  grants: z.array(z.enum(who)).optional(),
  /** 延时： at most so much a time；挂账： at most so long. */
  longest: Limit.optional(),
  times: z.int().min(0).optional(),
})
export type AskRule = z.infer<typeof AskRule>

export const Scenario = z.object({
  id: ScenarioId,
  version: z.string(),
  /**
   * `alarm`: something happened. `process`: nothing happened, something is to be brought about (a lift, a meeting). `device`: the house's own
   * eyes and ears. `self-check`: the synthetic alarm, shown in no list.
   */
  kind: z.enum(['alarm', 'process', 'device', 'self-check']).default('alarm'),
  words: Words,
  /** Its pictures show people at their worst: a wall only ever shows them small. */
  sensitive: z.boolean().optional(),
  /** 三个字 for tight places. */
  short: Words,
  /** Worst first: of two matters of one level the earlier names the case. */
  matters: z.array(Matter).min(1),
  /** A machine less sure than this makes a case to be looked at (待核), not an alarm. */
  sureFrom: z.number().min(0).max(1),
  /** When two reports are one case: the same shed or camera, or near enough; always within the minutes since its last report. */
  sameCase: z.object({
    metres: z.number().positive(),
    minutes: z.number().positive(),
    /** By what two can be one; absent: facility, camera, near. `place`: one case a leaf of the map, however far apart within it. */
    ways: z.array(z.enum(['device', 'facility', 'camera', 'place', 'near'])).optional(),
  }),
  /** Not certain, but likely the same: farther off, later, or of another scenario whose matter is of one of these groups. A person decides. */
  likely: z
    .object({ metres: z.number().positive(), minutes: z.number().positive(), groups: z.array(z.string()).default([]) })
    .optional(),
  clocks: z.array(ClockRule),
  /** Photos a verb cannot do without. */
  photos: z.partialRecord(z.enum(verbs), z.array(z.enum(photoSlots))),
  /**
   * Who is told the moment it opens: posts on duty that answer for a place on the case's path no wider than this level;
   * where levels are named, only for cases of those.
   */
  tell: z.array(TellRule),
  /** How long an acknowledgement holds without anybody moving; then it lapses and the ladder is climbed. */
  ackHolds: z.array(z.object({ levels: Levels.optional(), limit: Limit })).default([]),
  /** Whom it reaches while nobody answers, in this order. */
  ladder: z.array(Rung).default([]),
  /** Sent by itself to the best who fits, unless somebody did it before. */
  autoDispatch: z
    .object({ levels: Levels.optional(), matters: z.array(z.string()).optional(), after: Limit })
    .optional(),
  /** 延时、挂账、作废、申诉. */
  asks: z.partialRecord(z.enum(asks), AskRule).default({}),
  /** Whoever did the first may not do the second. */
  apart: z.array(z.tuple([z.enum(verbs), z.enum(verbs)])).default([]),
  /** Roles that may do a verb here, where it is not as the house does it. */
  who: z.partialRecord(z.enum(verbs), z.array(z.enum(who))).default({}),
  /** A device that says its event is over ends the case, as long as nobody has taken it up. */
  endsBy: z.literal('report').optional(),
  /** Posts it may be dispatched to, the usual first. */
  handledBy: z.array(z.enum(posts)).min(1),
  /** A skill that speaks for somebody: 低压电工证. */
  skill: z.string().optional(),
  /** Ticked before the verb; `required`: the verb is refused without it. */
  checklist: z.array(
    z.object({ id: z.string(), words: Words, before: z.enum(verbs), required: z.boolean().optional() }),
  ),
  forms: z.array(Form).default([]),
  ballots: z.array(Ballot).default([]),
  phases: z.array(Phase).default([]),
  branches: z.array(Branch).default([]),
  /** Does it wait for its children before it may be closed? */
  waitsForChildren: z.boolean().default(false),
  feeds: z.array(Feed).default([]),
  returnReasons: z.array(Words),
  voidReasons: z.array(Words),
  /** Shown in the phone's report menu, in this order; absent where staff do not report it. */
  menu: z.int().optional(),
  /** Shown on the resident's page. */
  resident: z.boolean(),
})
export type Scenario = z.infer<typeof Scenario>
