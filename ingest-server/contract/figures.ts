// Every figure the screens show, declared once, each with the cases behind it. No zod: screens read this too.
import type { Case } from './case.ts'
import type { CaseId, Instant, PlaceId } from './ids.ts'
import { ranOver, runs } from './ledger.ts'
import { isOpen } from './stage.ts'
import type { Level, Stage } from './stage.ts'

/** The figure is the length; its list opens behind it. */
export type Figure = readonly CaseId[]

/** A rate never goes without both its lists. */
export interface Rate {
  numerator: Figure
  denominator: Figure
}

export const ratio = (rate: Rate): number | null =>
  rate.denominator.length === 0 ? null : rate.numerator.length / rate.denominator.length

type Counted = Pick<
  Case,
  | 'id'
  | 'level'
  | 'stage'
  | 'unsure'
  | 'acknowledged'
  | 'openedAt'
  | 'endedAt'
  | 'clocks'
  | 'path'
  | 'shelved'
  | 'held'
  | 'requests'
>

const idsOf = (cases: readonly Counted[]): Figure => cases.map((subject) => subject.id)
const isAlarm = (subject: Pick<Case, 'stage' | 'unsure'>) => isOpen(subject.stage) && !subject.unsure

/** It waits for somebody: an open alarm, and not put aside; what was put aside waits for nobody until it comes back. */
export const isWaiting = (subject: Pick<Case, 'stage' | 'unsure' | 'shelved'>): boolean =>
  isAlarm(subject) && !subject.shelved

/** 未签收: a level I or II that waits, and nobody has signed for it. III and IV want no signature. */
export const isUnsigned = (subject: Pick<Case, 'level' | 'stage' | 'unsure' | 'shelved' | 'acknowledged'>): boolean =>
  subject.level <= 2 && isWaiting(subject) && !subject.acknowledged

/** 一级、二级未签收. */
export const unsigned = (cases: readonly Counted[], level: Extract<Level, 1 | 2>): Figure =>
  idsOf(cases.filter((subject) => subject.level === level && isUnsigned(subject)))

/** 超时: open, and a clock that still runs is past its limit. */
export const overLimit = (cases: readonly Counted[], now: Instant): Figure =>
  idsOf(
    cases.filter(
      (subject) => isOpen(subject.stage) && subject.clocks.some((clock) => runs(clock) && ranOver(clock, now)),
    ),
  )

const waiting: readonly Stage[] = ['reported', 'accepted', 'filed']

/** 未派: an alarm that is in nobody's hand yet, and not on hold. */
export const undispatched = (cases: readonly Counted[]): Figure =>
  idsOf(cases.filter((subject) => isWaiting(subject) && !subject.held && waiting.includes(subject.stage)))

/** 待批: somebody asked for something, and nobody has answered. */
export const asked = (cases: readonly Counted[]): Figure =>
  idsOf(
    cases.filter(
      (subject) => isOpen(subject.stage) && subject.requests?.some((request) => request.answer === undefined),
    ),
  )

/** 待核: to be looked at, not an alarm. */
export const unsure = (cases: readonly Counted[]): Figure =>
  idsOf(cases.filter((subject) => isOpen(subject.stage) && subject.unsure))

/** 在办: every open case that is an alarm. */
export const inHand = (cases: readonly Counted[]): Figure => idsOf(cases.filter(isAlarm))

/**
 * 按时率: of the cases closed since `since`, those of which no limit ran over.
 * Voided ones are in neither list: there was nothing to do in time.
 */
export function onTime(cases: readonly Counted[], since: Instant): Rate {
  const closed = cases.filter((subject) => subject.stage === 'closed' && (subject.endedAt ?? 0) >= since)
  const inTime = closed.filter((subject) => !subject.clocks.some((clock) => ranOver(clock, subject.endedAt ?? since)))
  return { numerator: idsOf(inTime), denominator: idsOf(closed) }
}

/** 立案 · 派遣 · 处置 · 核查 · 结案. */
export const funnelSteps = ['file', 'dispatch', 'handle', 'verify', 'close'] as const
export type FunnelStep = (typeof funnelSteps)[number]

export interface FunnelCell {
  /** How many came this far. */
  reached: Figure
  /** How many of them stand still here: 待派，在处置，待核查，待结案. */
  standing: Figure
}

/** How many steps a case that stands at a stage has come. */
const reach: Record<Exclude<Stage, 'void'>, number> = {
  reported: 1,
  accepted: 1,
  filed: 1,
  dispatched: 2,
  handling: 2,
  verification: 3,
  verified: 4,
  closed: 5,
}

/**
 * 立案到结案： the cases opened since `since` by how far they came, for the whole sub-district (`all`) and each street-block.
 * Voided and unsure ones are left out. Every reached figure is the one below plus those standing at it.
 */
export function funnel(
  cases: readonly Counted[],
  since: Instant,
  blocks: readonly PlaceId[],
): Record<FunnelStep, { all: FunnelCell; byBlock: Map<PlaceId, FunnelCell> }> {
  const today = cases.filter((subject) => subject.openedAt >= since && !subject.unsure)
  const cell = (step: number, among: readonly Counted[]): FunnelCell => {
    const come = (subject: Counted) => (subject.stage === 'void' ? 0 : reach[subject.stage])
    return {
      reached: idsOf(among.filter((subject) => come(subject) >= step)),
      standing: idsOf(among.filter((subject) => come(subject) === step && subject.stage !== 'closed')),
    }
  }
  const row = (step: number) => ({
    all: cell(step, today),
    byBlock: new Map(
      blocks.map((block) => [
        block,
        cell(
          step,
          today.filter((subject) => subject.path.includes(block)),
        ),
      ]),
    ),
  })
  return { file: row(1), dispatch: row(2), handle: row(3), verify: row(4), close: row(5) }
}
