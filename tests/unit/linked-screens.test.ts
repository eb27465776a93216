// @vitest-environment happy-dom
// What links the screens as a hand meets it: a cast on the wall, command from it, the case that goes to the wall from the desk, an order on the phone.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, nextTick } from 'vue'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { CaseId, CastId, OrderId, PersonId, PlaceId } from '#contract/ids'
import type { Cast, LinkageView } from '#contract/linkage'
import type { Role } from '#contract/roles'
import type { Town } from '../../dashboard/map/town.ts'
import CastStage from '../../dashboard/screens/wall/CastStage.vue'
import CommandSheet from '../../dashboard/screens/wall/CommandSheet.vue'
import OperatorBar from '../../dashboard/screens/wall/OperatorBar.vue'
import SpotlightFrame from '../../dashboard/screens/wall/SpotlightFrame.vue'
import { lookOf } from '../../dashboard/screens/wall/cast-look.ts'
import type { Fit } from '../../dashboard/screens/wall/command.ts'
import { liveSeen } from '../../dashboard/screens/wall/seen.ts'
import { useLinked } from '../../dashboard/screens/wall/use-linked.ts'
import { reckonWall, type Wall } from '../../dashboard/screens/wall/use-wall.ts'
import { castSheet } from '../../dashboard/screens/desk/cast-sheet.ts'
import DeskLinked from '../../dashboard/screens/desk/DeskLinked.vue'
import { reinforceSheet } from '../../dashboard/screens/desk/reinforce-sheet.ts'
import OrderCall from '../../dashboard/screens/field/OrderCall.vue'
import { facts, now, people, sample } from '../../dashboard/screens/gallery/samples.ts'
import { emptyLook } from '../../dashboard/link/outbox-port.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useOutbox } from '../../dashboard/stores/outbox.ts'
import { useRequests } from '../../dashboard/stores/requests.ts'

vi.mock('../../dashboard/map/MapView.vue', () => ({ default: { template: '<i />' } }))
vi.mock('../../dashboard/charts/TrendChart.vue', () => ({ default: { template: '<i />' } }))

const [chen, li] = ['chen', 'li'] as [PersonId, PersonId]
const minute = 60_000
let stops: (() => void)[] = []

beforeEach(() => {
  sessionStorage.clear()
  setActivePinia(createPinia())
})
afterEach(() => {
  stops.forEach((stop) => stop())
  stops = []
  vi.unstubAllGlobals()
})

function aBoard(role: Role, cases: Case[], linkage: LinkageView = { spotlight: null, casts: [] }) {
  const board = useBoard()
  const sent: PersonWish[] = []
  const viewer = { personId: (role === 'wall' ? 'hall' : chen) as PersonId, name: '陈海燕', role, placeIds: [] }
  const welcome = { viewer, scenarios: [...facts.scenarios.values()], people, presences: [], silent: [] }
  board.hear({
    what: 'welcome',
    welcome: { ...welcome, build: 'b', demo: false, at: now, board: null, patch: null },
  })
  board.hear({
    what: 'look',
    look: { state: 'live', since: 0, lastAt: now, lagMs: 1, offsetMs: now - Date.now(), pace: 1 },
  })
  const nothing = { tallies: new Map(), duty: { shifts: [], handOvers: [], windows: [] } }
  const held = new Map(cases.map((one) => [one.id, one]))
  board.hear({ what: 'board', board: { journal: 'j', revision: 1, at: now, cases: held, ...nothing, linkage } })
  board.tick(Date.now())
  useRequests().attach((command) => {
    sent.push(command.wish)
    return Promise.resolve({ ok: true, commandId: command.id, revision: 2 })
  })
  return { board, sent }
}
function aWall() {
  const board = useBoard()
  const wall = computed<Wall>(() =>
    reckonWall(liveSeen(board), {
      ...{ town: null, people: board.people, matters: facts.matters, scenarioOf: board.scenarioOf },
    }),
  )
  return wall
}
/** Composables of a screen live as long as something that shows them. */
function within<T>(make: () => T): T {
  let made: T | undefined
  const page = mount({
    setup: () => {
      made = make()
      return () => null
    },
  })
  stops.push(() => page.unmount())
  return made!
}
const show = (component: Parameters<typeof mount>[0], props: object) => {
  const page = mount(component as never, { props, attachTo: document.body } as never)
  stops.push(() => page.unmount())
  return page
}
const aCast = (change: Partial<Cast> = {}): Cast => ({
  ...{ id: 'cast-1' as CastId, by: chen, minutes: 10, askedAt: now, shownAt: now, until: now + 10 * minute },
  what: { kind: 'case', caseId: 'x' as CaseId },
  ...change,
})

describe('a cast on the wall', () => {
  it('[SN272] says who, what, how long and how many wait; by one tap it is taken back', async () => {
    const subject = sample()
    const cast = aCast({ what: { kind: 'case', caseId: subject.id } })
    const { sent } = aBoard('wall', [subject], { spotlight: null, casts: [cast, aCast({ id: 'b' as CastId })] })
    const wall = aWall()
    const linked = within(() => useLinked(wall))
    const marks = { cases: [], people: [], cameras: [] }
    const page = show(CastStage, { cast, waiting: 1, wall: wall.value, marks, linked })

    expect(page.text()).toContain('飞线充电')
    expect(page.text()).toMatch(/陈海燕 投屏还有 (10 分|9:5\d)后面 1 个/)
    await page.find('.back').trigger('click')
    expect(sent).toEqual([{ type: 'cast-end', id: 'cast-1' }])
  })

  it('[SN274] a case that this wall does not hold is not shown, and that is said', () => {
    const cast = aCast()
    aBoard('wall', [], { spotlight: null, casts: [cast] })
    const wall = aWall()
    const linked = within(() => useLinked(wall))
    const marks = { cases: [], people: [], cameras: [] }
    const page = show(CastStage, { cast, waiting: 0, wall: wall.value, marks, linked })
    expect(page.text()).toContain('这一件不在这块大屏上')
  })
})

describe('command from the wall', () => {
  it('[SN275] a bound wall asks who commands; a person who signed in simply may; the operator is shown until when', async () => {
    const { board } = aBoard('wall', [])
    const wall = aWall()
    const linked = within(() => useLinked(wall))
    const page = show(OperatorBar, { linked, isOpen: false })
    expect(page.text()).toContain('指挥')
    expect(page.text()).not.toContain('带看')

    board.hear({ what: 'operator', operator: { personId: chen, name: '陈海燕', until: now + 15 * minute } })
    await nextTick()
    expect(page.text()).toContain('陈海燕 指挥 · 至 09:46')
    expect(page.text()).toContain('结束指挥')
    expect(linked.commander.value).toBe(chen)
  })

  it('[SN275] the door takes account and password to the wall’s own server and says a no in words', async () => {
    aBoard('wall', [])
    const asked: [string, RequestInit][] = []
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      asked.push([url, init])
      return Promise.resolve(new Response(JSON.stringify({ refusal: 'wrong-password' }), { status: 401 }))
    })
    HTMLDialogElement.prototype.showModal ??= () => {}
    const wall = aWall()
    const page = show(OperatorBar, { linked: within(() => useLinked(wall)), isOpen: false })
    await page.find('.act').trigger('click')
    const [account, password] = page.findAll('input')
    await account!.setValue('chen')
    await password!.setValue('secret')
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(asked.map(([url, init]) => [url, init.body])).toEqual([
      ['/api/wall/operator', JSON.stringify({ account: 'chen', password: 'secret' })],
    ])
    expect(page.text()).toContain('账号或密码不对')
  })

  it('[SN275] urging wants a reason, reinforcing somebody; a touch chooses, a touch sends', async () => {
    const subject = sample({ stage: 'handling', holder: { personId: li, since: now } })
    aBoard('wall', [subject])
    const wall = aWall()
    const fit: Fit[] = [
      { id: 'zhao' as PersonId, name: '赵志明', facts: '在岗·180 m', reasons: '最近', eta: '3 分' },
      { id: li, name: '李强', facts: '', reasons: '', eta: '' },
    ]
    const page = show(CommandSheet, { subject, wall: wall.value, fit, busy: false, refused: null })
    const button = (words: string) => page.findAll('button').find((one) => one.text() === words)!
    await button('督办').trigger('click')
    expect(page.find('.commit').attributes('disabled')).toBeDefined()
    await button('请尽快到场').trigger('click')
    await page.find('.commit').trigger('click')

    await button('增援').trigger('click')
    // Whoever has it is not sent to it.
    expect(page.findAll('.person').map((one) => one.find('b').text())).toEqual(['赵志明'])
    expect(page.find('.commit').attributes('disabled')).toBeDefined()
    await page.find('.person').trigger('click')
    await page.find('.commit').trigger('click')
    expect(page.emitted('wish')).toEqual([
      [{ type: 'urge', caseId: subject.id, reason: '请尽快到场' }],
      [{ type: 'reinforce', caseId: subject.id, to: ['zhao'] }],
    ])
  })

  it('[SN272] a place on the wall is seen as it lies, a narrow one about its middle, the whole as the whole', () => {
    const block = { id: 'b1', level: 'street-block', label: [121.45, 31.15] }
    const grid = { id: 'g1', level: 'micro-grid', label: [121.46, 31.16] }
    const ring = [
      [121.4, 31.1],
      [121.5, 31.1],
      [121.5, 31.2],
      [121.4, 31.1],
    ]
    const shape = { type: 'Feature', properties: { id: 'b1' }, geometry: { type: 'Polygon', coordinates: [ring] } }
    const town = {
      ground: { 'street-blocks': { features: [shape] }, 'residential-areas': { features: [] } },
      places: new Map([block, grid, { id: 's', level: 'subdistrict' }].map((place) => [place.id, place])),
    } as unknown as Town
    const looks = ['b1', 'g1', 's', 'x'].map((id) => lookOf(town, id as PlaceId))
    expect(looks).toEqual([
      { kind: 'bounds', bounds: [121.4, 31.1, 121.5, 31.2] },
      { kind: 'spot', at: grid.label, metres: 160 },
      undefined,
      undefined,
    ])
  })

  it('[SN263] the frame says who leads and what they look at, and that one may not see it', async () => {
    const subject = sample()
    const light = { by: chen, since: now, movedAt: now, until: now + 10 * minute, caseId: subject.id }
    aBoard('wall', [subject], { spotlight: light, casts: [] })
    const wall = aWall()
    const page = show(SpotlightFrame, { linked: within(() => useLinked(wall)) })
    await nextTick()
    expect(page.text()).toContain('陈海燕 带看中 · 09:31 起')
    expect(page.text()).toContain('飞线充电')
    expect(page.find('.framed').exists()).toBe(true)
  })
})

describe('from the desk', () => {
  it('[SN276] what of the case, for how long, and whose turn it would be', () => {
    const subject = sample()
    const sheet = castSheet({ facts, subject, now, looker: null, around: { presences: [], cases: [], casts: [] } })
    expect(sheet.says.note).toBe('大屏空着，马上显示')
    expect(sheet.says.rows.find(({ key }) => key === 'minutes')!.options.map(({ key }) => key)).toEqual([
      ...['5', '10', '15', '30'],
    ])
    const place = { chosen: { what: ['map'], map: ['a'], minutes: ['15'] }, reason: '' }
    expect(sheet.wish(place)).toMatchObject({ type: 'cast', what: { kind: 'map', placeId: 'a' }, minutes: 15 })
    const whole = { chosen: { what: ['case'], minutes: ['5'] }, reason: '' }
    expect(sheet.wish(whole)).toMatchObject({ what: { kind: 'case', caseId: subject.id }, minutes: 5 })
    const busy = castSheet({
      facts,
      subject,
      now,
      looker: null,
      around: { presences: [], cases: [], casts: [aCast()] },
    })
    expect(busy.says.note).toBe('大屏上是陈海燕的投屏，前面 1 个')
  })

  it('[SN276] on the case: on the wall until when, or which in the queue; longer and back only for whom it is', async () => {
    const subject = sample()
    const mine = aCast({ what: { kind: 'case', caseId: subject.id } })
    const { shownAt: _s, until: _u, ...waits } = aCast({ ...mine, id: 'b' as CastId, by: li })
    const { sent } = aBoard('chief', [subject], { spotlight: null, casts: [mine, waits] })
    const page = show(DeskLinked, { subject, facts })
    expect(page.text()).toContain('在大屏上，09:41 收回')
    expect(page.text()).toContain('第 2 个，还没轮到')
    expect(page.findAll('.acts')).toHaveLength(1)
    await page.findAll('.acts button')[1]!.trigger('click')
    expect(sent).toEqual([{ type: 'cast-end', id: 'cast-1' }])
  })

  it('[SN269] reinforcement wants somebody, and names nobody twice', () => {
    const subject = sample({ holder: { personId: li, since: now } })
    const sheet = reinforceSheet({ facts, subject, now, looker: null, around: { presences: [], cases: [], casts: [] } })
    const offered = sheet.says.rows[0]!.options.map(({ key }) => key)
    expect(offered).not.toContain('li')
    expect(sheet.missing({ chosen: {}, reason: '' })).toBe('先选人')
    expect(sheet.wish({ chosen: { who: ['zhao'] }, reason: '情况扩大' })).toEqual({
      ...{ type: 'reinforce', caseId: subject.id, to: ['zhao'], reason: '情况扩大' },
    })
  })
})

it('[SN270] on the phone an order is accepted by one tap, declined by two, and what waits for signal says so', async () => {
  const order = { id: 'x/1' as OrderId, what: 'reinforce' as const, by: 'zhao' as PersonId, at: now, round: 0 }
  const subject = sample({ orders: [{ ...order, reason: '现场人手不够', to: [{ personId: chen, sentAt: now }] }] })
  aBoard('officer', [subject])
  const posted: PersonWish[] = []
  const outbox = useOutbox()
  outbox.attach({
    follow: (tell: (look: typeof emptyLook) => void) => (tell(emptyLook), () => {}),
    post: (wish: PersonWish) => Promise.resolve(void posted.push(wish)),
  } as never)
  const page = show(OrderCall, {})
  expect(page.text()).toContain('赵志明 要你增援：现场人手不够')
  const button = (words: string) => page.findAll('button').find((one) => one.text() === words)!
  await button('推辞').trigger('click')
  await button('离得太远').trigger('click')
  await button('接受').trigger('click')
  expect(posted).toEqual([
    { type: 'decline', caseId: subject.id, order: 'x/1', reason: '离得太远' },
    { type: 'comply', caseId: subject.id, order: 'x/1' },
  ])
  const item = { wish: posted[1]!, place: 'waiting', lane: subject.id }
  outbox.look = { ...emptyLook, items: [item as never] }
  await nextTick()
  expect(page.text()).toContain('已点，等信号')
})
