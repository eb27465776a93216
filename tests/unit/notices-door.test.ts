// @vitest-environment node
// Who may see how people are called, what of it is shown, robots that refuse and are full, and a street that is only played.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PersonId } from '#contract/ids'
import { NoticeId, NoticeWay } from '#contract/notice'
import type { NoticeList } from '#contract/notice'
import { openNotices } from '../../ingest-server/app/notices.ts'
import { openListener } from '../suites/neighbours.ts'
import type { Listener } from '../suites/neighbours.ts'
import { aPhone } from '../suites/notice-servers.ts'
import { aKnown } from '../suites/builders.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { caseOf, does, openRooms } from '../stories/story.ts'

const room = openRooms()
const listeners: Listener[] = []
afterEach(async () => {
  for (const one of listeners.splice(0)) await one.close()
})

const li = PersonId.parse('li')
const fire = {
  ...{ kind: 'camera-alert', eventId: 'fire-1', matter: 'open-fire', confidence: 0.97, cameraId: 'cam-1' },
  occurredAt: '2026-11-21T03:00:00+08:00',
}

async function group(says: { status: number; body?: string }, kind = 'wecom', settings: Record<string, string> = {}) {
  const robot = await openListener()
  listeners.push(robot)
  robot.says = () => says
  const house = await room({ at: '03:00', staff: ['chen', 'li', 'zhao', 'sun'] })
  const way = NoticeWay.parse({ id: 'group', name: '桥一群', kind, bodies: [], settings })
  await house.records.noticeWays.add(way, { url: `${robot.url}?key=693axxx6` }, house.clock.now())
  await house.records.reachable.setNumber(li, '13800000001', house.clock.now())
  return { house, robot }
}
const passes = (house: DutyRoom, isSo: () => unknown) =>
  vi.waitFor(
    async () => {
      await house.clock.pass(1000)
      await isSo()
    },
    { timeout: 10_000, interval: 5 },
  )
const list = async (house: DutyRoom, id: string) => {
  const answer = await fetch(`${house.url}/api/notices`, { headers: { cookie: await house.signIn(id) } })
  return { status: answer.status, text: await answer.text() }
}

describe('the desk sees how people are called', () => {
  it('[NT27] the duty officer does, an officer and a stranger do not; the robot’s key and a number are in none of it', async () => {
    const { house } = await group({ status: 200, body: '{"errcode":0}' })
    const id = caseOf(await house.posts(fire))
    await passes(house, async () => expect((await list(house, 'chen')).text).toContain('"state":"sent"'))
    const { status, text } = await list(house, 'chen')
    expect(status).toBe(200)
    const shown = JSON.parse(text) as NoticeList
    expect(shown.ways).toMatchObject([
      { id: 'group', kind: 'wecom', sent: expect.any(Number), failed: 0, trouble: null },
    ])
    expect(shown.notices?.[0]).toMatchObject({ caseId: id, what: 'told', legs: [{ road: 'robot', wayId: 'group' }] })
    expect(shown.push).toMatchObject({ phones: 0, people: 0 })
    for (const hidden of ['693axxx6', '13800000001', 'events']) expect(text).not.toContain(hidden)
    expect((await list(house, 'li')).status).toBe(403)
    expect((await fetch(`${house.url}/api/notices`)).status).toBe(401)
  })

  it('[NT21] four people of one group, one change: the robot says it once', async () => {
    const { house, robot } = await group({ status: 200, body: '{"errcode":0}' })
    await house.posts(fire)
    await passes(house, async () => {
      const told = (await house.records.notices.list(50)).filter(({ what }) => what === 'told')
      expect(told.length).toBeGreaterThan(2)
      expect(told.every(({ state }) => state === 'sent')).toBe(true)
    })
    expect(robot.heard.filter(({ body }) => !body.includes('再叫')).length).toBe(1)
  })

  it('[NT18] [NT12] a robot whose key is none fails at once; one that is full is asked again, and the desk reads why', async () => {
    const wrong = await group({ status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' })
    await wrong.house.posts(fire)
    await passes(wrong.house, async () => expect((await list(wrong.house, 'chen')).text).toContain('"state":"failed"'))
    expect((JSON.parse((await list(wrong.house, 'chen')).text) as NoticeList).ways[0]!.trouble).toContain('93000')
    const full = await group({ status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' })
    await full.house.posts(fire)
    await passes(full.house, () => expect(full.robot.heard.length).toBeGreaterThan(1))
    full.robot.says = () => ({ status: 200, body: '{"errcode":0}' })
    await passes(full.house, async () => expect((await list(full.house, 'chen')).text).toContain('"state":"sent"'))
  })

  it('[NT5] ordered twice within three minutes somebody is called once, and what was held back is counted', async () => {
    const { house } = await group({ status: 200 }, 'sms')
    const id = caseOf(await house.posts({ ...fire, matter: 'smoke', eventId: 'smoke-1' }))
    const desk = await house.opens('chen')
    await does(desk, { type: 'dispatch', caseId: id, to: li })
    await does(desk, { type: 'urge', caseId: id, reason: '请尽快' })
    await house.clock.pass(61_000)
    await desk.wishes({ type: 'urge', caseId: id, reason: '再催一次' })
    await house.clock.pass(2000)
    const mine = (await house.records.notices.list(50)).filter(({ personId }) => personId === 'li')
    const urged = mine.filter(({ what }) => what === 'urge')
    expect(urged.length).toBeGreaterThan(1)
    expect(urged.filter(({ why }) => why === 'cooldown')).toHaveLength(urged.length - 1)
    expect((JSON.parse((await list(house, 'chen')).text) as NoticeList).counts.cooldown).toBe(urged.length - 1)
  })
})

it('[NT25] a test does not wake the colleague at home', async () => {
  const { house, robot } = await group({ status: 200, body: '{"errcode":0}' })
  const test = (personId: string) => ({
    ...{
      id: NoticeId.parse(`n_test_${personId}`),
      personId: PersonId.parse(personId),
      caseId: null,
      what: 'test' as const,
    },
    ...{ level: 1 as const, words: '测试', at: house.clock.now(), revision: 0 },
    legs: [{ road: 'robot' as const, wayId: 'group' as never, thread: personId, dueAt: house.clock.now() }],
  })
  await house.records.notices.decide([test('sun'), test('li')], null)
  await passes(house, () => expect(robot.heard).toHaveLength(1))
  expect(await house.records.notices.list(2)).toMatchObject([
    { personId: 'li', state: 'sent' },
    { personId: 'sun', state: 'dropped', why: 'off-duty' },
  ])
})

it('[NT26] a street that is only played sends nothing to another machine, and offers phones nothing', async () => {
  const { house } = await group({ status: 200 })
  const { records } = house
  const went: string[] = []
  const outside = NoticeWay.parse({ id: 'outside', name: '外面', kind: 'dingtalk', bodies: [], settings: {} })
  await records.noticeWays.add(
    outside,
    { url: 'https://oapi.dingtalk.com/robot/send?access_token=x' },
    house.clock.now(),
  )
  await records.reachable.subscribe(li, aPhone('li', 'https://fcm.googleapis.com').address, house.clock.now())
  const at = house.clock.now()
  const leg = { thread: 'x', dueAt: at }
  const about = { personId: li, caseId: null, what: 'test' as const, level: 1 as const, words: '测试', at, revision: 0 }
  const legs = [
    { ...leg, road: 'push' as const, wayId: null },
    { ...leg, road: 'robot' as const, wayId: 'outside' as never },
  ]
  await house.records.notices.decide([{ id: NoticeId.parse('n_played'), ...about, legs }], null)
  const played = openNotices({
    ...{ config: { origins: [] }, rules: undefined, records, desk: house.desk, past: null as never },
    ...{ house: { known: aKnown(), isExercise: true }, viewerOf: () => null, now: house.clock.now },
    ...{ after: house.clock.world.after, onFault: (fault) => went.push(String(fault)) },
    fetch: async (url) => {
      went.push(String(url))
      return new Response('{"errcode":0}')
    },
  })
  played.look()
  await played.settled()
  await played.close()
  expect(went).toEqual([])
  const [notice] = await records.notices.list(1)
  expect(notice!.legs.map(({ road, answer }) => [road, answer])).toEqual([
    ['push', expect.stringContaining('没有可推送的手机')],
    ['robot', expect.stringContaining('演练不外发')],
  ])
})
