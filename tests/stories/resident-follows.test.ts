// A resident follows their repair by a link nobody else has: how it stands, that it is not fixed, how it went.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId } from '#contract/ids'
import type { ResidentProgress } from '#contract/resident'
import { isOpen } from '#contract/stage'
import type { Case } from '#contract/case'
import { casesOf } from '../suites/eyes.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

let room: DutyRoom
beforeEach(async () => void (room = await dutyRoom({ staff: ['chen', 'zhou'] })))
afterEach(() => room.close())

type Body = ResidentProgress & { link: string; caseId: CaseId; refusal?: string; open: number }
async function asks(path: string, body?: unknown, headers = {}): Promise<{ status: number; body: Body }> {
  const init = { headers: { 'content-type': 'application/json', ...headers } }
  const ask = () =>
    fetch(
      `${room.url}/api/resident/${path}`,
      body === undefined ? init : { ...init, method: 'POST', body: JSON.stringify(body) },
    )
  const answer = await ask().catch(ask)
  return { status: answer.status, body: (await answer.json()) as Body }
}
const at = { lon: 121.4725, lat: 31.2075, crs: 'wgs84' }
const leak = (change: object = {}) => ({
  id: 'made-by-the-page',
  matter: 'tap-repair',
  at,
  text: '水龙头滴水',
  ...change,
})
const reports = async (change: object = {}) => (await asks('reports', leak(change))).body
const looks = async (link: string) => (await asks(`cases/${link}`)).body
const whats = ({ steps }: ResidentProgress) => steps.map(({ what }) => what)

const wish = (by: string, wanted: Record<string, unknown> & { type: string }) => {
  const { id, role } = room.records.accounts.people().get(by as never)!
  return room.desk.submit({
    id: room.clock.world.newId() as never,
    by: { kind: 'person', id, role },
    wish: wanted as never,
  })
}
const insists = async (by: string, wanted: Parameters<typeof wish>[1]) => {
  const outcome = await wish(by, wanted)
  if (!outcome.ok) throw new Error(`${wanted.type}: ${outcome.refusal}`)
  await room.clock.pass(60_000)
}
/** From the desk to done, by the property's 周建平. Photographs are not what this is about. */
async function isRepaired(caseId: CaseId): Promise<void> {
  await insists('chen', { type: 'dispatch', caseId, to: 'zhou' })
  await insists('zhou', { type: 'take', caseId })
  await insists('zhou', { type: 'arrive', caseId, at })
  for (const slot of ['before-near', 'before-far', 'after-near', 'after-far'])
    await insists('zhou', { type: 'attach', caseId, evidence: 'a'.repeat(64), slot, takenAt: room.clock.now() })
  await insists('zhou', { type: 'finish', caseId, note: '换了阀芯，电话 13812345678' })
}
const closes = (caseId: CaseId) => insists('chen', { type: 'close', caseId, disposition: 'solved' })
const only = (): Case => {
  const open = casesOf(room).filter(({ stage }) => isOpen(stage))
  expect(open).toHaveLength(1)
  return open[0]!
}

describe('by the link', () => {
  it('[WH61] it is told how it stands, step by step, and nobody’s name', async () => {
    const { link, caseId } = await reports({ name: '王秀英', phone: '13900001111' })
    expect(await looks(link)).toMatchObject({
      caseId,
      state: 'received',
      words: '已收到，正在安排。',
      mayReopen: false,
      mayRate: false,
    })
    await isRepaired(caseId)
    const checking = await looks(link)
    expect(checking).toMatchObject({ state: 'checking', matter: { zh: expect.stringContaining('水龙头') }, reworks: 0 })
    expect(whats(checking)).toEqual(['reported', 'filed', 'arranged', 'taken', 'arrived', 'finished'])
    await closes(caseId)
    const done = await looks(link)
    expect(done).toMatchObject({ state: 'done', disposition: 'solved', mayRate: true, mayReopen: true })
    expect(JSON.stringify(done)).not.toMatch(/王|1390|1381|周|zhou|chen|阀芯|hik/)
  })

  it('[WH60] only its hash is kept, and a second tap gets a link of its own to the same report', async () => {
    const first = await reports()
    const second = await reports()
    expect(second.caseId).toBe(first.caseId)
    expect(second.link).not.toBe(first.link)
    expect(await looks(second.link)).toEqual(await looks(first.link))
    expect(await room.records.links.find(first.link)).toMatchObject({ caseId: first.caseId })
  })

  it('[WH62] a wrong link is told so in words, and nobody may try for long', async () => {
    const wrong = await asks(`cases/${'x'.repeat(43)}`)
    expect(wrong).toMatchObject({
      status: 404,
      body: { refusal: 'link-unknown', words: expect.stringContaining('链接') },
    })
    expect((await asks('cases/nonsense')).status).toBe(404)
    for (let tries = 0; tries < 60; tries++) await asks(`cases/${'y'.repeat(43)}`)
    expect((await asks(`cases/${'z'.repeat(43)}`)).status).toBe(429)
  })

  it('[WH62] another page may not speak through it', async () => {
    const { link } = await reports()
    const elsewhere = { origin: 'http://elsewhere.test' }
    expect((await asks(`cases/${link}/rate`, { stars: 1, fixed: false }, elsewhere)).status).toBe(403)
  })
})

describe('not fixed', () => {
  it('[WH63] it comes back as a case of its own with its lineage, and the link tells so; a second tap is the same', async () => {
    const { link, caseId } = await reports({ name: '王秀英' })
    await isRepaired(caseId)
    expect(await asks(`cases/${link}/not-fixed`, { reason: '还在滴' })).toMatchObject({
      status: 409,
      body: { refusal: 'stage-not-allowed' },
    })
    await closes(caseId)

    const back = await asks(`cases/${link}/not-fixed`, { reason: '还在滴，请打 13912345678' })
    expect(back.status).toBe(200)
    const again = only()
    expect(again).toMatchObject({ lineage: { from: [caseId], how: 'reopened' }, reworks: 1 })
    expect(JSON.stringify(casesOf(room))).not.toContain('13912345678')
    expect(back.body).toMatchObject({
      caseId: again.id,
      first: caseId,
      how: 'reopened',
      state: 'received',
      reworks: 1,
      mayReopen: false,
    })
    expect(whats(back.body).slice(-3)).toEqual(['checked', 'closed', 'not-fixed'])

    await asks(`cases/${link}/not-fixed`, { reason: '还在滴，请打 13912345678' })
    expect(casesOf(room)).toHaveLength(2)

    await isRepaired(again.id)
    await closes(again.id)
    expect(await looks(link)).toMatchObject({ caseId: again.id, state: 'done', mayReopen: true })
    await asks(`cases/${link}/not-fixed`, { reason: '又滴了' })
    expect(only()).toMatchObject({ reworks: 2 })
  })

  it('[WH65] also when the case has long left the board', async () => {
    const { link, caseId } = await reports()
    await isRepaired(caseId)
    await closes(caseId)
    for (let hours = 0; hours < 26; hours++) await room.clock.pass(3_600_000)
    await expect.poll(() => casesOf(room)).toEqual([])
    await room.settled()
    expect(await looks(link)).toMatchObject({ caseId, state: 'done' })
    expect((await asks(`cases/${link}/not-fixed`, { reason: '又坏了' })).status).toBe(200)
    expect(only()).toMatchObject({ lineage: { from: [caseId] } })
    expect(await looks(link)).toMatchObject({ caseId: only().id, first: caseId })
  })

  it('[WH67] who left no name follows theirs all the same', async () => {
    const { link, caseId } = await reports()
    await isRepaired(caseId)
    await closes(caseId)
    expect((await asks(`cases/${link}/not-fixed`, { reason: '还在滴' })).status).toBe(200)
    expect(only().lineage?.from).toEqual([caseId])
  })

  it('[WH66] a neighbour’s link follows their report into the case it was counted to, and speaks for it', async () => {
    const mine = await reports({ name: '王秀英' })
    const theirs = await reports({ id: 'made-by-another-page', name: '李明' })
    expect(theirs.caseId).toBe(mine.caseId)
    await isRepaired(mine.caseId)
    await closes(mine.caseId)
    await asks(`cases/${theirs.link}/not-fixed`, { reason: '楼下还在滴' })
    expect(await looks(mine.link)).toMatchObject({ caseId: only().id, how: 'reopened' })
  })
})

describe('how it went', () => {
  it('[WH64] the last word counts; one to five, nothing else', async () => {
    const { link, caseId } = await reports()
    expect(await asks(`cases/${link}/rate`, { stars: 5, fixed: true })).toMatchObject({ status: 409 })
    await isRepaired(caseId)
    await closes(caseId)
    expect(await asks(`cases/${link}/rate`, { stars: 6, fixed: true })).toMatchObject({
      status: 422,
      body: { refusal: 'wrong-shape' },
    })
    await asks(`cases/${link}/rate`, { stars: 3, fixed: true })
    const { body } = await asks(`cases/${link}/rate`, { stars: 5, fixed: true })
    expect(body).toMatchObject({ rating: { stars: 5, fixed: true }, state: 'done' })
  })
})

describe('before it is sent', () => {
  it('[WH68] it is said how many open ones are alike there, and nothing more of them', async () => {
    const near = (query: string) => asks(`near?${query}`)
    const { caseId } = await reports()
    const place = casesOf(room)[0]!.path.at(-1)!
    expect(await near(`matter=tap-repair&placeId=${place}`)).toEqual({ status: 200, body: { open: 1 } })
    expect((await near(`matter=tap-repair&placeId=south-east-1-a`)).body).toEqual({ open: 0 })
    expect((await near(`matter=smoke&placeId=${place}`)).body.refusal).toBe('matter-unknown')
    await insists('chen', { type: 'void', caseId, disposition: 'duplicate', reason: '同一家' })
    expect((await near(`matter=tap-repair&placeId=${place}`)).body.open).toBe(0)
  })
})
