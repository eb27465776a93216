// A report becomes a new case, joins an open one, or lets one of a case's own sources grow.
import type { Actor, Case, CaseSource } from '#contract/case'
import type { Event } from '#contract/event'
import type { Instant } from '#contract/ids'
import type { Report } from '#contract/report'
import type { Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import { candidatesFor, namedOnBoth } from './candidates.ts'
import { correlate } from './correlate.ts'
import type { Sought } from './correlate.ts'
import type { Decision, Yes } from './decision.ts'
import type { Known } from './known.ts'
import { idOfOpened, openCase } from './opening.ts'
import { isOver, recovers } from './recover.ts'
import { endsIn, isRegisterWrong, remember } from './remember.ts'
import { grow, isUnsure, sourceKey, sourceOf, worse } from './source.ts'
import { takeIn } from './take-in.ts'

const dayAhead = 24 * 60 * 60_000

/** Refusals: `matter-unknown`, `time-impossible`, and those of `Ground.locate`. That its pictures are here is checked by the door. */
export function receive(board: Board, report: Report, by: Actor, now: Instant, known: Known): Decision {
  const about = known.scenarios.byMatter.get(report.matter)
  if (!about) return { refusal: 'matter-unknown' }
  if (report.occurredAt > now + dayAhead || isRegisterWrong(report, now)) return { refusal: 'time-impossible' }
  // A synthetic alarm proves the road and is nowhere: kept, and a case of nobody's.
  if (about.scenario.kind === 'self-check')
    return { events: [{ type: 'probed', key: sourceKey(by, report.eventId), matter: report.matter }] }
  const located = known.ground.locate(report, now)
  if ('refusal' in located) return located
  const key = keyFor(board, about, sourceKey(by, report.eventId), known)
  const source = sourceOf(key, report, by, located, now)
  const holding = caseOfSource(board, key)
  if (holding) return more(board, holding, endsIn(source, report.register), about.scenario, now, known)
  const sought: Sought = { ...about, located, deviceId: source.deviceId }
  if (report.register) return remember(board, report.register, source, sought, now, known)
  const found = correlate(board, sought, now, known)
  if (!found) return open(board, source, sought, now, known)
  if (isChatter(found.current, source, about.scenario, now))
    return { events: [], caseId: found.current.id, how: 'repeated', why: found.why }
  return taken(board, found.current, { ...source, why: found.why }, 'joined', now, known)
}

const caseOfSource = (board: Board, key: string): Case | undefined => {
  const id = board.bySource.get(key)
  return id && board.cases.get(id)
}

/** A sender that uses one event id for two unlike things is still heard twice: no alarm is lost in another's id. */
function keyFor(board: Board, { scenario, matter }: Pick<Sought, 'scenario' | 'matter'>, key: string, known: Known) {
  const holding = caseOfSource(board, key)
  if (!holding) return key
  const held = holding.sources.find((source) => source.key === key)?.matter ?? holding.matter
  return known.scenarios.byMatter.get(held)?.matter.group === matter.group
    ? key
    : `${key}#${scenario.id}/${matter.group}`
}

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
  return grown === was
    ? { events: [], caseId: current.id, how: 'repeated', why: { rule: 'same-event' } }
    : taken(board, current, grown, 'updated', now, known)
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

function taken(
  board: Board,
  current: Case,
  source: CaseSource,
  how: 'joined' | 'updated',
  now: Instant,
  known: Known,
): Decision {
  const event = takeIn(board, current, source, now, known)
  const why = how === 'updated' ? ({ rule: 'same-event' } as const) : source.why
  return { events: [event, ...recovers(current, event, source.by, now, known)], caseId: current.id, how, why }
}

function open(board: Board, source: CaseSource, sought: Sought, now: Instant, known: Known): Yes {
  const { scenario, matter, located } = sought
  const candidates = candidatesFor(board, sought, now, known)
  const opening = { scenario, matter, unsure: isUnsure(source, scenario), path: located.path }
  // Its end came first: it is written down, and is over before anybody is called.
  const isQuiet = scenario.endsBy === 'report' && isOver([source])
  const events = openCase(board, { ...opening, sources: [source], candidates, isQuiet }, now, known)
  const caseId = idOfOpened(events)
  const also: Event[] = isQuiet ? endedAtOnce(events, source, now, known) : []
  return {
    events: [...events, ...namedOnBoth(board, caseId, candidates), ...also],
    caseId,
    how: 'opened',
    why: source.why,
  }
}

function endedAtOnce([first]: readonly Event[], source: CaseSource, now: Instant, known: Known): Event[] {
  if (first?.type !== 'opened') throw new Error('no case was opened')
  const { level, unsure, id: caseId } = first.subject
  return recovers(
    { ...first.subject, revision: 0 },
    { type: 'sourced', caseId, source, level, unsure },
    source.by,
    now,
    known,
  )
}
