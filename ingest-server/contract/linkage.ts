// Three screens linked: what they look at together, and what somebody has put on the wall for a while.
import { z } from 'zod'
import { CaseId, CastId, EvidenceId, Instant, PersonId, PlaceId } from './ids.ts'

/**
 * 带看: one person drives, whoever follows sees the same case, area and moment. Nothing named: the whole of it, now.
 * Once its lease is over without a move nobody drives.
 */
export const Spotlight = z.object({
  /** A person, or a wall by its name. */
  by: PersonId,
  since: Instant,
  movedAt: Instant,
  until: Instant,
  caseId: CaseId.optional(),
  placeId: PlaceId.optional(),
  /** A past moment; absent: now. */
  moment: Instant.optional(),
})
export type Spotlight = z.infer<typeof Spotlight>

/** What can be followed, as a wish names it. */
export const Looked = Spotlight.pick({ caseId: true, placeId: true, moment: true })
export type Looked = z.infer<typeof Looked>

/** The figures of a street that can stand large on a wall. */
export const charts = ['trend', 'funnel', 'limits', 'orders'] as const

export const CastWhat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case'), caseId: CaseId }),
  z.object({ kind: z.literal('photo'), caseId: CaseId, evidence: EvidenceId }),
  /** The map, with this place filling it. */
  z.object({ kind: z.literal('map'), placeId: PlaceId }),
  z.object({ kind: z.literal('chart'), chart: z.enum(charts), placeId: PlaceId.optional() }),
  z.object({ kind: z.literal('moment'), at: Instant }),
])
export type CastWhat = z.infer<typeof CastWhat>

/** 投屏: ids alone; each screen shows of them what its own audience may see. */
export const Cast = z.object({
  id: CastId,
  by: PersonId,
  what: CastWhat,
  /** The lease: counted from when it gets the wall, not from when it was asked for. */
  minutes: z.int().min(1).max(30),
  askedAt: Instant,
  /** Absent while it waits for the one before. */
  shownAt: Instant.optional(),
  until: Instant.optional(),
})
export type Cast = z.infer<typeof Cast>

/** As the board holds it. Of the casts the first has the wall, the others queue in this order. */
export interface Linkage {
  spotlight: Spotlight | null
  casts: readonly Cast[]
}

/** As one audience sees it. */
export interface LinkageView {
  /** `hidden`: it shows a case or a place that is not theirs to see. */
  spotlight: (Spotlight & { hidden?: true }) | null
  casts: Cast[]
}

/** What a cast gives away by its ids. */
export const namedIn = (what: CastWhat): Looked => ({
  ...('caseId' in what && { caseId: what.caseId }),
  ...('placeId' in what && what.placeId !== undefined && { placeId: what.placeId }),
  ...('at' in what && { moment: what.at }),
})

const wallWishes: ReadonlySet<string> = new Set(['look', 'look-away', 'cast-end'])

/** May a wall wish it by itself, with nobody signed in at it? What it shows, and that it stops. */
export const isWallWish = ({ type }: { type: string }): boolean => wallWishes.has(type)
