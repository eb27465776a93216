// A report becomes a new case, joins an open one, or lets one of a case's own sources grow.
import type { Actor, Case, CaseSource } from '#contract/case'
import type { Event } from '#contract/event'
import type { Located } from '#contract/ground'
import type { Instant } from '#contract/ids'
import type { Report } from '#contract/report'
import type { Matter, Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import { correlate } from './correlate.ts'
import type { Decision } from './decision.ts'
import type { Known } from './known.ts'
import { startsAtOpening } from './limits.ts'
import { idOfOpened, openCase } from './opening.ts'
import { grow, levelOf, sourceKey, sourceOf, worse } from './source.ts'
import { tell } from './tell.ts'

const dayAhead = 24 * 60 * 60_000

/** What a report is about, once looked up. */
interface About {
  scenario: Scenario
  matter: Matter
}

/** Refusals: `matter-unknown`, `time-impossible`, and those of `Ground.locate`. That its pictures are here is checked by the door. */
export function receive(board: Board, report: Report, by: Actor, now: Instant, known: Known): Decision {
  const about = known.scenarios.byMatter.get(report.matter)
  if (!about) return { refusal: 'matter-unknown' }
  if (report.occurredAt > now + dayAhead) return { refusal: 'time-impossible' }
  // A synthetic alarm proves the road and is nowhere: kept, and a case of nobody's.
  if (about.scenario.kind === 'self-check')
    return { events: [{ type: 'probed', key: sourceKey(by, report.eventId), matter: report.matter }] }
  const located = known.ground.locate(report)
  if ('refusal' in located) return located
  const key = keyFor(board, about, sourceKey(by, report.eventId), known)
  const source = sourceOf(key, report, by, located, now)
  const holding = caseOfSource(board, key)
  if (holding) return more(board, holding, source, about.scenario, now, known)
  const found = correlate(board, about.scenario, about.matter, located, now, known)
  if (found && isChatter(found.current, source, about.scenario, now))
    return { events: [], caseId: found.current.id, how: 'repeated', why: found.why }
  if (found) return join(board, found.current, { ...source, why: found.why }, about.scenario, now, known)
  return open(board, source, about, located, now, known)
}

const caseOfSource = (board: Board, key: string): Case | undefined => {
  const id = board.bySource.get(key)
  return id && board.cases.get(id)
}

/** A sender that uses one event id for two unlike things is still heard twice: no alarm is lost in another's id. */
function keyFor(board: Board, { scenario, matter }: About, key: string, known: Known): string {
  const holding = caseOfSource(board, key)
  if (!holding || known.scenarios.byMatter.get(holding.matter)?.matter.group === matter.group) return key
  return `${key}#${scenario.id}/${matter.group}`
}

/** Only a machine can be unsure; what a person reports is sure. */
const isUnsure = (source: CaseSource, scenario: Scenario) =>
  source.kind === 'camera-alert' && source.confidence !== undefined && source.confidence < scenario.sureFrom

/** More of an event that is in a case already. An ended case takes it in while it is on the board, but is not opened again by it. */
function more(
  board: Board,
  current: Case,
  source: CaseSource,
  scenario: Scenario,
  now: Instant,
  known: Known,
): Decision {
  const was = current.sources.find((one) => one.key === source.key)!
  const grown = grow(was, source, scenario)
  const why = { rule: 'same-event' } as const
  if (grown === was) return { events: [], caseId: current.id, how: 'repeated', why }
  return { events: [sourced(board, current, grown, scenario, now, known)], caseId: current.id, how: 'updated', why }
}

/** So many alerts of one camera a case keeps one by one; a mad camera sends fifty a second. */
const alertsKept = 8

/**
 * One camera that says the same over and over, each time as another event: once a case has enough of it, one more is only
 * written down after a quarter of the scenario's minutes, which keeps the case open to the next. Worse or surer is always written.
 */
function isChatter(current: Case, source: CaseSource, scenario: Scenario, now: Instant): boolean {
  if (source.kind !== 'camera-alert') return false
  const own = current.sources.filter((one) => one.cameraId === source.cameraId)
  const last = own.at(-1)
  if (!last || own.length < alertsKept || now - last.receivedAt > scenario.sameCase.minutes * 15_000) return false
  const isNews =
    worse(scenario, current.matter, source.matter) !== current.matter ||
    (current.unsure && !isUnsure(source, scenario)) ||
    (source.confidence ?? 0) > Math.max(...own.map((one) => one.confidence ?? 0))
  return !isNews
}

const join = (
  board: Board,
  current: Case,
  source: CaseSource,
  scenario: Scenario,
  now: Instant,
  known: Known,
): Decision => ({
  events: [sourced(board, current, source, scenario, now, known)],
  caseId: current.id,
  how: 'joined',
  why: source.why,
})

function sourced(
  board: Board,
  current: Case,
  source: CaseSource,
  scenario: Scenario,
  now: Instant,
  known: Known,
): Event {
  const level = levelOf(scenario, source.matter) ?? current.level
  const changed = {
    level: Math.min(current.level, level) as Case['level'],
    unsure: current.unsure && isUnsure(source, scenario),
    matter: worse(scenario, current.matter, source.matter),
  }
  const isWorse = changed.level !== current.level || changed.matter !== current.matter
  const event = { type: 'sourced' as const, caseId: current.id, source, ...changed }
  if (current.endedAt !== undefined || (changed.unsure === current.unsure && !isWorse)) return event
  const after = { ...current, ...changed }
  return {
    ...event,
    clocks: startsAtOpening(after, scenario, now, known.calendar),
    told: tell(board, after, scenario, known, now),
  }
}

function open(
  board: Board,
  source: CaseSource,
  { scenario, matter }: About,
  located: Located,
  now: Instant,
  known: Known,
): Decision {
  const unsure = isUnsure(source, scenario)
  const events = openCase(board, { scenario, matter, unsure, path: located.path, sources: [source] }, now, known)
  return { events, caseId: idOfOpened(events), how: 'opened', why: source.why }
}
