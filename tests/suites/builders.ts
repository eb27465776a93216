// What a test needs and does not want to spell out: a case, a report, a person, the knowledge of a small street.
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import type { Known } from '../../ingest-server/case-engine/known.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import alarmPathCheck from '../../ingest-server/scenarios/alarm-path-check.json' with { type: 'json' }
import calendarFile from '../../ingest-server/scenarios/calendar.json' with { type: 'json' }
import deviceHealth from '../../ingest-server/scenarios/device-health.json' with { type: 'json' }
import dutyCover from '../../ingest-server/scenarios/duty-cover.json' with { type: 'json' }
import followUp from '../../ingest-server/scenarios/follow-up.json' with { type: 'json' }
import lift from '../../ingest-server/scenarios/lift.json' with { type: 'json' }
import renovation from '../../ingest-server/scenarios/renovation.json' with { type: 'json' }
import threeMeetings from '../../ingest-server/scenarios/three-meetings.json' with { type: 'json' }
import bikeShedFire from '../../ingest-server/scenarios/bike-shed-fire.json' with { type: 'json' }
import droppedGarbage from '../../ingest-server/scenarios/dropped-garbage.json' with { type: 'json' }
import gridReport from '../../ingest-server/scenarios/grid-report.json' with { type: 'json' }
import highAltitudeThrowing from '../../ingest-server/scenarios/high-altitude-throwing.json' with { type: 'json' }
import hotlineOrder from '../../ingest-server/scenarios/hotline-order.json' with { type: 'json' }
import staffSos from '../../ingest-server/scenarios/staff-sos.json' with { type: 'json' }
import residentRepair from '../../ingest-server/scenarios/resident-repair.json' with { type: 'json' }
import type { Actor, Case, CaseSource } from '#contract/case'
import { Calendar } from '#contract/clock'
import type { Command, Wish } from '#contract/command'
import type { CaseId, CommandId, Instant, PersonId, PlaceId, ScenarioId } from '#contract/ids'
import type { Person } from '#contract/person'
import { Report } from '#contract/report'
import { Scenario } from '#contract/scenario'
import { smallGround, spot } from './small-ground.ts'

/** Friday 2026-11-20, 09:31:00 in Shanghai, unless a test says otherwise. */
export const morning: Instant = Date.parse('2026-11-20T09:31:00+08:00')
/** `at('2026-11-20 09:31')`, Shanghai time. */
export const at = (text: string): Instant => Date.parse(`${text.replace(' ', 'T')}+08:00`)
export const minutes = (amount: number): number => amount * 60_000

export const calendar: Calendar = Calendar.parse(calendarFile)
/** The scenarios that are really shipped. */
export const scenarios: Scenario[] = [
  bikeShedFire,
  highAltitudeThrowing,
  droppedGarbage,
  residentRepair,
  gridReport,
  staffSos,
  ...[renovation, lift, threeMeetings, followUp, deviceHealth, dutyCover, alarmPathCheck, hotlineOrder],
].map((file) => Scenario.parse(file))

/** An officer of 桥一第 1 微网格， on duty. */
export const aPerson = (id: string, change: Partial<Person> = {}): Person => ({
  id: id as PersonId,
  name: id,
  role: 'officer',
  post: 'grid',
  body: '桥一居民区',
  placeIds: ['north-west-1' as PlaceId],
  skills: [],
  onDuty: true,
  ...change,
})

const inPlaces = (...ids: string[]) => ({ placeIds: ids as PlaceId[] })

/** The people of the small street: 陈 on watch, chiefs of both blocks, officers, property, the micro fire station. */
export const people: Person[] = [
  aPerson('chen', { name: '陈海峰', role: 'duty-officer', post: 'command', ...inPlaces('street') }),
  aPerson('shen', { name: '沈国平', role: 'chief', post: 'station', ...inPlaces('north') }),
  aPerson('ma', { name: '马骏', role: 'chief', post: 'station', ...inPlaces('south') }),
  aPerson('li', { name: '李志强' }),
  aPerson('zhao', { name: '赵志明', ...inPlaces('north-west') }),
  aPerson('wu', { name: '吴磊', ...inPlaces('south-west-1') }),
  aPerson('sun', { name: '孙莉', onDuty: false }),
  aPerson('zhou', { name: '周建平', role: 'property', post: 'property', ...inPlaces('north-west') }),
  aPerson('he', { name: '何斌', role: 'property', post: 'cleaning', ...inPlaces('north-west') }),
  aPerson('gu', { name: '顾建明', role: 'officer', post: 'micro-fire-station', ...inPlaces('north-west') }),
  aPerson('admin', { name: '管理员', role: 'administrator', post: 'command', ...inPlaces('street') }),
  aPerson('wall', { name: '大屏', role: 'wall', post: 'command', ...inPlaces('street') }),
]

export const aKnown = (change: Partial<Omit<Known, 'scenarios'>> & { scenarios?: Scenario[] } = {}): Known => ({
  ground: smallGround,
  people: new Map(people.map((person) => [person.id, person])),
  calendar,
  ...change,
  scenarios: openScenarioBook(change.scenarios ?? scenarios),
})

/** Smoke seen by camera 1, which watches shed 1. */
export const aReport = (change: Record<string, unknown> = {}): Report =>
  Report.parse({
    kind: 'camera-alert',
    eventId: 'event-1',
    matter: 'smoke',
    cameraId: 'cam-1',
    occurredAt: morning,
    ...change,
  })

export const aSource = (change: Partial<CaseSource> = {}): CaseSource => ({
  key: 'hik/event-1',
  kind: 'camera-alert',
  by: sourceActor('hik'),
  phase: 'new',
  matter: 'smoke',
  wgs84: spot(),
  foundBy: 'facility',
  firstAt: morning,
  lastAt: morning,
  receivedAt: morning,
  evidence: [],
  why: { rule: 'first' },
  ...change,
})

/** A level I fire at shed 1, just reported. */
export const aCase = (change: Partial<Case> = {}): Case => ({
  id: '20261120-001' as CaseId,
  scenarioId: 'bike-shed-fire' as ScenarioId,
  scenarioVersion: '1',
  matter: 'smoke',
  level: 1,
  stage: 'reported',
  unsure: false,
  wgs84: spot(),
  path: smallGround.pathOf(smallGround.leafAt(spot())!),
  openedAt: morning,
  lastReportAt: morning,
  sources: [aSource()],
  told: [],
  photos: [],
  clocks: [],
  steps: [{ verb: 'open', at: morning, by: sourceActor('hik') }],
  ticked: [],
  handlers: [],
  returns: 0,
  revision: 1,
  ...change,
})

export function sourceActor(id: string): Extract<Actor, { kind: 'source' }> {
  return { kind: 'source', id } as Extract<Actor, { kind: 'source' }>
}

let count = 0
/** A command with an id of its own. */
export const aCommand = (by: Actor, wish: Wish, change: Partial<Command> = {}): Command => ({
  id: `command-${++count}` as CommandId,
  by,
  wish,
  ...change,
})

/** The engine alone under a test's clock: what is wished is decided and, if it says yes, projected. */
export function aStreet({ now = morning, known = aKnown() }: { now?: Instant; known?: Known } = {}) {
  const board = emptyBoard()
  const street = {
    board,
    known,
    now,
    pass: (amount: number) => (street.now += minutes(amount)),
    submit(command: Command): Decision {
      const decision = decide(board, command, street.now, known)
      if ('refusal' in decision || decision.events.length === 0) return decision
      const { id: commandId, by, wish } = command
      const revision = board.revision + 1
      const outcome = { ok: true as const, commandId, revision }
      project(board, { revision, at: street.now, commandId, by, type: wish.type, events: decision.events, outcome })
      return decision
    },
    /** A camera platform or a hotline sends. */
    reports: (change: Record<string, unknown> = {}, source = 'hik') =>
      street.submit(aCommand(sourceActor(source), { type: 'report', report: aReport(change) })),
    /** A person taps; the case is the only one unless the wish names another. */
    says: (id: string, wish: Record<string, unknown> & { type: Wish['type'] }) => {
      const role = known.people.get(id as PersonId)?.role ?? 'officer'
      const by: Actor = { kind: 'person', id: id as PersonId, role }
      return street.submit(aCommand(by, { caseId: board.cases.keys().next().value, ...wish } as Wish))
    },
    only: (): Case => {
      if (board.cases.size !== 1) throw new Error(`${board.cases.size} cases on the board, not one`)
      return board.cases.values().next().value!
    },
    cases: (): Case[] => [...board.cases.values()],
  }
  return street
}
