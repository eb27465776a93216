// The desk's other pages, their thinking: quiet windows, devices and mappings, quarantine, figures, hygiene, a rule tried, the table of who answers.
import { afterEach, describe, expect, it } from 'vitest'
import type { Window } from '#contract/duty'
import type { DryRunCount } from '#contract/dry-run'
import type { DeviceState } from '#contract/devices'
import type { CameraHygiene } from '#contract/hygiene'
import type { Instant, PersonId, PlaceId, WindowId } from '#contract/ids'
import type { KpiFigure, KpiRow } from '#contract/kpi'
import type { QuarantineLabel } from '#contract/quarantine'
import { planHours, roundTop } from '../../dashboard/charts/hours.ts'
import { findSpots } from '../../dashboard/parts/spots.ts'
import {
  bySilence,
  countsBy,
  deviceRows,
  mapOfRows,
  pick,
  rowsOfMap,
} from '../../dashboard/screens/desk/pages/devices.ts'
import { ordered, ticksOf, wrongShare } from '../../dashboard/screens/desk/pages/hygiene.ts'
import { byScore, countSaid, isCut, rowName, shareSaid, spanOf } from '../../dashboard/screens/desk/pages/kpi.ts'
import { byReason, bySender, mendedByMapping, readable, sift } from '../../dashboard/screens/desk/pages/quarantine.ts'
import { readTable, sorted, standing } from '../../dashboard/screens/desk/pages/responsibility.ts'
import {
  changed,
  compared,
  draftOf,
  readScenario,
  toldCompared,
} from '../../dashboard/screens/desk/pages/tried-rule.ts'
import { missingIn, putAside, quietBy, windowOf, windowsBy } from '../../dashboard/screens/desk/pages/windows.ts'
import type { Draft } from '../../dashboard/screens/desk/pages/windows.ts'
import { facts, now, sample } from '../../dashboard/screens/gallery/samples.ts'
import { fieldOf } from '../../dashboard/words/moments.ts'
import { language } from '../../dashboard/words/words.ts'
import { aSourceState } from '../suites/source-state.ts'

const hour = 3_600_000
const day = 24 * hour
afterEach(() => (language.value = 'zh'))

describe('quiet', () => {
  const window = (id: string, from: number, until: number): Window => ({
    ...{ id: id as WindowId, kind: 'control', placeId: 'b' as PlaceId, reason: '演练', by: 'zhou' as PersonId },
    ...{ from: now + from * hour, until: now + until * hour },
  })

  it('[SN149] windows stand by whether they are open, coming or over; what ends first stands first', () => {
    const all = [window('long', -1, 5), window('over', -3, -1), window('short', -1, 1), window('later', 2, 3)]
    const { open, coming, over } = windowsBy(all, now)

    expect([open, coming, over].map((list) => list.map(({ id }) => id))).toEqual([
      ['short', 'long'],
      ['later'],
      ['over'],
    ])
  })

  it('[SN149] a window lasts from its first millisecond to the one before its end', () => {
    expect(windowsBy([window('a', 0, 1)], now).open.length).toBe(1)
    expect(windowsBy([window('a', -1, 0)], now).over.length).toBe(1)
  })

  it('[SN150] says the one thing that is missing, and nothing once it may be opened', () => {
    const spot = { kind: 'camera' as const, id: 'cam-1', words: '', kindWords: '', rank: 0 }
    const whole: Draft = {
      ...{ kind: 'shelved', spot, scenarioId: '', matter: '', from: null },
      ...{ until: now + hour, reason: '反光' },
    }

    expect(missingIn(whole, now)).toBeNull()
    expect(missingIn({ ...whole, spot: null }, now)).toBe('spot')
    expect(missingIn({ ...whole, until: null }, now)).toBe('until')
    expect(missingIn({ ...whole, until: now }, now)).toBe('past')
    expect(missingIn({ ...whole, from: now + 2 * hour }, now)).toBe('past')
    expect(missingIn({ ...whole, until: now + 7 * day }, now)).toBeNull()
    expect(missingIn({ ...whole, until: now + 7 * day + 1 }, now)).toBe('long')
    expect(missingIn({ ...whole, reason: '  ' }, now)).toBe('reason')
    expect(windowOf({ ...whole, matter: 'smoke', scenarioId: 'fire' }, 'w' as WindowId, now)).toEqual({
      ...{ id: 'w', kind: 'shelved', cameraId: 'cam-1', matter: 'smoke' },
      ...{ from: now, until: now + hour, reason: '反光' },
    })
  })

  it('[SN151] what is put aside stands by when it comes back, and a window names what it keeps quiet', () => {
    const shelved = (until: number, windowId?: string) =>
      sample({
        shelved: {
          ...{ since: now, until: now + until, reason: '', by: 'zhou' as PersonId },
          ...(windowId ? { windowId: windowId as WindowId } : {}),
        },
      })
    const [late, soon] = [shelved(5 * hour, 'w'), shelved(hour)]
    const ended = { ...shelved(hour, 'w'), stage: 'void' as const }

    expect(putAside([late, sample(), soon, ended]).map(({ id }) => id)).toEqual([soon.id, late.id])
    expect(quietBy([late, soon, ended], 'w' as WindowId).map(({ id }) => id)).toEqual([late.id])
  })

  it('[SN150] a spot is found by a few letters, those that begin with them first, the widest where nothing is typed', () => {
    const spot = (words: string, rank: number) => ({ kind: 'place' as const, id: words, words, kindWords: '', rank })
    const spots = [spot('桥一 3 号车棚', 7), spot('车棚路', 6), spot('五里桥街道', 2)]

    expect(findSpots(spots, '车棚').map(({ id }) => id)).toEqual(['车棚路', '桥一 3 号车棚'])
    expect(findSpots(spots, '3号').map(({ id }) => id)).toEqual(['桥一 3 号车棚'])
    expect(findSpots(spots, '')[0]?.id).toBe('五里桥街道')
  })
})

describe('devices', () => {
  const device = (id: string, state: DeviceState['state'], heardAt: number | null): DeviceState => ({
    ...{ kind: 'camera', id: id as DeviceState['id'], placeId: null, caseId: null },
    ...{ state, heardAt },
  })
  const rows = deviceRows(
    [
      device('fine', 'online', 5),
      device('gone', 'offline', 2),
      device('late', 'silent', 3),
      device('older', 'silent', 1),
    ],
    ({ id }) => ({ name: `镜头 ${id}`, where: '桥一' }),
  )

  it('[SN152] what is silent stands first, the longest silent before the others', () => {
    expect(rows.map(({ id }) => id)).toEqual(['older', 'late', 'gone', 'fine'])
    expect(countsBy(rows)).toEqual({ all: 4, silent: 2, offline: 1, never: 0, online: 1 })
    expect(pick(rows, 'silent', 'LATE').map(({ id }) => id)).toEqual(['late'])
  })

  it('[SN152] a sender that is silent or has messages in quarantine stands before one that is well; a withdrawn one last', () => {
    const source = aSourceState
    const all = [
      source('well', {}),
      source('gone', { withdrawnAt: 1, state: 'silent' }),
      source('kept', { inQuarantine: 3 }),
      source('silent', { state: 'silent' }),
    ]

    expect(bySilence(all).map(({ id }) => id)).toEqual(['silent', 'kept', 'well', 'gone'])
  })

  it('[SN153] a mapping half filled, or with one word named twice, is none; an empty row is nothing', () => {
    expect(mapOfRows(rowsOfMap({ smoke_detected: 'smoke' }))).toEqual({ smoke_detected: 'smoke' })
    expect(
      mapOfRows([
        { theirs: ' a ', ours: 'smoke' },
        { theirs: '', ours: ' ' },
      ]),
    ).toEqual({ a: 'smoke' })
    expect(mapOfRows([{ theirs: 'a', ours: '' }])).toBeNull()
    expect(
      mapOfRows([
        { theirs: 'a', ours: 'x' },
        { theirs: 'a', ours: 'y' },
      ]),
    ).toBeNull()
  })
})

describe('quarantine', () => {
  const row = (id: string, change: Partial<QuarantineLabel>): QuarantineLabel => ({
    ...{ id: id as QuarantineLabel['id'], at: now, sourceId: 's' as QuarantineLabel['sourceId'], dialect: 'sanping' },
    ...{ contentType: 'application/json', refusal: 'matter-unknown', words: '', bytes: 2, times: 1 },
    ...{ triedAt: null, replayed: null },
    ...change,
  })
  const rows = [
    row('old', { at: now - hour }),
    row('new', {}),
    row('xml', { refusal: 'bad-xml', sourceId: null }),
    row('done', { replayed: { at: now, by: 'chen', answers: [] } }),
  ]

  it('[SN154] what waits and what was replayed are two lists, the newest first, sifted by why and from whom', () => {
    const all = { refusal: '', sourceId: '', isOver: false } as const

    expect(sift(rows, all).map(({ id }) => id)).toEqual(['new', 'xml', 'old'])
    expect(sift(rows, { ...all, isOver: true }).map(({ id }) => id)).toEqual(['done'])
    expect(sift(rows, { ...all, sourceId: 'nobody' }).map(({ id }) => id)).toEqual(['xml'])
    expect(byReason(rows)).toEqual([
      { key: 'matter-unknown', rows: 3 },
      { key: 'bad-xml', rows: 1 },
    ])
    expect(bySender(rows)[1]).toEqual({ key: 'nobody', rows: 1 })
  })

  it('[SN155] a body is set out to be read and never a word of it changed; what is no text is not guessed at', () => {
    const whole = (text: string) => readable({ ...row('a', {}), text })

    expect(whole('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(whole('{"a":')).toBe('{"a":')
    expect(whole('<?xml version="1.0"?><a><b x="1">烟</b><c/></a>')).toBe(
      '<?xml version="1.0"?>\n<a>\n  <b x="1">烟</b>\n  <c/>\n</a>',
    )
    expect(whole('<a><b></a>')).toBe('<a>\n  <b>\n  </a>')
    expect(readable({ ...row('a', {}), base64: 'AA==' })).toBeNull()
  })

  it('[SN153] only a word we do not know is mended by a mapping', () => {
    expect([mendedByMapping('matter-unknown'), mendedByMapping('camera-unknown'), mendedByMapping('bad-json')]).toEqual(
      ['matters', 'cameras', null],
    )
  })
})

describe('the figures', () => {
  const figure = (change: Partial<KpiFigure> = {}): KpiFigure => ({
    ...{ name: 'filed-in-time', share: null, numerator: [], denominator: [] },
    ...change,
  })

  it('[SN156] nothing to judge is no figure: a dash, never 0 %', () => {
    expect([shareSaid(null), shareSaid(0), shareSaid(1), shareSaid(0.9583)]).toEqual(['—', '0%', '100%', '95.8%'])
  })

  it('[SN157] counts are the true ones where the list came cut, and a cut list is known as one', () => {
    const ids = ['1', '2'] as never[]
    const cut = figure({ numerator: ids, denominator: ids, counts: { numerator: 2, denominator: 900 } })

    expect([countSaid(cut), isCut(cut), isCut(figure({ numerator: ids, denominator: ids }))]).toEqual([
      '2/900',
      true,
      false,
    ])
  })

  it('[SN158] the spans are whole local days and months, and none reaches into the future', () => {
    const said = (['month', 'last-month', 'week'] as const).map((name) => {
      const { from, to } = spanOf(name, now)
      return [fieldOf(from), fieldOf(to)]
    })

    expect(said).toEqual([
      ['2026-11-01T00:00', fieldOf(now)],
      ['2026-10-01T00:00', '2026-11-01T00:00'],
      ['2026-11-14T00:00', fieldOf(now)],
    ])
  })

  it('[SN158] the whole stands first, then by score; who cannot be judged stands last', () => {
    const row = (key: string, score: number | null): KpiRow => ({ key, score, figures: [], spreads: [], grade: null })
    const rows = byScore([row('li', 70), row('new', null), row('all', 60), row('chen', 90)])

    expect(rows.map(({ key }) => key)).toEqual(['all', 'chen', 'li', 'new'])
    expect(rowName(facts, 'person', { key: 'li' })).toBe('李强')
    expect(rowName(facts, 'post', { key: 'grid' })).toBe('网格')
    expect(rowName(facts, 'place', { key: 'nowhere' })).toBe('nowhere')
  })
})

describe('alarm hygiene', () => {
  const camera = (id: string, wrong: number, judged: number, change: Partial<CameraHygiene> = {}): CameraHygiene => ({
    ...{ cameraId: id as CameraHygiene['cameraId'], matter: 'smoke', reports: judged, repeats: 0 },
    falseAlarms: Array(wrong).fill('c') as CameraHygiene['falseAlarms'],
    judged: Array(judged).fill('c') as CameraHygiene['judged'],
    ...{ worstTenMinutes: 1, chattering: false, lastAt: now },
    ...change,
  })

  it('[SN159] the camera that is wrong most often stands first, of two alike the one with more behind it, one not judged last', () => {
    const rows = ordered(
      [camera('none', 0, 0), camera('one', 1, 1), camera('many', 9, 9), camera('half', 2, 4)],
      'wrong',
    )

    expect(rows.map(({ cameraId }) => cameraId)).toEqual(['many', 'one', 'half', 'none'])
    expect(wrongShare(camera('none', 0, 0))).toBeNull()
  })

  it('[SN159] an hour that is not there is an hour in which nothing came', () => {
    const hours = [{ at: now, all: 40, part: 10, marked: true }]
    const { bars, top } = planHours(hours, now - 23 * hour, now + hour)

    expect([top, bars.length, bars[0]?.all, bars[0]?.part]).toEqual([50, 1, 80, 20])
    expect([roundTop(1), roundTop(11), roundTop(51), roundTop(200)]).toEqual([1, 20, 100, 200])
    expect(ticksOf(now - day, now).length).toBeGreaterThan(4)
    expect(ticksOf(now - 30 * day, now).length).toBeLessThan(10)
  })
})

describe('a rule tried', () => {
  const scenario = facts.scenarios.get('bike-shed-fire')!
  const ladder: typeof scenario.ladder = [
    {
      ...{ name: 'chief', words: { zh: '站长', en: 'Chief' }, until: 'acknowledge', tell: [], again: false, atMost: 1 },
      after: { amount: 3, unit: 'minutes' },
    },
  ]
  const rule = { ...scenario, ladder }

  it('[SN160] what is not turned stays as it is in force', () => {
    expect(changed(rule, draftOf(rule))).toEqual(rule)
    const draft = { ...draftOf(rule), sureFrom: 0.8, rungs: [{ name: 'chief', after: 1 }] }
    expect(changed(rule, draft)).toEqual({
      ...rule,
      sureFrom: 0.8,
      ladder: [{ ...ladder[0], after: { amount: 1, unit: 'minutes' } }],
    })
    const likely = changed(rule, { ...draftOf(rule), isLikely: true, likelyMetres: 90, likelyMinutes: 40 })
    expect(likely.likely).toEqual({ metres: 90, minutes: 40, groups: [] })
  })

  it('[SN160] text that is no scenario, or another one, is said to be so and not sent', () => {
    expect(readScenario('{', rule)).toHaveProperty('wrong')
    expect(readScenario('[]', rule)).toHaveProperty('wrong')
    expect(readScenario(JSON.stringify({ ...rule, id: 'other' }), rule)).toHaveProperty('wrong')
    expect(readScenario(JSON.stringify(rule), rule)).toEqual({ scenario: rule })
  })

  it('[SN161] both sides stand beside each other with what changed, and whoever is called more or less', () => {
    const count = (change: Partial<DryRunCount>): DryRunCount => ({
      ...{ opened: 5, joined: 2, unsure: 0, candidates: 0, told: 9, toldBy: [] },
      byLevel: { 1: 1, 2: 1, 3: 2, 4: 1 },
      ...change,
    })
    const li = (times: number) => [{ personId: 'li' as PersonId, times }]
    const run = { then: count({ toldBy: li(4) }), now: count({ opened: 3, joined: 4, toldBy: li(1) }) }

    expect(
      compared(run)
        .slice(0, 3)
        .map(({ change }) => change),
    ).toEqual(['\u22122', '+2', ''])
    expect(toldCompared(run)).toEqual([{ personId: 'li', then: 4, now: 1 }])
  })
})

describe('who answers', () => {
  const today = '2026-11-20'
  const row = (change: object) =>
    ({ placeId: 'b' as PlaceId, body: '桥一物业', from: '2026-01-01', ...change }) as never

  it('[SN162] a row holds on its first and its last day', () => {
    expect(standing(row({ from: today, until: today }), today)).toBe('now')
    expect(standing(row({ from: '2026-11-21' }), today)).toBe('coming')
    expect(standing(row({ until: '2026-11-19' }), today)).toBe('over')
    expect(sorted([row({ until: '2026-11-19', body: '旧' }), row({})], facts, today)[0]?.body).toBe('桥一物业')
  })

  it('[SN163] a table with a fault in it is not sent: every fault is named with its row', () => {
    const table = (rows: unknown[]) => JSON.stringify({ rows, coverage: [] })

    expect(readTable(table([row({})]), facts)).toHaveProperty('table')
    expect(readTable('{"rows":[]}', facts)).toHaveProperty('faults')
    expect(readTable('nonsense', facts)).toHaveProperty('faults')
    const wrong = readTable(table([row({}), row({ placeId: 'nowhere', personId: 'li', until: '2025-01-01' })]), facts)
    expect('faults' in wrong && wrong.faults).toHaveLength(3)
    expect('faults' in wrong && wrong.faults.every((fault) => fault.includes('2'))).toBe(true)
  })
})

describe('moments', () => {
  it('[SN142] stand in a field as the sub-district’s clock has them', () => {
    expect(fieldOf(Date.parse('2026-11-20T23:59:59+08:00') as Instant)).toBe('2026-11-20T23:59')
  })
})
