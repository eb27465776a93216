// 求助: held for two seconds and by nothing else; one call is one case, told to whoever is near, and taken back only by somebody who asked.
import { describe, expect, it } from 'vitest'
import type { CaseId, CommandId, PersonId, PlaceId } from '#contract/ids'
import type { PersonWish } from '#contract/command'
import { nextItem } from '../../dashboard/link/outbox-rules.ts'
import type { OutItem } from '../../dashboard/link/outbox-port.ts'
import { openHold } from '../../dashboard/screens/field/hold.ts'
import { keepPlace, keptPlace } from '../../dashboard/screens/field/kept-place.ts'
import { callsFor } from '../../dashboard/screens/field/calls.ts'
import { myTasks } from '../../dashboard/screens/field/my-tasks.ts'
import { answersTo, mendedSos, mySos, safeWish, sosWish } from '../../dashboard/screens/field/sos.ts'
import { keptBoard } from '../../dashboard/link/kept-board.ts'
import { openStorage } from '../../dashboard/link/storage.ts'
import { aStreet, minutes, morning } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'
import { passes } from '../suites/time.ts'

const li = 'li' as PersonId
const [lon, lat] = spot()
const here = { lon, lat, crs: 'wgs84', accuracy: 9, from: 'browser' } as const
const call = (eventId = 'call-1') =>
  sosWish(eventId as CommandId, { at: here }, '李志强，手机定位 ±9 m，刚刚', morning) as PersonWish & { type: 'report' }

function aHold(ms = 2_000) {
  let now = 0
  let tick = () => {}
  const shown: (number | null)[] = []
  const told = { done: 0, shown }
  const hold = openHold(ms, {
    now: () => now,
    every(_ms, run) {
      tick = run
      return () => (tick = () => {})
    },
    show: (part) => shown.push(part),
    done: () => told.done++,
  })
  const pass = (by: number) => {
    for (let left = by; left > 0; left -= 50) {
      now += 50
      tick()
    }
  }
  return { hold, told, pass }
}

describe('held', () => {
  it('[SN300] it counts after two seconds without a break, once, and says how far it is meanwhile', () => {
    const { hold, told, pass } = aHold()
    hold.press(1, [10, 10])
    pass(1_950)
    expect([told.done, told.shown.at(-1)]).toEqual([0, 0.975])
    pass(50)
    expect([told.done, told.shown.at(-1)]).toEqual([1, null])
    pass(5_000)
    expect(told.done).toBe(1)
  })
  it.each([
    ['let go', (hold: ReturnType<typeof aHold>['hold']) => hold.release()],
    ['slid away', (hold: ReturnType<typeof aHold>['hold']) => hold.move(1, [10, 60])],
    ['a second finger', (hold: ReturnType<typeof aHold>['hold']) => hold.press(2, [20, 20])],
  ])('[SN300] %s, it never was: a pocket calls nobody', (_name, disturb) => {
    const { hold, told, pass } = aHold()
    hold.press(1, [10, 10])
    pass(1_900)
    disturb(hold)
    pass(5_000)
    expect([told.done, told.shown.at(-1)]).toEqual([0, null])
  })
  it('[SN300] a key that is held says so again and again, and counts as one', () => {
    const { hold, told, pass } = aHold()
    for (let n = 0; n < 20; n++) {
      hold.press('Enter')
      pass(100)
    }
    expect(told.done).toBe(1)
  })
})

describe('a call for help', () => {
  it('[SN301] is a level I case of its own, told to the watch, the chief and whoever is near, without a photo', () => {
    const street = aStreet()
    street.says('li', call())
    const subject = street.only()
    expect(subject).toMatchObject({ scenarioId: 'staff-sos', level: 1, unsure: false })
    expect(subject.told.map(({ personId }) => personId).toSorted()).toEqual(
      ['chen', 'gu', 'shen', 'zhao', 'zhou'].toSorted(),
    )
    expect(subject.sources[0]).toMatchObject({ text: '李志强，手机定位 ±9 m，刚刚', point: { given: { accuracy: 9 } } })
  })
  it('[SN301] two colleagues at one spot are two calls', () => {
    const street = aStreet()
    street.says('li', call())
    street.says('zhao', call())
    expect(street.cases()).toHaveLength(2)
  })
  it('[SN302] nobody is rung by their own call, nor has it among their tasks', () => {
    const street = aStreet()
    street.says('li', call())
    const cases = street.cases()
    expect(callsFor(cases, li)).toEqual([])
    expect(myTasks(cases, li, morning).told).toEqual([])
    expect(callsFor(cases, 'zhao' as PersonId)).toHaveLength(1)
  })
  it('[SN343] nor is the caller told of it, at once or on any rung; a chief who calls is not called by the whole street', () => {
    const street = aStreet()
    street.says('shen', call())
    passes(street, 10)
    expect(street.only().steps.filter(({ verb }) => verb === 'escalate').length).toBeGreaterThan(1)
    expect(street.only().told.map(({ personId }) => personId)).not.toContain('shen')
    expect(street.only().told.map(({ personId }) => personId)).toContain('li')
  })
  it('[SN303] says who has seen it, who comes and who is there, each once', () => {
    const street = aStreet()
    street.says('li', call())
    street.says('zhao', { type: 'see' })
    street.says('gu', { type: 'acknowledge' })
    street.says('zhou', { type: 'arrive' })
    const { arrived, coming, seen, told } = answersTo(street.only(), li)
    expect([arrived, coming, seen].map((list) => list.map(({ personId }) => personId))).toEqual([
      ['zhou'],
      ['gu'],
      ['zhao'],
    ])
    expect(told.map(({ personId }) => personId)).not.toContain('li')
  })
  it('[SN304] 我没事 asks the desk, who rings back before it ends; nobody grants their own', () => {
    const street = aStreet()
    street.says('li', call())
    const mine = mySos(
      [anItem({ outcome: done(street.only().id), place: 'delivered' })],
      street.board.cases,
      li,
      morning,
    )!
    const wish = safeWish(mine, '我没事：按错了', '', morning)
    street.says('li', wish)
    const [request] = street.only().requests!
    expect(request).toMatchObject({ what: 'void', by: 'li', reason: '我没事：按错了' })
    expect(street.only().stage).toBe('reported')
    expect(street.says('li', { type: 'approve', request: request!.id })).toMatchObject({ refusal: expect.anything() })
    street.says('chen', { type: 'approve', request: request!.id, reason: '电话里说了话' })
    expect(street.only().stage).toBe('void')
  })
  it('[SN304] where the caller cannot see the case it is written into the call itself, longer than what stood there', () => {
    const street = aStreet()
    street.says('li', call())
    const blind = mySos([anItem({ outcome: done(street.only().id), place: 'delivered' })], new Map(), li, morning)!
    street.says('li', safeWish(blind, '我没事', '，09:40 说我没事：按错了', morning))
    expect(street.only().sources).toMatchObject([{ phase: 'end', text: expect.stringContaining('说我没事') }])
    expect(street.only().stage).toBe('reported')
  })
})

const done = (caseId: CaseId) => ({ ok: true as const, commandId: 'c' as CommandId, revision: 1, caseId })
const anItem = (change: Partial<OutItem> = {}): OutItem => ({
  ...{ id: 'item-1' as CommandId, owner: li, lane: 'item-1', order: 1, wish: call(), pictures: [] },
  ...{ tappedAt: morning, place: 'waiting', trouble: null, tries: 0, deliveredAt: null, outcome: null },
  ...change,
})

describe('on the phone', () => {
  it('[SN305] it goes before everything that waits, photos and taps alike', () => {
    const tap = { type: 'take', caseId: '20261120-001' as CaseId } as const
    const items = [anItem({ id: 'a' as CommandId, lane: 'a', order: 1, wish: tap }), anItem({ order: 9, first: true })]
    expect(nextItem({ items, drafts: [], pictures: [] })?.order).toBe(9)
  })
  it('[SN306] stands until it is over: waiting, sent, ended', () => {
    const street = aStreet()
    street.says('li', call())
    const { id } = street.only()
    const look = (item: OutItem) => mySos([item], street.board.cases, li, morning)
    expect(look(anItem())).toMatchObject({ state: 'waiting', subject: null, isSafeSaid: false })
    const sent = anItem({ place: 'delivered', outcome: done(id) })
    expect(look(sent)).toMatchObject({ state: 'sent', subject: { id } })
    street.says('chen', { type: 'void', disposition: 'not-found', reason: '演练' })
    expect(look(sent)).toBeNull()
    expect(mySos([anItem()], new Map(), li, morning + minutes(13 * 60))).toBeNull()
  })
  it('[SN307] refused for where or when it says it is, it goes again from the caller’s own area', () => {
    const home = 'north-west-1' as PlaceId
    const outside = anItem({ place: 'refused', trouble: 'outside-subdistrict' })
    const mended = mendedSos(outside, home, morning, '，定位在街道外')
    expect(mended).toMatchObject({
      report: { placeId: home, matter: 'staff-sos', text: expect.stringContaining('±9 m') },
    })
    expect((mended as PersonWish & { type: 'report' }).report.at).toBeUndefined()
    const street = aStreet()
    street.says('li', mended!)
    expect(street.only().path.at(-1)).toBe(home)
    for (const item of [anItem(), anItem({ place: 'refused', trouble: 'role-not-allowed' })])
      expect(mendedSos(item, home, morning, '')).toBeNull()
    expect(
      mendedSos(anItem({ place: 'refused', trouble: 'place-missing', wish: mended! }), home, morning, ''),
    ).toBeNull()
  })
  it('[SN308] the place of an hour ago is known over a reload, that of yesterday is not', () => {
    const storage = openStorage(() => undefined as unknown as Storage)
    keepPlace(storage, { point: here, at: morning })
    expect(keptPlace(storage, morning + minutes(60))).toEqual({ point: here, at: morning })
    expect(keptPlace(storage, morning + minutes(13 * 60))).toBeNull()
    keepPlace(storage, null)
    expect(keptPlace(storage, morning)).toBeNull()
  })
  it.each(['{"point":{"lon":121', '7', 'null', '{}', '{"point":null,"at":1}'])(
    '[SN342] %s is no place and no board: the phone opens all the same, and it is gone',
    (spoilt) => {
      const storage = openStorage(() => undefined as unknown as Storage)
      for (const name of ['sanping.here.1', 'sanping.kept.1']) storage.setItem(name, spoilt)
      expect([keptPlace(storage, morning), keptBoard(storage)]).toEqual([null, null])
      expect([storage.getItem('sanping.here.1'), storage.getItem('sanping.kept.1')]).toEqual([null, null])
    },
  )
})
