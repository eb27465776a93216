// Invented cases at a fixed moment, so that every state of every part can be shown without a line.
import type { Case } from '#contract/case'
import type { Calendar, Clock } from '#contract/clock'
import type { CameraId, CaseId, EvidenceId, FacilityId, Instant, PersonId, PlaceId, ScenarioId } from '#contract/ids'
import type { Camera, Facility, Place } from '#contract/places'
import type { Person } from '#contract/person'
import type { Scenario } from '#contract/scenario'
import type { Facts } from '../desk/facts.ts'

const minute = 60_000
/** Friday, 09:31:07 in Shanghai. */
export const now: Instant = Date.parse('2026-11-20T09:31:07+08:00')
const shed = 'shed-001-01' as FacilityId
const camera = 'cam-001-07' as CameraId
const ids = { street: 's', block: 'b', area: 'a', grid: 'g', house: 'h' } as const
const path = Object.values(ids) as string[] as PlaceId[]

const place = (id: string, level: Place['level'], name: string, nameEn: string): Place => ({
  id: id as PlaceId,
  level,
  name,
  nameEn,
  parentId: null,
  label: [121.4767, 31.204],
  illustrative: true,
})
const places = [
  place(ids.street, 'subdistrict', '五里桥街道', 'Wuliqiao Sub-district'),
  place(ids.block, 'street-block', '创意家园', 'Creative Home'),
  place(ids.area, 'residential-area', '桥一居民区', 'Qiaoyi Residential Area'),
  place(ids.grid, 'micro-grid', '桥一第3微网格', 'Qiaoyi Micro-grid 3'),
  place(ids.house, 'building-group', '局门路436弄5号', 'No. 5, Lane 436, Jumen Road'),
]

const person = (id: string, name: string, onDuty = true): Person => ({
  id: id as PersonId,
  name,
  role: 'officer',
  post: 'grid',
  body: '创意家园网格站',
  placeIds: path.slice(1, 2),
  skills: [],
  onDuty,
})
export const people = [
  person('li', '李强'),
  person('chen', '陈海燕'),
  person('zhao', '赵志明'),
  person('zhou', '周敏', false),
]

const calendar: Calendar = {
  version: 'sample',
  offsetMinutes: 480,
  hours: [
    [480, 720],
    [840, 1080],
  ],
  workDays: [1, 2, 3, 4, 5],
  holidays: [],
  makeUpDays: [],
}
const words = (zh: string, en: string) => ({ zh, en })
const scenario: Scenario = {
  id: 'bike-shed-fire' as ScenarioId,
  version: '1',
  kind: 'alarm',
  words: words('非机动车棚火情', 'Bike-shed fire'),
  short: words('车棚', 'Shed'),
  matters: [
    { code: 'open-fire', words: words('车棚明火', 'Open fire in a bike-shed'), level: 1, group: 'fire' },
    { code: 'charging-wire', words: words('飞线充电', 'Charging by a trailing wire'), level: 2, group: 'charging' },
    {
      code: 'dropped-garbage',
      words: words('小包垃圾落地', 'A bag of garbage on the ground'),
      level: 3,
      group: 'garbage',
    },
    { code: 'light-out', words: words('楼道灯不亮', 'Stair light out'), level: 4, group: 'light' },
  ],
  sureFrom: 0.6,
  sameCase: { metres: 50, minutes: 30 },
  clocks: [
    {
      name: 'accept',
      words: words('受理', 'Accept'),
      limit: { amount: 10, unit: 'minutes' },
      starts: 'open',
      stops: ['accept'],
    },
    {
      name: 'handle',
      words: words('处置', 'Handle'),
      limit: { amount: 4, unit: 'work-hours' },
      starts: 'dispatch',
      stops: ['finish'],
    },
  ],
  photos: {},
  tell: [],
  handledBy: ['grid'],
  checklist: [
    { id: 'flame', words: words('问清有无明火', 'Asked whether there is open fire'), before: 'accept' },
    { id: 'power', words: words('车棚电源已断', 'Power of the shed is cut'), before: 'accept' },
    { id: 'caller', words: words('来电人已回复', 'The caller has been answered'), before: 'accept' },
  ],
  returnReasons: [
    words('没清干净', 'Not cleared up'),
    words('照片对不上', 'The photos do not match'),
    words('地点不对', 'The place is wrong'),
  ],
  voidReasons: [words('误报：灯光、反光', 'False alarm: light or reflection'), words('演练', 'A drill')],
  ackHolds: [],
  ladder: [],
  asks: {},
  apart: [],
  who: {},
  forms: [],
  ballots: [],
  phases: [],
  branches: [],
  waitsForChildren: false,
  feeds: [],
  resident: false,
}

export const facts: Facts = {
  people: new Map(people.map((one) => [one.id, one])),
  places: new Map(places.map((one) => [one.id, one])),
  facilities: new Map([[shed, { id: shed, kind: 'bike-shed', name: '桥一2号车棚' } as Facility]]),
  cameras: new Map([[camera, { id: camera, name: '桥一-07' } as Camera]]),
  scenarios: new Map([[scenario.id, scenario]]),
  versions: new Map(),
  matters: new Map(scenario.matters.map((matter) => [matter.code, matter])),
  calendar,
}

/** The same facts, with the scenario changed. */
export const known = (change: Partial<Scenario>): Facts => {
  const scenario = { ...[...facts.scenarios.values()][0]!, ...change }
  return { ...facts, scenarios: new Map([[scenario.id, scenario]]) }
}

/** A clock of ten minutes of which so many have run. */
export function clock(name: string, ran: number, metAt?: Instant): Clock {
  const startedAt = now - ran * minute
  const running = { from: startedAt, kind: 'running' as const, ...(metAt ? { to: metAt } : {}) }
  const [lateAt, dueAt] = [startedAt + 8 * minute, startedAt + 10 * minute]
  return {
    name,
    limit: { amount: 10, unit: 'minutes' },
    startedAt,
    lateAt,
    dueAt,
    ledger: [running],
    ...(metAt ? { metAt } : {}),
  }
}

let count = 0
export function sample(change: Partial<Case> = {}): Case {
  count++
  const openedAt = now - 8 * minute
  return {
    id: `20261120-${String(count).padStart(3, '0')}` as CaseId,
    scenarioId: scenario.id,
    scenarioVersion: '1',
    matter: 'charging-wire',
    level: 2,
    stage: 'reported',
    unsure: false,
    wgs84: [121.4767, 31.204],
    path,
    facilityId: shed,
    openedAt,
    lastReportAt: openedAt,
    sources: [source('1', openedAt)],
    acknowledged: { by: 'zhou' as PersonId, at: openedAt },
    told: [],
    photos: [],
    clocks: [clock('accept', 3)],
    steps: [{ verb: 'open', at: openedAt, by: { kind: 'clock' } }],
    ticked: [],
    handlers: [],
    returns: 0,
    revision: count,
    ...change,
  }
}

export const source = (
  key: string,
  at: Instant,
  change: Partial<Case['sources'][number]> = {},
): Case['sources'][number] => ({
  key,
  kind: 'camera-alert',
  by: { kind: 'clock' },
  phase: 'new',
  matter: 'charging-wire',
  wgs84: [121.4767, 31.204],
  foundBy: 'camera',
  cameraId: camera,
  firstAt: at,
  lastAt: at,
  receivedAt: at,
  confidence: 0.91,
  evidence: [],
  why: { rule: 'first' },
  ...change,
})

/** No picture has this name: what is shown is how a picture that cannot be fetched looks. */
export const lostPicture = 'f'.repeat(64) as EvidenceId
