// A street in figures, for the level above it: counted from the board in one walk, with nothing in it that is anybody's.
import { localDate } from '#contract/calendar'
import type { Case } from '#contract/case'
import type { CaseFacts } from '#contract/case-facts'
import { isUnsigned } from '#contract/figures'
import type { Instant, PlaceId } from '#contract/ids'
import { kpiPhases } from '#contract/kpi'
import type { Words } from '#contract/language'
import { lampOf } from '#contract/ledger'
import { stepOfLength } from '#contract/roll'
import { isOpen } from '#contract/stage'
import type { StreetId } from '#contract/streets'
import { mostGrave } from '#contract/summary'
import type { Block, Cell, DayFigures, Figures, Grave, Summary, Took, Urged } from '#contract/summary'
import type { Known } from './known.ts'
import { scenarioOf } from './scenario-book.ts'

/** What a summary says besides who says it and when. */
export type Said = Omit<Summary, 'revision' | 'at' | 'since' | 'street' | 'words'>

interface Asked {
  street: StreetId
  cases: Iterable<Case>
  known: Pick<Known, 'scenarios' | 'ground' | 'calendar'>
  now: Instant
  silent: number
  staff: number
  /** How a closed case was judged; null where there is nothing to judge. */
  factsOf: (subject: Case) => CaseFacts | null
}

/**
 * Open alarms by level, stage and scenario; what is late; the gravest by number and street-block; what the day brought. What a machine
 * was not sure of, what the house sends itself to see whether it works, and cases found to be another are in none of it.
 */
export function summed({ street, cases, known, now, silent, staff, factsOf }: Asked): Said {
  const { ground, calendar } = known
  const cells = new Map<string, Cell>()
  const blocks = new Map<PlaceId, Block>()
  for (const { id, level, name, nameEn } of ground.places.values())
    if (level === 'street-block') blocks.set(id, { id, words: wordsOf(name, nameEn), levels: [0, 0, 0, 0], overdue: 0 })
  const figures: Figures = { overdue: 0, yellow: 0, unsigned: 0, silent, staff }
  const day = localDate(calendar, now)
  const today: DayFigures = { day, opened: 0, closed: 0, hours: Array.from({ length: 24 }, () => 0) }
  const lengths = new Map<string, Map<number, number>>()
  const grave: Grave[] = []

  for (const subject of cases) {
    if (subject.mergedInto || subject.unsure || scenarioOf(subject, known)?.kind === 'self-check') continue
    if (localDate(calendar, subject.openedAt) === day) {
      today.opened++
      today.hours[hourOf(subject.openedAt, calendar.offsetMinutes)]!++
    }
    if (!isOpen(subject.stage)) {
      if (subject.stage === 'closed' && subject.endedAt !== undefined && localDate(calendar, subject.endedAt) === day) {
        today.closed++
        measure(factsOf(subject), lengths)
      }
      continue
    }
    const block = subject.path.map((place) => blocks.get(place)).find((one) => one !== undefined)
    const lamp = worstLamp(subject, now)
    if (lamp === 'over') figures.overdue++
    if (lamp === 'late') figures.yellow++
    if (isUnsigned(subject)) figures.unsigned++
    if (block) {
      block.levels[subject.level - 1]!++
      if (lamp === 'over') block.overdue++
    }
    const key = `${subject.level} ${subject.stage} ${subject.scenarioId}`
    const cell = cells.get(key)
    cells.set(key, [subject.level, subject.stage, subject.scenarioId, (cell?.[3] ?? 0) + 1])
    if (subject.level <= 2) grave.push(graveOf(street, subject, known, block?.words ?? null))
  }
  grave.sort((a, b) => a.level - b.level || a.since - b.since || (a.number < b.number ? -1 : 1))
  return {
    cells: [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell),
    ...{ figures, today, took: tookOf(lengths), parts: [], blocks: [...blocks.values()] },
    ...{ grave: grave.slice(0, mostGrave), graveMore: Math.max(0, grave.length - mostGrave) },
  }
}

const wordsOf = (zh: string, en: string): Words => ({ zh: zh.slice(0, 80), en: en.slice(0, 120) })

const hourOf = (at: Instant, offsetMinutes: number): number => new Date(at + offsetMinutes * 60_000).getUTCHours()

function worstLamp({ clocks }: Pick<Case, 'clocks'>, now: Instant): 'ok' | 'late' | 'over' {
  const lamps = clocks.map((clock) => lampOf(clock, now))
  if (lamps.includes('over')) return 'over'
  return lamps.includes('late') ? 'late' : 'ok'
}

function graveOf(street: StreetId, subject: Case, { scenarios }: Pick<Known, 'scenarios'>, place: Words | null): Grave {
  const matter = scenarios.byMatter.get(subject.matter)?.matter.words
  const urged = urgedFromAbove(subject)
  return {
    ...{ street, number: subject.id, level: subject.level as 1 | 2, stage: subject.stage, since: subject.openedAt },
    matter: matter ? wordsOf(matter.zh, matter.en) : wordsOf(subject.matter, subject.matter),
    ...{ signed: !isUnsigned(subject), place },
    ...(urged && { urged }),
  }
}

/** The last that came from above; what people here asked of each other is theirs. */
function urgedFromAbove({ urged, orders = [] }: Case): Urged | undefined {
  if (urged?.from === undefined) return undefined
  const to = orders.findLast(({ what, from }) => what === 'urge' && from !== undefined)?.to ?? []
  return {
    ...{ at: urged.at, sent: to.length, seen: to.filter(({ seenAt, takenAt }) => seenAt ?? takenAt).length },
    ...(urged.answeredAt !== undefined && { answeredAt: urged.answeredAt }),
  }
}

function measure(facts: CaseFacts | null, lengths: Map<string, Map<number, number>>): void {
  for (const phase of kpiPhases) {
    const passage = facts?.passages[phase]
    if (!passage) continue
    const steps = lengths.get(phase) ?? new Map<number, number>()
    const step = stepOfLength(passage.took)
    steps.set(step, (steps.get(step) ?? 0) + 1)
    lengths.set(phase, steps)
  }
}

const tookOf = (lengths: ReadonlyMap<string, ReadonlyMap<number, number>>): Took =>
  Object.fromEntries([...lengths].map(([phase, steps]) => [phase, [...steps].sort(([a], [b]) => a - b)]))
