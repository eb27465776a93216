// A day's report, counted: sets of cases by category, street-block and level; every figure is a list.
import type { DailyCase } from '#contract/daily'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { KpiName, KpiRow } from '#contract/kpi'
import type { Place } from '#contract/places'
import { isOpen, levels } from '#contract/stage'
import type { Level } from '#contract/stage'
import { figureOf } from './kpi.ts'

export interface Counted {
  key: string
  opened: CaseId[]
  ended: CaseId[]
  open: CaseId[]
  falseAlarms: CaseId[]
}

const idsOf = (cases: readonly DailyCase[]): CaseId[] => cases.map(({ id }) => id)

interface Span {
  from: Instant
  to: Instant
}

const isOpened =
  ({ from, to }: Span) =>
  ({ openedAt, unsure }: DailyCase) =>
    openedAt >= from && openedAt < to && !unsure
const isEnded =
  ({ from, to }: Span) =>
  ({ endedAt }: DailyCase) =>
    endedAt !== null && endedAt >= from && endedAt < to
/** At the end of the span, whatever became of it since. */
const isOpenAt =
  (to: Instant) =>
  ({ openedAt, endedAt, stage, unsure }: DailyCase) =>
    !unsure && openedAt < to && (endedAt === null ? isOpen(stage) : endedAt >= to)

export function counted(key: string, cases: readonly DailyCase[], span: Span): Counted {
  const ended = cases.filter(isEnded(span))
  return {
    key,
    opened: idsOf(cases.filter(isOpened(span))),
    ended: idsOf(ended),
    open: idsOf(cases.filter(isOpenAt(span.to))),
    falseAlarms: idsOf(ended.filter(({ disposition }) => disposition === 'false-alarm')),
  }
}

/** The most opened first; rows in which nothing stands are left out. */
export function countedBy(
  cases: readonly DailyCase[],
  span: Span,
  keyOf: (one: DailyCase) => string | undefined,
): Counted[] {
  const groups = new Map<string, DailyCase[]>()
  for (const one of cases) {
    const key = keyOf(one)
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups]
    .map(([key, group]) => counted(key, group, span))
    .filter(({ opened, ended, open }) => opened.length + ended.length + open.length > 0)
    .sort((a, b) => b.opened.length - a.opened.length || (a.key < b.key ? -1 : 1))
}

export const countedByLevel = (cases: readonly DailyCase[], span: Span): Counted[] =>
  levels.map((level) =>
    counted(
      String(level),
      cases.filter((one) => one.level === level),
      span,
    ),
  )

export const placeOf =
  (places: ReadonlyMap<PlaceId, Place>, level: Place['level']) =>
  ({ path }: DailyCase): PlaceId | undefined =>
    path.find((id) => places.get(id)?.level === level)

/** Level I and II that were opened in the span, in the order of their time. */
export const grave = (cases: readonly DailyCase[], span: Span): DailyCase[] =>
  cases.filter((one) => one.level <= (2 satisfies Level) && isOpened(span)(one))

export const stillOpen = (cases: readonly DailyCase[], span: Span): DailyCase[] => cases.filter(isOpenAt(span.to))

/** Both lists of a figure of the house's own formulas; empty where nothing was judged. */
export function judged(row: KpiRow | undefined, name: KpiName): { numerator: CaseId[]; denominator: CaseId[] } {
  const figure = row && figureOf(row, name)
  return { numerator: figure?.numerator ?? [], denominator: figure?.denominator ?? [] }
}

/** Of what was judged for its limits, those that broke one. */
export function ranOverIn(row: KpiRow | undefined): CaseId[] {
  const { numerator, denominator } = judged(row, 'closed-in-time')
  const fine = new Set(numerator)
  return denominator.filter((id) => !fine.has(id))
}

export const verifiedIn = (row: KpiRow | undefined): CaseId[] =>
  row?.spreads.find(({ phase }) => phase === 'verify')?.cases ?? []
