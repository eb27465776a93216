// An order of 12345 from the call to the appeal: in by the exchange, spoken to first, handled, answered, not good enough, done again.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import { SourceId } from '#contract/ids'
import { signingSecret } from '../../ingest-server/records/signing-secret.ts'
import { aNeighbour } from '../suites/neighbours.ts'
import { openPlatform } from '../suites/hotline-platform.ts'
import type { Platform } from '../suites/hotline-platform.ts'
import { spot } from '../suites/small-ground.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { bytesOf, caseOf, does, isTold, openRooms, until } from './story.ts'

const openRoom = openRooms()
const [lon, lat] = spot()
const secret = signingSecret(Buffer.alloc(24, 3))
const source = SourceId.parse('sh-12345')
const order = (orderNo: string, change: Record<string, unknown> = {}) => ({
  ...{ what: '派单', orderNo, calledAt: '2026-11-23T09:20:00+08:00', urgency: '一般', category: '噪声扰民' },
  caller: { name: '王小明', phone: '13812345678', address: '瑞金南路 1 弄 2 号 301 室' },
  ...{ content: '夜里施工，睡不着，电话 13812345678', at: { lon, lat, crs: 'wgs84' } },
  ...change,
})

let room: DutyRoom
let platform: Platform
let key: string
beforeEach(async () => {
  room = await openRoom({ staff: ['chen', 'shen', 'li'] })
  // A Monday morning.
  room.clock.jump(Date.parse('2026-11-23T09:30:00+08:00'))
  key = await room.records.sources.add({ id: source, name: '12345', matters: {}, cameras: {} }, room.clock.now())
  platform = await openPlatform({ house: () => room.url, key: () => key, secret })
  const neighbour = aNeighbour({
    ...{ id: 'sh-12345', name: '12345', kind: 'hotline-12345' },
    url: platform.url,
    source,
  })
  await room.records.neighbours.add(neighbour, { signing: [{ secret }] }, room.clock.now())
  await passes(async () => expect(await room.records.deliveries.toldUpTo(neighbour.id)).not.toBeNull())
})
afterEach(() => platform.close())

/** Time goes on a second at a time until it is so: the wire is real, only the clock is ours. */
const passes = (isSo: () => unknown, seconds = 1) =>
  vi.waitFor(
    async () => {
      await room.clock.pass(seconds * 1000)
      await isSo()
    },
    { timeout: 15_000, interval: 5 },
  )
const hears = (...what: string[]) => passes(() => expect(platform.heard()).toEqual(what), 10)
const caseNow = (id: CaseId) => room.desk.board().cases.get(id)!

/** From dispatch to the answer, as the people of the street tap it. */
async function handle(id: CaseId, note: string): Promise<void> {
  const [chen, li, shen] = [await room.opens('chen'), await room.opens('li'), await room.opens('shen')]
  await does(chen, { type: 'dispatch', caseId: id, to: 'li' as PersonId })
  await does(li, { type: 'take', caseId: id })
  await does(li, { type: 'arrive', caseId: id })
  await does(li, { type: 'finish', caseId: id, note })
  await does(shen, { type: 'close', caseId: id, disposition: 'solved' })
}
const dispatched = ['assigned', 'handling', 'on-site']
const answered = [...dispatched, 'handled', 'answered']
const of = (orderNo: string, what: readonly string[]) => what.map((one) => `${orderNo} ${one}`)

it('[EX9] an order in, spoken to in time, handled, answered; not good enough, opened again, and given back on appeal', async () => {
  const results = await platform.gives(order('SH-1'))
  const id = caseOf({ results })
  expect(results).toMatchObject([{ ok: true, how: 'opened' }])
  const [chen, shen] = [await room.opens('chen'), await room.opens('shen')]
  await does(chen, { type: 'accept', caseId: id })
  await until(room, '2026-11-23 10:00:00')
  await does(chen, { type: 'contact', caseId: id, note: '已联系，下午到场' })
  expect(caseNow(id).clocks.find(({ name }) => name === 'contact')).toMatchObject({ metAt: expect.any(Number) })
  expect(caseNow(id).clocks.find(({ name }) => name === 'answer')?.limit).toEqual({ amount: 5, unit: 'work-days' })
  await handle(id, '已责令夜间停工，来电人认可')
  await hears(...of('SH-1', ['signed', 'contacted', ...answered]))
  expect(platform.told.at(-1)).toMatchObject({ text: '已责令夜间停工，来电人认可', disposition: 'solved', caseId: id })

  const said = await platform.says({ what: '回访', orderNo: 'SH-1', satisfied: false, stars: 1, text: '昨晚又施工了' })
  expect(said).toMatchObject({ ok: true, madeCaseId: expect.any(String) })
  const again = (said as { madeCaseId: CaseId }).madeCaseId
  expect(caseNow(again)).toMatchObject({ lineage: { from: [id] }, reworks: 1, stage: 'reported' })
  expect(caseNow(id).rating).toMatchObject({ stars: 1, fixed: false })
  await passes(() => expect(platform.told.at(-1)).toMatchObject({ what: 'reopened', orderNo: 'SH-1', caseId: again }))

  await does(shen, {
    type: 'ask',
    caseId: again,
    what: 'void',
    disposition: 'beyond-remit',
    reason: '地铁施工，归市里管',
  })
  await passes(() => expect(platform.told.at(-1)).toMatchObject({ what: 'return-asked', text: '地铁施工，归市里管' }))
  expect(await isTold(chen, { type: 'approve', caseId: again, request: 'void-1' as never })).toBe('role-not-allowed')
  await platform.says({ what: '批复', orderNo: 'SH-1', to: '退单', granted: true, text: '同意退单' })
  expect(caseNow(again)).toMatchObject({ stage: 'void', disposition: 'beyond-remit' })
  await passes(() => expect(platform.told.at(-1)).toMatchObject({ what: 'voided', caseId: again }))
  expect(platform.forged).toEqual([])
})

it('[EX9] urged and added to, it stays one case; an extension is the platform’s to give', async () => {
  const id = caseOf({ results: await platform.gives(order('SH-1')) })
  const [chen, li] = [await room.opens('chen'), await room.opens('li')]
  await does(chen, { type: 'dispatch', caseId: id, to: 'li' as PersonId })
  await does(li, { type: 'take', caseId: id })
  expect(await platform.says({ what: '催单', orderNo: 'SH-1', text: '来电人再次来电' })).toMatchObject({ ok: true })
  expect(await platform.says({ what: '补充', orderNo: 'SH-1', text: '是 3 号楼，联系 13912345678' })).toMatchObject({
    ok: true,
  })
  expect(caseNow(id).orders).toMatchObject([{ what: 'urge', to: [{ personId: 'li' }] }])
  expect(caseNow(id).steps.at(-1)).toMatchObject({ verb: 'note', note: '是 3 号楼，联系 ［电话］' })
  expect(room.desk.board().cases.size).toBe(1)

  const due = caseNow(id).clocks.find(({ name }) => name === 'answer')!.dueAt
  const longer = { amount: 3, unit: 'work-days' } as const
  await does(li, { type: 'ask', caseId: id, what: 'extend', longer, reason: '等施工方回复' })
  await passes(() => expect(platform.told.at(-1)).toMatchObject({ what: 'extension-asked', longer }))
  await platform.says({ what: '批复', orderNo: 'SH-1', to: '延期', granted: true, text: '同意延期三天' })
  expect(caseNow(id).clocks.find(({ name }) => name === 'answer')!.dueAt).toBeGreaterThan(due)
  expect(await bytesOf(room.journal)).not.toMatch(/王小明|13812345678|13912345678|301/)
})

it('[EX9] refused for a while, dead for an hour, the house restarted in between: the platform hears all of it in its order, once', async () => {
  const id = caseOf({ results: await platform.gives(order('SH-1')) })
  platform.isBusy(3)
  const chen = await room.opens('chen')
  await does(chen, { type: 'accept', caseId: id })
  await hears('SH-1 signed')
  await platform.dies()
  await handle(id, '已办')
  for (let minute = 0; minute < 60; minute += 5) await room.clock.pass(5 * 60_000)
  await room.restarts()
  await platform.returns()
  await passes(() => expect(platform.heard()).toEqual(of('SH-1', ['signed', ...answered])), 60)
})

it('[EX10] the call back comes when the case has long left the board: it is found, and opened again', async () => {
  const id = caseOf({ results: await platform.gives(order('SH-1')) })
  await handle(id, '已办')
  await until(room, '2026-11-26 09:00:00')
  await passes(() => expect(room.desk.board().cases.has(id)).toBe(false), 60)
  await room.settled()
  await room.restarts()
  const said = await platform.says({ what: '回访', orderNo: 'SH-1', satisfied: false, text: '没有人来过' })
  expect(said).toMatchObject({ ok: true, madeCaseId: expect.any(String) })
  const again = (said as { madeCaseId: CaseId }).madeCaseId
  await passes(() => expect(platform.told.at(-1)).toMatchObject({ what: 'reopened', caseId: again }))
  expect(await platform.says({ what: '催单', orderNo: 'SH-1', text: '快一点' })).toMatchObject({
    ok: true,
    caseId: again,
  })
})

it('[EX10] urged where nobody can be called, that it was urged is written down all the same', async () => {
  const id = caseOf({ results: await platform.gives(order('SH-1')) })
  await handle(id, '已办')
  expect(await platform.says({ what: '催单', orderNo: 'SH-1', text: '来电人又问' })).toMatchObject({ ok: true })
  expect(caseNow(id).steps.at(-1)).toMatchObject({ verb: 'note', note: '催单：来电人又问' })
})

it('[EX6] what is said of an order before the order itself came is refused, kept, and taken once it is there', async () => {
  const early = await platform.says({ what: '补充', orderNo: 'SH-1', text: '3 号楼' })
  expect(early).toMatchObject({ ok: false, refusal: 'case-not-found', quarantineId: expect.any(String) })
  const id = caseOf({ results: await platform.gives(order('SH-1')) })
  const { quarantineId } = early as { quarantineId: string }
  const again = await fetch(`${room.url}/api/quarantine/${quarantineId}/replay`, {
    method: 'POST',
    headers: { cookie: await room.signIn('chen'), 'content-type': 'application/json', origin: room.url },
    body: '{}',
  })
  expect(again.status).toBe(200)
  expect(caseNow(id).steps.at(-1)).toMatchObject({ verb: 'note', note: '3 号楼' })
})

it('[EX1] a word about another source’s order finds none', async () => {
  await platform.gives(order('SH-1'))
  expect((await room.posts({ what: '催单', orderNo: 'SH-1', messageId: 'm' }, 'hotline-12345')).results).toMatchObject([
    { ok: false, refusal: 'case-not-found' },
  ])
})
