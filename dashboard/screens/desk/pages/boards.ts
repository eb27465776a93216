// The board of a scenario that has phases, out of its rules and its cases alone: no scenario has a board of its own in code.
import type { Case } from '#contract/case'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { Ballot } from '#contract/process'
import type { Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Level } from '#contract/stage'
import type { BoardBars, BoardCell, BoardColumn, BoardNext, BoardRowSays } from '../../../parts/phase-board.ts'
import { sayBoards } from '../../../words/desk-boards.ts'
import { dayMs } from '../../../words/moments.ts'
import { spanInWords } from '../../../words/times.ts'
import { inWords } from '../../../words/words.ts'
import { ballotsSay } from '../ballots-say.ts'
import { airy, caseNumber, clockName, personName, placeName, titleOf, whereLine } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { nextClock } from '../lists.ts'
import type { Looker } from '../may.ts'
import { needsNow, nextsSay, proceedingOf } from '../process-says.ts'
import type { Proceeding } from '../process-says.ts'
import { countedSaid } from '../said.ts'

export interface BoardAbout {
  facts: Facts
  all: ReadonlyMap<CaseId, Case>
  looker: Looker | null
  now: Instant
}

export interface Household {
  /** On the rolls of what is under way and of what is done. */
  concerned: number
  /** Of what was brought to its good end. */
  served: number
}

/** In force, in the order they were shipped; a scenario without phases has no board. */
export const boardScenarios = (scenarios: Iterable<Scenario>): Scenario[] =>
  [...scenarios].filter(({ phases }) => phases.length > 0)

export const boardCases = (scenario: Scenario, cases: Iterable<Case>, place: PlaceId | null): Case[] =>
  [...cases].filter((subject) => subject.scenarioId === scenario.id && (place === null || subject.path.includes(place)))

/** The main line ends with the first phase that may finish; what lies beyond it is shown where somebody is. */
export function columnsOf(scenario: Scenario, cases: readonly Case[]): BoardColumn[] {
  const here = (id: string) => cases.filter((subject) => isOpen(subject.stage) && subject.phase?.id === id).length
  const end = scenario.phases.findIndex(({ mayFinish }) => mayFinish)
  return scenario.phases
    .filter(({ id }, at) => end < 0 || at <= end || here(id) > 0)
    .map(({ id, words }) => ({ id, words: inWords(words), count: here(id) }))
}

/** By residential area, there by building and stairwell, the longest in its phase first. */
export function rowsOf(scenario: Scenario, cases: readonly Case[], about: BoardAbout): BoardRowSays[] {
  const columns = columnsOf(scenario, cases)
  const byPlace = (subject: Case) => whereLine(about.facts, subject)
  return cases
    .filter(({ stage }) => isOpen(stage))
    .map((subject) => ({ subject, where: byPlace(subject), area: areaOf(about.facts, subject) }))
    .sort(
      (a, b) =>
        a.area.localeCompare(b.area, 'zh-CN') ||
        a.where.localeCompare(b.where, 'zh-CN', { numeric: true }) ||
        (a.subject.phase?.since ?? 0) - (b.subject.phase?.since ?? 0),
    )
    .map(({ subject, where, area }) => rowOf(subject, { where, area, columns, about, scenario }))
}

const areaOf = (facts: Facts, { path }: Case): string => {
  const area = path.find((id) => facts.places.get(id)?.level === 'residential-area')
  return area ? airy(placeName(facts, area)) : ''
}

/** The area stands above the row: 「蒙自路 234 弄」 need not say it again. */
function withinArea(where: string, area: string): string {
  const rest = area && where.startsWith(area) ? where.slice(area.length).replace(/^[·,\s]+/, '') : where
  return rest || where
}

/** Areas that have anything on the board, to choose from. */
export function areasOf(facts: Facts, cases: readonly Case[]): { id: PlaceId; words: string }[] {
  const ids = new Set(cases.flatMap(({ path }) => path.filter((id) => isArea(facts, id))))
  return [...ids]
    .map((id) => ({ id, words: airy(placeName(facts, id)) }))
    .sort((a, b) => a.words.localeCompare(b.words, 'zh-CN'))
}
const isArea = (facts: Facts, id: PlaceId) => facts.places.get(id)?.level === 'residential-area'

interface RowAbout {
  where: string
  area: string
  columns: readonly BoardColumn[]
  about: BoardAbout
  scenario: Scenario
}

function rowOf(subject: Case, { where, area, columns, about, scenario }: RowAbout): BoardRowSays {
  const { facts, now } = about
  const proceeding = proceedingOf({ ...about, subject })
  const time = timeOn(facts, subject, now)
  return {
    id: subject.id,
    level: subject.level as Level,
    area,
    where: withinArea(where, area),
    title: titleOf(facts, subject),
    about: [
      caseNumber(subject),
      subject.holder ? personName(facts, subject.holder.personId) : sayBoards('noHolder'),
    ].join('　'),
    cells: cellsOf(subject, scenario, columns, now),
    isOver: time.isOver,
    time: time.words,
    nexts: proceeding ? nextsSay(proceeding).map(nextOf) : [],
    mayFinish: scenario.phases.find(({ id }) => id === subject.phase?.id)?.mayFinish ?? false,
    ballots: proceeding ? ballotsNow(proceeding) : [],
  }
}

const nextOf = ({ words, needs, closed, isReady }: ReturnType<typeof nextsSay>[number]): BoardNext => {
  const lacks = needs.filter(({ isMet }) => !isMet).map((need) => need.words)
  return { words, lacks: lacks.length || !closed ? lacks : [closed], isReady }
}

/** What the step at hand turns on, with the shares that are asked for: no more than decides it. */
function ballotsNow(proceeding: Proceeding): BoardBars[] {
  const turnsOn = new Set(needsNow(proceeding).flatMap((need) => ('ballot' in need ? [need.ballot] : [])))
  return ballotsSay(proceeding)
    .filter(({ id }) => turnsOn.has(id))
    .map(({ id, words, stands, bars }) => ({ id, words, stands, bars: bars.filter(({ line }) => line !== null) }))
}

/** Where it was: the road may lead back, and may leave a phase out. */
function cellsOf(subject: Case, scenario: Scenario, columns: readonly BoardColumn[], now: Instant): BoardCell[] {
  const order = new Map(scenario.phases.map(({ id }, at) => [id, at]))
  const at = order.get(subject.phase?.id ?? '') ?? -1
  const been = new Set(
    subject.steps.flatMap(({ verb, about }) => (verb === 'advance' && about ? about.split('>') : [])),
  )
  return columns.map(({ id }) => {
    if (id === subject.phase?.id) return { state: 'now', since: sinceSaid(subject.phase.since, now) }
    if (!been.has(id)) return { state: 'ahead', since: '' }
    return { state: (order.get(id) ?? 0) < at ? 'done' : 'been', since: '' }
  })
}

function sinceSaid(since: Instant, now: Instant): string {
  const days = Math.floor((now - since) / dayMs)
  return days > 0 ? sayBoards('days', { n: days }) : sayBoards('today')
}

function timeOn(facts: Facts, subject: Case, now: Instant): { words: string; isOver: boolean } {
  const clock = nextClock(subject)
  if (!clock) return { words: '', isOver: false }
  const name = clockName(facts, subject, clock.name)
  const isOver = now >= clock.dueAt
  const span = isOver ? spanInWords(now - clock.dueAt) : countedSaid(facts.calendar, clock, now)
  return { words: sayBoards(isOver ? 'over' : 'left', { clock: name, span }), isOver }
}

export const isOverdue = (subject: Case, now: Instant): boolean => {
  const clock = nextClock(subject)
  return isOpen(subject.stage) && clock !== undefined && now >= clock.dueAt
}

/** A number that is counted in households says so by its unit, whichever form it stands in. */
const household = '户'

/** A roll that is counted by floor area too is one of dwellings; one of heads alone is of whoever was invited. */
const isOfDwellings = ({ quorum, pass }: Ballot): boolean => quorum.weight !== undefined || pass.weight !== undefined

/** The longest roll of dwellings; before there is one, the number that was filled in. */
export function householdsOf(scenario: Scenario, { rolls, forms }: Pick<Case, 'rolls' | 'forms'>): number {
  const listed = scenario.ballots.filter(isOfDwellings).map(({ roll }) => rolls?.[roll]?.length ?? 0)
  if (listed.some((n) => n > 0)) return Math.max(...listed)
  const told = scenario.forms.flatMap(({ id, fields }) =>
    fields
      .filter((field) => field.unit?.zh === household)
      .map((field) => forms?.[id]?.values[field.id])
      .filter((value) => typeof value === 'number'),
  )
  return told.length ? Math.max(...told) : 0
}

export function householdsServed(scenario: Scenario, cases: readonly Case[]): Household {
  const count = (list: readonly Case[]) => list.reduce((sum, subject) => sum + householdsOf(scenario, subject), 0)
  return {
    concerned: count(cases.filter(({ stage }) => stage !== 'void')),
    served: count(cases.filter(({ disposition, stage }) => stage === 'closed' && disposition === 'solved')),
  }
}
