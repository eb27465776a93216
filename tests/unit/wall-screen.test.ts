// The wall in the duty officer's words: what needs somebody now, what is pinned, what breaks next, when a fire takes the wall and gives it back.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import { isUnsigned, isWaiting } from '#contract/figures'
import type { Shift } from '#contract/duty'
import type { Post } from '#contract/roles'
import type { Scenario } from '#contract/scenario'
import type { Person } from '#contract/person'
import { levels, stages } from '#contract/stage'
import { axisDots, deadlines } from '../../dashboard/screens/wall/takeover-clocks.ts'
import { figuresOf, whatNow } from '../../dashboard/screens/wall/figures.ts'
import { funnelColumns } from '../../dashboard/screens/wall/funnel.ts'
import { leaderPath } from '../../dashboard/screens/wall/leader.ts'
import { limitRows } from '../../dashboard/screens/wall/limits.ts'
import { toldPeople } from '../../dashboard/screens/wall/takeover-near.ts'
import { pathWords } from '../../dashboard/screens/wall/paths.ts'
import { nextCall, nextRows, receiptRows, roomFor } from '../../dashboard/screens/wall/takeover-rows.ts'
import { queueOf, takesWall } from '../../dashboard/screens/wall/takeover.ts'
import { dueOf, rosterRows } from '../../dashboard/screens/wall/roster.ts'
import { streamOf } from '../../dashboard/screens/wall/stream.ts'
import { nextOnWatch, watchLines } from '../../dashboard/screens/wall/watch.ts'
import { caseMark } from '../../dashboard/map/marks.ts'
import type { Book } from '../../dashboard/screens/wall/case-lines.ts'
import { dayStart } from '../../dashboard/words/moments.ts'
import { wallWords } from '../../dashboard/words/wall.ts'

const noon = Date.UTC(2026, 10, 21, 4)
const minute = 60_000

const aClock = (name: string, minutes: number, change: Partial<Clock> = {}): Clock => ({
  name,
  limit: { amount: minutes, unit: 'minutes' },
  startedAt: noon,
  lateAt: noon + minutes * minute * 0.8,
  dueAt: noon + minutes * minute,
  ledger: [{ from: noon, kind: 'running' }],
  ...change,
})
let count = 0
const aCase = (change: object = {}): Case =>
  ({
    id: `20261121-${String(++count).padStart(3, '0')}`,
    scenarioId: 'bike-shed-fire',
    matter: 'smoke',
    level: 3,
    stage: 'filed',
    unsure: false,
    wgs84: [121.474, 31.2],
    path: ['310101020', 'b1'],
    openedAt: noon,
    lastReportAt: noon,
    sources: [],
    told: [],
    photos: [],
    clocks: [],
    steps: [],
    ticked: [],
    handlers: [],
    returns: 0,
    revision: 1,
    ...change,
  }) as unknown as Case
const signed = { acknowledged: { by: 'chen', at: noon } }

describe('what needs somebody now', () => {
  it('[SN8] the sentence is made of the figures, in the order they must be dealt with, at most three things', () => {
    const figures = figuresOf(
      [
        aCase({ level: 2 }),
        aCase({ level: 2 }),
        aCase({ ...signed, stage: 'handling', clocks: [aClock('handle', 30)] }),
      ],
      noon + 40 * minute,
    )
    expect(whatNow(figures, 5)).toEqual(['先签收 2 件二级，', '再派 2 件，', '催 1 件超时'])
  })
  it('[SN8] with nothing to do it says so', () => {
    expect(whatNow(figuresOf([], noon), 0)).toEqual(['现在没有要您动手的事'])
    expect(whatNow(figuresOf([], noon), 2)).toEqual(['查 2 台静默设备'])
  })
})

describe('the stream', () => {
  it('[SN9] I and unsigned II are pinned, then the newest; what does not fit is counted', () => {
    const old = aCase({ level: 2, openedAt: noon - 60 * minute })
    const fresh = Array.from({ length: 9 }, (_, i) => aCase({ openedAt: noon + i }))
    const calm = aCase({ level: 2, ...signed, openedAt: noon - 90 * minute })
    const { pinned, newest, rest } = streamOf([old, ...fresh, calm, aCase({ stage: 'closed' })], 8)
    expect(pinned).toEqual([old])
    expect(newest).toEqual(fresh.slice(2).reverse())
    expect(rest).toBe(3)
  })
  it('[SN9] a storm of alarms leaves one place for what else comes in', () => {
    const storm = Array.from({ length: 20 }, () => aCase({ level: 1 }))
    const other = aCase({ openedAt: noon + 1 })
    const { pinned, newest } = streamOf([...storm, other], 8)
    expect(pinned).toHaveLength(7)
    expect(newest).toEqual([other])
  })
})

describe('limits', () => {
  it('[SN10] the first to break is on top, and the bar of a broken one grows with its lateness', () => {
    const late = aCase({ clocks: [aClock('handle', 10)] })
    const later = aCase({ clocks: [aClock('handle', 15)] })
    const fine = aCase({ clocks: [aClock('handle', 60)] })
    const rows = limitRows([fine, later, late], noon + 18 * minute, 8)
    expect(rows.map((row) => row.subject.id)).toEqual([late.id, later.id, fine.id])
    expect(rows[0]?.bar).toBeGreaterThan(rows[1]?.bar ?? 1)
    expect(rows[2]?.look.lamp).toBe('ok')
  })
})

describe('from opened to closed', () => {
  it('[SN11] all columns count since midnight, and the sub-district is the sum of its blocks', () => {
    const cases = [
      aCase(),
      aCase({ path: ['310101020', 'b2'], stage: 'handling' }),
      aCase({ openedAt: dayStart(noon) - 1 }),
    ]
    const [all, first, second] = funnelColumns(cases, new Map(), noon, ['b1', 'b2'] as never)
    expect(all?.steps[0]).toEqual({ came: 2, stand: 1 })
    expect([first?.steps[0]?.came, second?.steps[0]?.came]).toEqual([1, 1])
    expect(second?.steps[1]).toEqual({ came: 1, stand: 1 })
  })
})

describe('a level I takes the wall', () => {
  it('[SN12] it has the wall until it is signed for and under way, whichever comes last', () => {
    const fire = aCase({ level: 1 })
    expect(takesWall(fire)).toBe(true)
    expect(takesWall({ ...fire, ...signed } as Case)).toBe(true)
    const taken = { told: [{ personId: 'gu', toldAt: noon, takenAt: noon + 1 }] }
    expect(takesWall({ ...fire, ...taken } as Case)).toBe(true)
    expect(takesWall({ ...fire, ...signed, ...taken } as Case)).toBe(false)
  })
  it('[SN12] what a machine was not sure of never takes it, nor does a closed one', () => {
    expect(takesWall(aCase({ level: 1, unsure: true }))).toBe(false)
    expect(takesWall(aCase({ level: 1, stage: 'void' }))).toBe(false)
  })
  it('[SN13] two fires queue in sight: the older keeps the wall', () => {
    const [older, newer] = [aCase({ level: 1 }), aCase({ level: 1, openedAt: noon + 1 })]
    expect(queueOf([newer, aCase(), older]).map((fire) => fire.id)).toEqual([older.id, newer.id])
  })
})

const scenario = {
  id: 'bike-shed-fire',
  words: { zh: '非机动车棚火情', en: 'Bike-shed fire' },
  short: { zh: '车棚', en: 'Shed' },
  clocks: [
    { name: 'acknowledge', words: { zh: '签收', en: 'Sign' }, stops: ['acknowledge'] },
    { name: 'unit', words: { zh: '最小应急单元', en: 'Unit' }, stops: ['arrive'], by: ['property'] },
    { name: 'neighbourhood', words: { zh: '居民区', en: 'Neighbourhood' }, stops: ['arrive'], by: ['grid'] },
    { name: 'brigade', words: { zh: '消防救援', en: 'Brigade' }, stops: ['arrive'], by: ['brigade'] },
  ],
  checklist: [{ id: 'power', words: { zh: '断电', en: 'Power cut' }, before: 'accept' }],
  matters: [],
} as unknown as Scenario
const person = (id: string, name: string, change: Partial<Person>): Person =>
  ({ id, name, role: 'officer', post: 'grid', body: '', placeIds: [], skills: [], onDuty: true, ...change }) as Person
const people = [
  person('zhou', '周建平', { post: 'property', role: 'property' }),
  person('li', '李志强', {}),
  person('chen', '陈海峰', { role: 'duty-officer', post: 'command' }),
]
const book: Book = {
  town: null,
  people: new Map(people.map((one) => [one.id, one])),
  scenarioOf: () => scenario,
  matters: new Map(),
}
const fire = aCase({
  level: 1,
  clocks: [
    aClock('acknowledge', 3),
    aClock('unit', 1, { metAt: noon + 48_000 }),
    aClock('neighbourhood', 3),
    aClock('brigade', 5),
  ],
  told: [
    {
      personId: 'zhou',
      toldAt: noon,
      deliveredAt: noon + 2_000,
      seenAt: noon + 6_000,
      takenAt: noon + 11_000,
      arrivedAt: noon + 48_000,
    },
    { personId: 'li', toldAt: noon + 2_000 },
  ],
  steps: [{ verb: 'tick', at: noon + 65_000, by: { kind: 'person', id: 'li', role: 'officer' }, about: 'power' }],
  ticked: ['power'],
})

describe('the takeover', () => {
  const at = noon + 144_000
  it('[SN14] 1, 3 and 5 minutes stand on one axis at true scale; the next one is marked and turns yellow from 80 %', () => {
    const rows = deadlines(fire, book, at, () => undefined)
    expect(rows.map((row) => [row.from, row.to])).toEqual([
      [0, 0.2],
      [0.2, 0.6],
      [0.6, 1],
    ])
    expect(rows.map((row) => row.digits)).toEqual(['0:48', '0:36', '2:36'])
    expect(rows.map((row) => row.lamp)).toEqual(['met', 'late', 'ok'])
    expect(rows.map((row) => row.isNext)).toEqual([false, true, false])
    expect(rows[0]?.who).toBe('已到，周建平')
  })
  it('[SN14] labels along the axis never stand on each other; the dots all stay', () => {
    const busy = {
      ...fire,
      told: Array.from({ length: 9 }, (_, i) => ({ personId: 'li', toldAt: noon, arrivedAt: noon + i * 4_000 })),
    } as Case
    const dots = axisDots(busy, book, 300_000)
    expect(dots).toHaveLength(9)
    const labelled = dots.filter((dot) => dot.words !== '')
    for (const [i, dot] of labelled.entries())
      if (i > 0) expect(dot.at - (labelled[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(0.1)
  })
  it('[SN15] receipts run from the first report; half a minute without a look is said', () => {
    const rows = receiptRows(fire, book, at, () => undefined)
    expect(rows[0]).toMatchObject({ delivered: '0:02', seen: '0:06', taken: '0:11', arrived: '0:48', isThere: true })
    expect(rows[1]).toMatchObject({ delivered: '—', seen: '未看', isUnseen: true, arrived: '—' })
  })
  it('[SN338] eight know and there is room for seven: that one more does is said; where there is room nothing is', () => {
    const told = Array.from({ length: 8 }, (_, i) => ({ personId: `p${i}`, toldAt: noon }))
    const rows = receiptRows({ ...fire, told } as unknown as Case, book, at, () => undefined)
    expect(roomFor(rows, 7)).toEqual({ rows: rows.slice(0, 7), rest: '另有 1 人' })
    expect(roomFor(rows, 8)).toEqual({ rows, rest: '' })
  })
  it('[SN172] who was called again says how often; the next rung says when it is climbed and to whom', () => {
    const climbs = {
      ...scenario,
      ladder: [{ words: { zh: '再呼一次', en: 'Again' } }, { words: { zh: '报站长', en: 'Chief' } }],
    }
    const called = {
      ...fire,
      told: [{ personId: 'li', toldAt: noon, calls: 2, calledAt: noon + 90_000 }],
      calling: { rung: 1, round: 0, at: noon + 120_000, since: noon },
    } as unknown as Case
    const climbing = { ...book, scenarioOf: () => climbs as unknown as Scenario }
    expect(receiptRows(called, climbing, at, () => undefined)[0]?.name).toBe('李志强 呼 2 次')
    expect(nextCall(called, climbing)).toBe('12:02:00 升级：报站长')
    expect(nextCall(fire, climbing)).toBeNull()
  })
  it('[SN15] on the close map a line leads here only from who has taken it and is not there yet', () => {
    const mark = (id: string) => ({
      id,
      at: [121.47, 31.2] as [number, number],
      surname: '李',
      trail: [],
      goingTo: [121.4, 31.1] as [number, number],
    })
    const told = [
      { personId: 'here', toldAt: noon, takenAt: noon, arrivedAt: noon },
      { personId: 'coming', toldAt: noon, takenAt: noon },
    ]
    const shown = toldPeople(['here', 'coming', 'other'].map(mark), { ...fire, told } as unknown as Case)
    expect(shown.map((one) => [one.id, one.goingTo])).toEqual([
      ['here', null],
      ['coming', fire.wgs84],
    ])
  })
  it('[SN16] 签收 comes first with its own limit and its lamp; done steps go last with when', () => {
    const rows = nextRows(fire, book, noon + 150_000)
    expect(rows[0]).toMatchObject({ words: '签收', isFirst: true, lamp: 'late', who: '陈海峰，限 12:03:00' })
    expect(rows.at(-1)).toMatchObject({ words: '断电', isDone: true, who: '1:05' })
  })
})

it('[SN170] what is put aside takes no wall, asks for no signature and is not pinned; on hold it is not 未派', () => {
  const aside = aCase({ level: 1, shelved: { since: noon, until: noon + 1, reason: '动火', by: 'chen' } } as never)
  const held = aCase({
    stage: 'filed',
    held: { since: noon, until: noon + 1, reason: '等配件', by: 'li', grantedBy: 'zhou' },
  } as never)
  expect(takesWall(aCase({ level: 1 }))).toBe(true)
  expect(takesWall(aside)).toBe(false)
  expect(figuresOf([aside, held], noon)).toMatchObject({ level1: [], undispatched: [] })
  expect(streamOf([aside], 4).pinned).toEqual([])
})

it('[SN170] the figure, the map, the stream and the takeover mean the same by what waits and what is unsigned', () => {
  const aside = { shelved: { since: noon, until: noon + 1, reason: '动火', by: 'chen' } }
  const all = stages.flatMap((stage) =>
    levels.flatMap((level) =>
      [{}, { unsure: true }].flatMap((doubt) =>
        [{}, aside].flatMap((quiet) =>
          [{}, signed].map((sign) => aCase({ stage, level, ...doubt, ...quiet, ...sign })),
        ),
      ),
    ),
  )
  const waiting = all.filter(isWaiting)
  const unsigned = all.filter(isUnsigned)
  const { level1, level2 } = figuresOf(all, noon)
  expect(new Set([...level1, ...level2])).toEqual(new Set(unsigned))
  expect(all.filter((subject) => caseMark(subject, noon, '').isWaiting)).toEqual(unsigned)
  expect(new Set(streamOf(all, all.length).pinned)).toEqual(
    new Set(waiting.filter((subject) => subject.level === 1 || unsigned.includes(subject))),
  )
  expect(queueOf(all)).toEqual(waiting.filter((subject) => subject.level === 1))
  // Seven open stages: signed for or not by four levels wait, I and II of those not signed for call.
  expect([waiting.length, unsigned.length]).toEqual([7 * 4 * 2, 7 * 2])
})

it('[SN171] a dead alarm path is the first thing to do; while all work, the oldest check is shown', () => {
  const path = (name: string, change: object) => ({ name, at: noon, milliseconds: 30, down: false, ...change })
  expect(pathWords([path('sanping', {}), path('frigate', { at: noon - 60_000 })])).toEqual({
    words: '通路 11:59 通',
    isDown: false,
  })
  expect(pathWords([path('sanping', {}), path('frigate', { down: true })])).toEqual({
    words: '告警通路不通',
    isDown: true,
  })
  expect(pathWords([]).words).toBe('线路延迟')
  expect(whatNow(figuresOf([aCase({ level: 1 })], noon), 0, 1)[0]).toBe('先查 1 条不通的告警通路，')
})

it('[SN173] whose turn is another one is missed by nobody; who has no turns at all is, while off duty', () => {
  const off = [person('wu', '吴磊', { onDuty: false }), person('sun', '孙莉', { onDuty: false })]
  const shift = { id: 's', personId: 'wu', post: 'grid', placeId: 'north', from: noon, to: noon + 1 }
  const due = dueOf([...people, ...off], [shift] as never)
  expect(due.map((one) => one.id)).toEqual(['zhou', 'li', 'chen', 'sun'])
})

describe('who is next on watch', () => {
  const hour = 60 * minute
  const officer = (id: string, name: string, change: Partial<Person> = {}) =>
    person(id, name, { role: 'duty-officer', post: 'command', onDuty: false, ...change })
  const staff = [
    officer('chen', '陈海峰', { onDuty: true, dutyUntil: noon + 8 * hour }),
    officer('gao', '高原'),
    officer('lin', '林晓燕'),
  ]
  const turn = (personId: string, from: number, to: number, post: Post = 'command') =>
    ({
      id: `${personId}${from}`,
      personId,
      post,
      placeId: 'town',
      from: noon + from * hour,
      to: noon + to * hour,
    }) as Shift
  /** What the header says of it, and the last line of 在岗. */
  const said = (shifts: readonly Shift[]) => {
    const next = nextOnWatch(staff, shifts, noon)
    const relief = rosterRows([], next, [], new Map(), [], noon).find((row) => row.key === 'next')
    return [watchLines(staff, next).until, relief && `${relief.post} ${relief.name}`]
  }

  it('[SN188] it is whose turn of the watch begins next, whoever stands first among the accounts', () => {
    const shifts = [turn('gao', 20, 32), turn('lin', 8, 20), turn('chen', -4, 8), turn('li', 1, 9, 'grid')]
    expect(said(shifts)).toEqual(['至 20:00，接 林晓燕', '20:00 接班 林晓燕'])
  })
  it('[SN188] nobody relieves themself: a turn that goes on from the last is not the next', () => {
    const shifts = [turn('chen', -4, 2), turn('chen', 2, 8), turn('lin', 8, 20)]
    expect(said(shifts)).toEqual(['至 20:00，接 林晓燕', '20:00 接班 林晓燕'])
  })
  it('[SN188] with a gap between, it is not said that one takes over from the other; past a day the day is named', () => {
    expect(said([turn('chen', -4, 8), turn('gao', 20, 32)])).toEqual(['至 20:00', '08:00 接班 高原'])
    expect(said([turn('chen', -4, 8), turn('chen', 26, 32)])).toEqual(['至 20:00', '明日 14:00 接班 陈海峰'])
  })
  it('[SN188] where the roster names nobody after now, nobody is named, nor anybody the wall does not know', () => {
    expect(said([turn('chen', -4, 8), turn('gone', 8, 20)])).toEqual(['至 20:00', undefined])
  })
  it('[SN188] only where no turn of the watch is kept it goes by the accounts', () => {
    expect(said([turn('li', 1, 9, 'grid')])).toEqual(['至 20:00，接 高原', '20:00 接班 高原'])
  })
})

describe('the leader line', () => {
  const box = { width: 1840, height: 1426 }
  it('[SN17] runs straight to the edge beside open space, else slants to where there is some', () => {
    expect(leaderPath({ x: 1000, y: 320 }, box, 1, 50).points).toBe('1050,320 1840,320')
    const low = leaderPath({ x: 400, y: 1200 }, box, 1, 50)
    expect(low.points.split(' ')).toHaveLength(3)
    expect(low.bottom).toBeGreaterThan(box.height * 0.7)
  })
})

it('[SN18] every sentence of the wall exists in both languages with the same places to fill', () => {
  const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort()
  expect(Object.keys(wallWords.en)).toEqual(Object.keys(wallWords.zh))
  for (const key of Object.keys(wallWords.zh) as (keyof typeof wallWords.zh)[])
    expect([key, ...places(wallWords.en[key])]).toEqual([key, ...places(wallWords.zh[key])])
})
