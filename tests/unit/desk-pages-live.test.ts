// @vitest-environment happy-dom
// The desk's other pages as a person opens them: what they say when there is something, nothing, and no answer; what they wish.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import type { Case } from '#contract/case'
import type { KeepingWish, ScreenCommand } from '#contract/command'
import type { Duty, Shift } from '#contract/duty'
import type { CommandId } from '#contract/ids'
import type { KpiAnswer, KpiName } from '#contract/kpi'
import { kpiNames } from '#contract/kpi'
import type { Role } from '#contract/roles'
import CaseSheet from '../../dashboard/screens/desk/pages/CaseSheet.vue'
import DevicesPage from '../../dashboard/screens/desk/pages/DevicesPage.vue'
import DailyReportPage from '../../dashboard/screens/desk/pages/DailyReportPage.vue'
import HygienePage from '../../dashboard/screens/desk/pages/HygienePage.vue'
import KpiPage from '../../dashboard/screens/desk/pages/KpiPage.vue'
import NeighboursPage from '../../dashboard/screens/desk/pages/NeighboursPage.vue'
import PastPage from '../../dashboard/screens/desk/pages/PastPage.vue'
import QuarantinePage from '../../dashboard/screens/desk/pages/QuarantinePage.vue'
import ResponsibilityPage from '../../dashboard/screens/desk/pages/ResponsibilityPage.vue'
import RosterPage from '../../dashboard/screens/desk/pages/RosterPage.vue'
import ScenariosPage from '../../dashboard/screens/desk/pages/ScenariosPage.vue'
import WindowsPage from '../../dashboard/screens/desk/pages/WindowsPage.vue'
import { facts, now, people, sample } from '../../dashboard/screens/gallery/samples.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useRequests } from '../../dashboard/stores/requests.ts'
import { language } from '../../dashboard/words/words.ts'
import { aSourceState } from '../suites/source-state.ts'

vi.mock('../../dashboard/map/MapView.vue', () => ({ default: { template: '<i />' } }))

const hour = 3_600_000
const nothing: Duty = { shifts: [], handOvers: [], windows: [] }
const turn: Shift = {
  ...{
    id: 'night' as Shift['id'],
    personId: 'li' as Shift['personId'],
    post: 'grid',
    placeId: 'b' as Shift['placeId'],
  },
  ...{ from: now - hour, to: now + 11 * hour },
}
const formulas = Object.fromEntries(
  kpiNames.map((name) => {
    const words = { zh: '说明', en: 'said' }
    return [name, { words, numerator: words, denominator: words, weight: 10, better: 'more' }]
  }),
) as KpiAnswer['formulas']
const closed = sample({ stage: 'closed', disposition: 'solved', endedAt: now })
const figure = (name: KpiName) => ({ name, share: 1, numerator: [closed.id], denominator: [closed.id] })

/** What the server says where there is something to say. */
const full: Record<string, unknown> = {
  '/api/devices': {
    at: now,
    devices: [
      { kind: 'camera', id: 'cam-001-07', placeId: 'a', heardAt: now - hour, state: 'silent', caseId: closed.id },
    ],
    sources: [
      aSourceState('edge', {
        ...{ name: '边缘盒子', heardAt: now, taken: 3, refused: 1, inQuarantine: 1 },
        matters: { smoke_on: 'open-fire' },
      }),
    ],
    paths: [{ name: 'http/sanping', at: now, milliseconds: 31, down: false }],
  },
  '/api/kpi': {
    ...{ from: now - hour, to: now, cut: 'post', formulas },
    rows: [
      {
        ...{ key: 'all', score: 91.2, grade: 'excellent', figures: kpiNames.map(figure) },
        spreads: [{ phase: 'whole', p50: hour, p90: 2 * hour, cases: [closed.id] }],
      },
    ],
  },
  '/api/hygiene': {
    ...{ from: now - 24 * hour, to: now, stale: [closed.id] },
    cameras: [
      {
        ...{ cameraId: 'cam-001-07', matter: 'open-fire', reports: 4, repeats: 40, worstTenMinutes: 12 },
        ...{ falseAlarms: [closed.id], judged: [closed.id], chattering: true, lastAt: now },
      },
    ],
    hours: [{ at: now - hour, reports: 30, opened: 12, flood: true }],
    sources: [{ sourceId: 'edge', reports: 4, falseAlarms: 1 }],
  },
  '/api/quarantine': {
    kept: [
      {
        ...{ id: 'q-1', at: now, sourceId: 'edge', dialect: 'hikvision', contentType: 'application/xml', times: 2 },
        ...{ refusal: 'matter-unknown', words: '「smoke」不对应任何事项', bytes: 20, triedAt: null, replayed: null },
      },
    ],
    counts: [],
    dropped: [],
  },
  '/api/quarantine/q-1': {
    ...{ id: 'q-1', at: now, sourceId: 'edge', dialect: 'hikvision', contentType: 'application/xml', times: 2 },
    ...{ refusal: 'matter-unknown', words: '「smoke」不对应任何事项', bytes: 20, triedAt: null, replayed: null },
    text: '<a><b>&lt;img src=x onerror=alert(1)&gt;</b><script>alert(1)</script></a>',
  },
  '/api/responsibility': {
    version: '3',
    rows: [{ placeId: 'b', body: '桥一物业', from: '2026-01-01' }],
    coverage: [{ level: 'street-block', post: 'grid', least: 2 }],
  },
  '/api/scenarios': {
    scenarios: [...facts.scenarios.values()],
    own: [],
    calendar: 'c',
    older: [],
    faults: [{ file: 'bike-shed-fire.json', path: 'clocks[0]', words: { zh: '少了 limit', en: 'limit is missing' } }],
  },
}
Object.assign(full, {
  '/api/daily': {
    ...{ from: now - 24 * hour, to: now, at: now },
    cases: [
      {
        ...{ id: closed.id, scenarioId: closed.scenarioId, matter: closed.matter, level: 1, path: closed.path },
        ...{ isAsked: false, openedAt: now - hour, dispatchedAt: null, arrivedAt: null, endedAt: now },
        ...{ stage: 'closed', disposition: 'solved', unsure: false },
      },
    ],
  },
  '/api/neighbours': {
    neighbours: [
      {
        ...{ id: 'district', name: '黄浦区城运平台', kind: 'webhook', toldOf: {}, host: 'district.example' },
        ...{ waiting: 1, dead: 1, taken: 0, takenAt: null, waitingSince: now - hour },
        paused: { at: now, why: '对方检修' },
      },
    ],
    deliveries: [
      {
        ...{ id: 'd-1', neighbourId: 'district', caseId: closed.id, type: 'cn.sanping.case.opened.v1' },
        ...{
          madeAt: now - hour,
          state: 'dead',
          tries: 2,
          nextAt: null,
          triedAt: now - hour,
          answer: '422 缺少 gridCode',
        },
      },
      {
        ...{ id: 'd-2', neighbourId: 'district', caseId: null, type: 'test', madeAt: now - hour, state: 'waiting' },
        ...{ tries: 0, nextAt: now - hour, triedAt: null, answer: null },
      },
    ],
  },
})
const empty: Record<string, unknown> = {
  '/api/daily': { from: now - 24 * hour, to: now, at: now, cases: [] },
  '/api/neighbours': { neighbours: [], deliveries: [] },
  '/api/devices': { at: now, devices: [], sources: [], paths: [] },
  '/api/kpi': { from: now - hour, to: now, cut: 'post', formulas, rows: [] },
  '/api/hygiene': { from: now - 24 * hour, to: now, stale: [], cameras: [], hours: [], sources: [] },
  '/api/quarantine': { kept: [], counts: [], dropped: [] },
  '/api/responsibility': { version: 'none', rows: [], coverage: [] },
  '/api/scenarios': { scenarios: [], own: [], calendar: 'c', older: [], faults: [] },
}

interface Asked {
  url: string
  body: unknown
}
let close = () => {}
beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
})
afterEach(() => {
  close()
  language.value = 'zh'
})

async function open(
  page: Component,
  {
    role = 'duty-officer',
    duty = nothing,
    cases = [],
    answers = full,
  }: { role?: Role; duty?: Duty; cases?: Case[]; answers?: Record<string, unknown> | null } = {},
  props: object = {},
) {
  const board = useBoard()
  board.hear({
    what: 'welcome',
    welcome: {
      ...{ viewer: { personId: 'zhou' as never, name: '周敏', role, placeIds: ['b' as never] }, people, presences: [] },
      ...{ scenarios: [...facts.scenarios.values()], silent: [], build: 'b', demo: false, at: now },
      ...{ board: null, patch: null },
    },
  })
  board.hear({
    what: 'look',
    look: { state: 'live', since: 0, lastAt: now, lagMs: 9, offsetMs: now - Date.now(), pace: 1 },
  })
  board.hear({
    what: 'board',
    board: {
      ...{ journal: 'j', revision: 1, at: now, tallies: new Map(), duty },
      linkage: { spotlight: null, casts: [] },
      cases: new Map(cases.map((one) => [one.id, one])),
    },
  })
  board.tick(Date.now())
  const wishes: KeepingWish[] = []
  useRequests().attach(async (command: ScreenCommand) => {
    wishes.push(command.wish as KeepingWish)
    return { ok: true, commandId: command.id as CommandId, revision: 2 }
  })
  const asked: Asked[] = []
  const server = { answers }
  const fetch = (async (url: string, init?: RequestInit) => {
    asked.push({ url, body: init?.body ? JSON.parse(String(init.body)) : null })
    if (!server.answers) throw new TypeError('no network in this test')
    const found = server.answers[new URL(url, 'http://desk').pathname]
    return new Response(JSON.stringify(found ?? { ok: false, refusal: 'case-not-found', words: '没有这件案件' }), {
      status: found ? 200 : 404,
    })
  }) as typeof globalThis.fetch
  const mounted = mount(page, { props: { facts, town: null, fetch, ...props }, attachTo: document.body })
  close = () => mounted.unmount()
  await flushPromises()
  return { page: mounted, asked, wishes, server }
}
type Opened = Awaited<ReturnType<typeof open>>['page']
const press = async (page: Opened, words: string | RegExp) => {
  const fits = (text: string) => (typeof words === 'string' ? text === words : words.test(text))
  const button = page.findAll('button').find((one) => fits(one.text().replace(/\s+/g, ' ').trim()))
  if (!button) throw new Error(`no button ${words} in: ${page.text()}`)
  await button.trigger('click')
  await flushPromises()
}

const pages: Record<string, Component> = {
  roster: RosterPage,
  windows: WindowsPage,
  devices: DevicesPage,
  kpi: KpiPage,
  hygiene: HygienePage,
  daily: DailyReportPage,
  past: PastPage,
  quarantine: QuarantinePage,
  responsibility: ResponsibilityPage,
  scenarios: ScenariosPage,
  neighbours: NeighboursPage,
}

describe('each page', () => {
  for (const [name, page] of Object.entries(pages))
    for (const tongue of ['zh', 'en'] as const)
      it(`[SN168] ${name} has no hole in its sentences, whether it is full or empty, in ${tongue}`, async () => {
        language.value = tongue
        const duty = { ...nothing, shifts: [turn] }
        for (const answers of [full, empty]) {
          const { page: opened } = await open(page, { answers, duty: answers === full ? duty : nothing })
          expect(opened.text()).not.toMatch(/\{\w+\}|undefined|NaN|\[object/)
          expect(opened.text().length).toBeGreaterThan(12)
          close()
        }
      })

  for (const name of ['devices', 'kpi', 'hygiene', 'daily', 'quarantine', 'responsibility', 'scenarios', 'neighbours'])
    it(`[SN169] ${name} says so where the server cannot be reached, and asks again at a tap`, async () => {
      const { page, asked } = await open(pages[name]!, { answers: null })
      expect(page.find('[role="alert"]').text()).toContain('接不通服务器')
      const before = asked.length
      await press(page, '再试')
      expect(asked.length).toBeGreaterThan(before)
    })

  for (const name of ['devices', 'daily', 'quarantine', 'neighbours'])
    it(`[SN169] ${name} calls nothing empty of which it knows nothing`, async () => {
      const { page } = await open(pages[name]!, { answers: null })
      expect(page.find('.body').text()).toBe('')
    })

  it('[SN169] what was there and cannot be renewed stays, hatched, with the time it stopped at', async () => {
    const { page, server } = await open(DevicesPage)
    server.answers = null
    await press(page, '重取')

    expect(page.text()).toContain('桥一-07')
    expect(page.find('.body').classes()).toContain('old')
    expect(page.text()).toContain('停在')
  })
})

describe('the roster', () => {
  it('[SN143] a square and a tap put a turn there; a turn and a tap take it off', async () => {
    const { page, wishes } = await open(RosterPage, { role: 'chief', duty: { ...nothing, shifts: [turn] } })
    const row = page.findAll('tr').find((one) => one.text().startsWith('陈海燕'))
    await row?.findAll('.square')[5]?.trigger('click')
    await press(page, '夜班 20–08')
    await page.find('.turn').trigger('click')
    await press(page, '撤掉这一班')

    const saturday = Date.parse('2026-11-21T20:00:00+08:00')
    expect(wishes).toMatchObject([
      {
        type: 'roster',
        put: [{ personId: 'chen', post: 'grid', placeId: 'b', from: saturday, to: saturday + 12 * hour }],
      },
      { type: 'roster', put: [], drop: ['night'] },
    ])
  })

  it('[SN143] who does not write the roster is offered no square', async () => {
    const { page } = await open(RosterPage, { role: 'officer', duty: { ...nothing, shifts: [turn] } })

    expect(page.findAll('.square')).toEqual([])
  })

  it('[SN147] a hand-over carries its note and the cases that are left ticked; taking over is one tap', async () => {
    const [first, second] = [sample({ level: 1 }), sample({ level: 3 })]
    const left = { id: 'h' as never, placeId: 'b' as never, by: 'li' as never, at: now, note: '闸刀没换', cases: [] }
    const { page, wishes } = await open(RosterPage, {
      ...{ role: 'chief', cases: [first, second] },
      duty: { ...nothing, handOvers: [left] },
    })
    await press(page, /^交接班/)
    await press(page, '接班')
    await press(page, /写交班/)
    await page.find('textarea').setValue('夜里两起飞线充电')
    await page.findAll('input[type="checkbox"]')[1]?.trigger('change')
    await page.find('form').trigger('submit')
    await flushPromises()

    expect(wishes).toMatchObject([
      { type: 'take-over', id: 'h' },
      { type: 'hand-over', placeId: 'b', note: '夜里两起飞线充电', cases: [first.id] },
    ])
  })
})

describe('quiet', () => {
  it('[SN150] a window is opened for a spot found by its name, and nothing goes out before it is whole', async () => {
    const { page, wishes } = await open(WindowsPage, { role: 'duty-officer' })
    await page.find('form').trigger('submit')
    await page.find('input[type="search"]').setValue('2 号车棚')
    await press(page, /桥一 2 号车棚/)
    await press(page, '2 小时')
    await page.find('input[maxlength="500"]').setValue('检修烟感')
    await page.find('form').trigger('submit')
    await flushPromises()

    expect(wishes).toMatchObject([
      { type: 'open-window', window: { kind: 'control', facilityId: 'shed-001-01', reason: '检修烟感' } },
    ])
  })
})

describe('quarantine', () => {
  it('[SN155] a body is shown as text: nothing in it becomes part of the page', async () => {
    const { page } = await open(QuarantinePage)

    expect(page.find('pre').text()).toContain('<script>alert(1)</script>')
    expect(page.findAll('pre script, pre img')).toEqual([])
  })

  it('[SN154] replayed once with its result beside it, and offered no second time', async () => {
    const done = { ok: true, commandId: 'c', revision: 9, caseId: closed.id, how: 'opened', why: '首报' }
    const { page, asked, server } = await open(QuarantinePage, {
      answers: { ...full, '/api/quarantine/q-1/replay': { results: [done] } },
    })
    const replayed = { at: now, by: 'zhou', answers: [done] }
    const [row] = (full['/api/quarantine'] as { kept: object[] }).kept
    server.answers = { ...server.answers, '/api/quarantine': { kept: [{ ...row, replayed }], counts: [], dropped: [] } }
    await press(page, '重放')

    expect(asked.find(({ url }) => url.endsWith('/replay'))?.body).toEqual({})
    expect(page.text()).toContain(`立了新案 ${closed.id}`)
    expect(page.findAll('button').some((one) => one.text() === '重放')).toBe(false)
  })

  it('[SN153] the sender’s own word is already filled in where a mapping would mend it', async () => {
    const { page, asked } = await open(QuarantinePage, { answers: { ...full, '/api/sources/edge': { ok: true } } })
    expect((page.find('.mend input').element as HTMLInputElement).value).toBe('smoke')
    await page.find('.mend select').setValue('open-fire')
    await page.find('.mend').trigger('submit')
    await flushPromises()

    expect(asked.find(({ url }) => url === '/api/sources/edge')?.body).toEqual({
      matters: { smoke_on: 'open-fire', smoke: 'open-fire' },
      cameras: {},
    })
  })
})

describe('the figures', () => {
  it('[SN157] a figure opens its cases, out of the archive where they left the board', async () => {
    const { page } = await open(KpiPage, {
      answers: { ...full, [`/api/cases/${closed.id}`]: { case: closed, archived: true } },
    })
    await page.find('.cell').trigger('click')
    await flushPromises()

    expect(page.find('dialog').text()).toContain('1/1')
    expect(page.find('dialog').text()).toContain('已结案')
  })

  it('[SN157] a list that came cut is asked for once more, whole', async () => {
    const [row] = (full['/api/kpi'] as KpiAnswer).rows
    const cut = { ...row, figures: [{ ...figure('filed-in-time'), counts: { numerator: 1, denominator: 9 } }] }
    const { page, asked } = await open(KpiPage, {
      answers: { ...full, '/api/kpi': { ...(full['/api/kpi'] as object), rows: [cut] } },
    })
    await page.find('.cell').trigger('click')
    await flushPromises()

    expect(asked.filter(({ url }) => url.startsWith('/api/kpi')).map(({ url }) => url.includes('lists=1'))).toEqual([
      false,
      true,
    ])
  })

  it('[SN148] a case that cannot be had is said to be so', async () => {
    const { page } = await open(CaseSheet, {}, { id: 'gone' })

    expect(page.text()).toContain('没有这件案件')
  })
})

describe('the table of who answers', () => {
  it('[SN163] only the administrator edits it, and a fault in it keeps it from being sent', async () => {
    const chief = await open(ResponsibilityPage, { role: 'chief' })
    expect(chief.page.text()).not.toContain('改成文字')
    close()
    const { page, asked } = await open(ResponsibilityPage, { role: 'administrator' })
    await press(page, '改成文字')
    const text = (page.find('textarea').element as HTMLTextAreaElement).value
    await page.find('textarea').setValue(text.replace('"b"', '"nowhere"'))
    await page.find('form').trigger('submit')
    expect(page.text()).toContain('第 1 条：没有地点 nowhere')
    await page.find('textarea').setValue(text.replace('桥一物业', '桥二物业'))
    await page.find('form').trigger('submit')
    await flushPromises()

    const sent = asked.filter(({ body }) => body !== null)
    expect(sent).toMatchObject([{ url: '/api/responsibility', body: { rows: [{ body: '桥二物业' }] } }])
  })
})

describe('a rule', () => {
  it('[SN160] is tried as it was turned, and not before anything was', async () => {
    const { page, asked } = await open(HygienePage)
    await press(page, '试算')
    await page.find('form').trigger('submit')
    await page.find('input[step="0.01"]').setValue('0.8')
    await page.find('form').trigger('submit')
    await flushPromises()

    const tried = asked.filter(({ url }) => url === '/api/dry-run')
    expect(tried).toMatchObject([{ body: { scenario: { id: 'bike-shed-fire', sureFrom: 0.8 } } }])
  })
})
