// Streets added up: sums that come out the same in whatever order and whichever way they are put together. No zod: screens read this too.
import type { Instant } from './ids.ts'
import type { KpiPhase } from './kpi.ts'
import type { Words } from './language.ts'
import type { Level } from './stage.ts'
import type { StreetKind } from './streets.ts'
import type { Cell, DayFigures, Figures, Grave, Outline, Part, Summary, Took, UrgeBelow } from './summary.ts'

/** Two heartbeats that did not come: what is shown of it has stopped. */
export const heartbeatMs = 10_000
export const stoppedAfterMs = 2 * heartbeatMs
/** How many a wall lists; as many as one summary may. */
const mostListed = 200

/** One street or district as the level above holds it. */
export interface RollStreet {
  id: string
  kind: StreetKind
  words: Words
  /** Where its own screens are; null where nobody said. */
  origin: string | null
  outline: Outline | null
  /** Null: never heard of. */
  summary: Summary | null
  heardAt: Instant | null
  /** It fell silent: everything of it is as it was at `heardAt`. */
  isStopped: boolean
}

/** An order downwards and what is known of it. */
export interface UrgeShown extends UrgeBelow {
  /** waiting: it has not fetched it yet. */
  state: 'waiting' | 'given' | 'refused'
  refusal?: string
}

export interface RollView {
  self: { id: string; kind: StreetKind; words: Words }
  streets: RollStreet[]
  urges: UrgeShown[]
}

/** Of each only the fields that are another than before; of its summary likewise. */
export interface RollPatch {
  at: Instant
  put: (Pick<RollStreet, 'id'> & Partial<Omit<RollStreet, 'summary'>> & { summary?: Partial<Summary> })[]
  remove: string[]
  urges?: UrgeShown[]
}

export function applyRoll(view: RollView, { put, remove, urges }: RollPatch): RollView {
  const streets = new Map(view.streets.map((one) => [one.id, one]))
  for (const id of remove) streets.delete(id)
  for (const one of put) {
    const before = streets.get(one.id)
    const { summary, ...rest } = one
    streets.set(one.id, {
      ...(before ?? unheard),
      ...rest,
      summary: summary ? ({ ...before?.summary, ...summary } as Summary) : (before?.summary ?? null),
    })
  }
  return { ...view, streets: [...streets.values()], ...(urges && { urges }) }
}

const unheard = {
  ...{ kind: 'street' as const, words: { zh: '', en: '' }, origin: null, outline: null },
  ...{ summary: null, heardAt: null, isStopped: false },
}

/** What many say together. */
export type Sum = Pick<Summary, 'cells' | 'figures' | 'today' | 'took' | 'grave' | 'graveMore' | 'parts'>

export const noFigures: Figures = { overdue: 0, yellow: 0, unsigned: 0, silent: 0, staff: 0 }
/** Before any day there is. */
const noDay: DayFigures = { day: '0001-01-01', opened: 0, closed: 0, hours: Array.from({ length: 24 }, () => 0) }
export const nothing: Sum = {
  ...{ cells: [], figures: noFigures, today: noDay, took: {}, grave: [], graveMore: 0, parts: [] },
}

/** Associative, and the same in any order. What happened on an earlier day than the other's is of yesterday and falls away. */
export function add(a: Sum, b: Sum): Sum {
  const grave = [...a.grave, ...b.grave].sort(gravest)
  return {
    cells: addedCells(a.cells, b.cells),
    figures: addedFigures(a.figures, b.figures),
    today: addedDays(a.today, b.today),
    took: addedTook(a.took, b.took),
    grave: grave.slice(0, mostListed),
    graveMore: a.graveMore + b.graveMore + Math.max(0, grave.length - mostListed),
    parts: [...a.parts, ...b.parts].sort((one, other) => (one.street < other.street ? -1 : 1)),
  }
}

export const sumOf = (all: readonly Sum[]): Sum => all.reduce(add, nothing)

const gravest = (a: Grave, b: Grave): number =>
  a.level - b.level || a.since - b.since || (a.street + a.number < b.street + b.number ? -1 : 1)

function addedCells(a: readonly Cell[], b: readonly Cell[]): Cell[] {
  const cells = new Map<string, Cell>()
  for (const [level, stage, scenario, n] of [...a, ...b]) {
    const key = `${level} ${stage} ${scenario}`
    cells.set(key, [level, stage, scenario, n + (cells.get(key)?.[3] ?? 0)])
  }
  return [...cells].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell)
}

const addedFigures = (a: Figures, b: Figures): Figures => ({
  overdue: a.overdue + b.overdue,
  yellow: a.yellow + b.yellow,
  unsigned: a.unsigned + b.unsigned,
  silent: a.silent + b.silent,
  staff: a.staff + b.staff,
})

function addedDays(a: DayFigures, b: DayFigures): DayFigures {
  if (a.day !== b.day) return a.day > b.day ? a : b
  return {
    day: a.day,
    opened: a.opened + b.opened,
    closed: a.closed + b.closed,
    hours: a.hours.map((n, hour) => n + (b.hours[hour] ?? 0)),
  }
}

function addedTook(a: Took, b: Took): Took {
  const phases = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort() as KpiPhase[]
  return Object.fromEntries(
    phases.map((phase) => {
      const steps = new Map<number, number>()
      for (const [step, n] of [...(a[phase] ?? []), ...(b[phase] ?? [])]) steps.set(step, n + (steps.get(step) ?? 0))
      return [phase, [...steps].sort(([one], [other]) => one - other)]
    }),
  )
}

/** Lengths by steps of a tenth more each, from a second on: a middle read back is off by a twentieth at most. */
const growth = Math.log(1.1)
export const stepOfLength = (ms: number): number =>
  ms < 1000 ? 0 : Math.min(400, 1 + Math.floor(Math.log(ms / 1000) / growth))
export const lengthOfStep = (step: number): number => (step === 0 ? 500 : 1000 * Math.exp((step - 0.5) * growth))

/** Milliseconds; null where none passed it. */
export function middleOf(took: Took, phase: KpiPhase): number | null {
  const steps = took[phase] ?? []
  const all = steps.reduce((sum, [, n]) => sum + n, 0)
  let before = 0
  for (const [step, n] of steps) {
    before += n
    if (before * 2 >= all) return lengthOfStep(step)
  }
  return null
}

/** How many are open of each level. */
export function levelsOf({ cells }: Pick<Summary, 'cells'>): [number, number, number, number] {
  const levels: [number, number, number, number] = [0, 0, 0, 0]
  for (const [level, , , n] of cells) levels[level - 1]! += n
  return levels
}

export const openOf = (sum: Pick<Summary, 'cells'>): number => levelsOf(sum).reduce((all, n) => all + n, 0)

/** The gravest level anything stands at; null where nothing is open. */
export function worstOf(levels: readonly number[]): Level | null {
  const at = levels.findIndex((n) => n > 0)
  return at === -1 ? null : ((at + 1) as Level)
}

/** A street as one line of what the level above says of itself. */
export const partOf = ({ id, words, summary, heardAt, isStopped }: RollStreet): Part => ({
  ...{ street: id as Part['street'], words, levels: summary ? levelsOf(summary) : [0, 0, 0, 0] },
  ...{ overdue: summary?.figures.overdue ?? 0, yellow: summary?.figures.yellow ?? 0 },
  ...{ stoppedAt: isStopped || !summary ? (heardAt ?? 0) : null },
})

/** What a district says of its streets: of those below it as parts, or of their own parts where they are districts. */
export function rolled(streets: readonly RollStreet[]): Sum {
  const sum = sumOf(streets.flatMap(({ summary }) => (summary ? [{ ...summary, parts: [] }] : [])))
  const parts = streets.flatMap((one) =>
    one.kind === 'street'
      ? [partOf(one)]
      : (one.summary?.parts ?? []).map((part) =>
          one.isStopped ? { ...part, stoppedAt: part.stoppedAt ?? one.heardAt } : part,
        ),
  )
  return { ...sum, parts: parts.sort((a, b) => (a.street < b.street ? -1 : 1)) }
}
