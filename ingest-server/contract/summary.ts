// What a street says of itself to the district above it, and a district to its city: figures, and its gravest cases by number. Nobody's name, nobody's words.
import { z } from 'zod'
import { CaseId, Instant, ScenarioId } from './ids.ts'
import { kpiPhases } from './kpi.ts'
import { Words } from './language.ts'
import { LonLat } from './point.ts'
import { stages } from './stage.ts'
import { StreetId } from './streets.ts'

const count = z.int().min(0).max(10_000_000)
const Level = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])
const short = z.object({ zh: Words.shape.zh.max(80), en: Words.shape.en.max(120) })

/** What stands now and adds up. `yellow`: past 80 % of a limit and not over it. */
export const Figures = z.strictObject({
  overdue: count,
  yellow: count,
  /** Level I and II nobody has signed for. */
  unsigned: count,
  /** Devices not heard of for too long. */
  silent: count,
  /** People on duty. */
  staff: count,
})
export type Figures = z.infer<typeof Figures>

/** A local day, `2026-11-21`: what happened on it adds up with the same day alone. */
export const DayFigures = z.strictObject({
  day: z.iso.date(),
  opened: count,
  closed: count,
  /** Opened in each hour of it. */
  hours: z.array(count).length(24),
})
export type DayFigures = z.infer<typeof DayFigures>

/** An order given from above, as far as it has come; how many people, never which. */
export const Urged = z.strictObject({
  at: Instant,
  sent: count,
  seen: count,
  answeredAt: Instant.optional(),
})

export type Urged = z.infer<typeof Urged>

/** One of level I or II: its number and where, no nearer than the street-block. */
export const Grave = z.strictObject({
  street: StreetId,
  number: CaseId,
  matter: short,
  level: z.union([z.literal(1), z.literal(2)]),
  stage: z.enum(stages),
  since: Instant,
  signed: z.boolean(),
  /** The street-block; null where it lies in none. */
  place: short.nullable(),
  urged: Urged.optional(),
})
export type Grave = z.infer<typeof Grave>

/** `[level, stage, scenario, how many]` of open alarms. */
export const Cell = z.tuple([Level, z.enum(stages), ScenarioId, count])
export type Cell = z.infer<typeof Cell>

/** How long phases took, counted by length (`stepOfLength`), so that the middle of many streets is known from theirs. */
export const Took = z.partialRecord(z.enum(kpiPhases), z.array(z.tuple([z.int().min(0).max(400), count])).max(400))
export type Took = z.infer<typeof Took>

const levelCounts = z.tuple([count, count, count, count])

/** A street-block of a street. */
export const Block = z.strictObject({
  id: z.string().max(128),
  words: short,
  levels: levelCounts,
  overdue: count,
})
export type Block = z.infer<typeof Block>

/** A street within a district's summary, as the district last heard of it. */
export const Part = z.strictObject({
  street: StreetId,
  words: short,
  levels: levelCounts,
  overdue: count,
  yellow: count,
  /** Null: live; else it stopped then. */
  stoppedAt: Instant.nullable(),
})
export type Part = z.infer<typeof Part>

export const mostGrave = 200

export const Summary = z.strictObject({
  street: StreetId,
  words: short,
  /** Grows with everything it says; the same number says the same. */
  revision: z.int().min(1),
  /** When it was looked at, and since when all of it has been so. */
  at: Instant,
  since: Instant,
  cells: z.array(Cell).max(2000),
  figures: Figures,
  today: DayFigures,
  took: Took,
  /** The gravest and oldest first; no more than `mostGrave`, the rest only counted. */
  grave: z.array(Grave).max(mostGrave),
  graveMore: count,
  /** Of a street. */
  blocks: z.array(Block).max(100),
  /** Of a district. */
  parts: z.array(Part).max(1000),
})
export type Summary = z.infer<typeof Summary>

/** 督办 from above: one case, by its number. */
export const UrgeBelow = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  street: StreetId,
  number: CaseId,
  reason: z.string().trim().min(1).max(500),
  /** What whoever urges is called. */
  from: z.string().min(1).max(80),
  at: Instant,
})
export type UrgeBelow = z.infer<typeof UrgeBelow>

/** What became of it there: on its way to people, or refused in the closed list's word. */
export const UrgeAnswer = z.strictObject({
  id: UrgeBelow.shape.id,
  ok: z.boolean(),
  refusal: z.string().max(60).optional(),
})
export type UrgeAnswer = z.infer<typeof UrgeAnswer>

/** Rings of its boundary, thinned: for a picture, not for a question of whose ground a point is. */
export const Outline = z.array(z.array(LonLat).max(120)).max(12)
export type Outline = z.infer<typeof Outline>

/** One word upwards. */
export const SummarySaid = z.strictObject({
  summary: Summary,
  answers: z.array(UrgeAnswer).max(200),
  /** Where its own screens are. */
  origin: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable(),
  /** Once it was asked for. */
  outline: Outline.optional(),
})
export type SummarySaid = z.infer<typeof SummarySaid>

/** The answer to it. */
export const SummaryHeard = z.object({
  ok: z.boolean(),
  /** What is held of this street now: who says less has begun anew and goes on from there. */
  revision: z.int().min(0),
  urges: z.array(UrgeBelow).max(200),
  wantsOutline: z.boolean(),
})
export type SummaryHeard = z.infer<typeof SummaryHeard>
