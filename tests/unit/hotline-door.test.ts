// A 12345 platform pushes its orders, and what it says of them: each is taken, or refused in words and kept.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

const order = (change: Record<string, unknown> = {}) => ({
  ...{ orderNo: 'SH20261121-0001', what: '派单', calledAt: '2026-11-21T11:50:00+08:00' },
  caller: { name: '王小明', phone: '13812345678', address: '瑞金南路 1 弄 2 号 301 室' },
  ...{ category: '噪声扰民', content: '楼下夜里施工，打 13812345678 找我', urgency: '一般' },
  at: { lon: 121.4725, lat: 31.2075, crs: 'wgs84' },
  ...change,
})

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire(aSource({ matters: { 漏水: 'water-leak', 咨询: 'ignore' } }))
})
afterEach(() => door.close())

const push = (body: unknown) => door.post('hotline-12345', typeof body === 'string' ? body : JSON.stringify(body))

describe('an order', () => {
  it('[EX4] is a ticket by its urgency, and whoever called stands beside the journal', async () => {
    expect(await push(order())).toMatchObject({ status: 200, results: [{ ok: true, how: 'opened' }] })
    const [report] = door.reports()
    expect(report).toMatchObject({
      ...{ kind: 'service-ticket', channel: 'hotline', matter: 'hotline-general', eventId: 'SH20261121-0001' },
      text: '【工单 SH20261121-0001】噪声扰民：楼下夜里施工，打 ［电话］ 找我',
    })
    expect(JSON.stringify(report)).not.toMatch(/王小明|13812345678|301/)
    expect([...door.kept.values()]).toMatchObject([{ name: '王小明', phone: '13812345678' }])
  })

  it('[EX4] what the source maps is the street’s own matter; what it puts aside is none of ours', async () => {
    await push([order({ category: '漏水' }), order({ orderNo: 'B', category: '咨询' })])
    expect(door.reports().map(({ matter }) => matter)).toEqual(['water-leak'])
  })

  it('[EX4] urgent, general and hard in Chinese and in English; the limit and what it repeats are said to the desk', async () => {
    const orders = ['紧急', 'urgent', '疑难', 'hard', undefined].map((urgency, nth) =>
      order({ orderNo: `N${nth}`, urgency, deadline: '2026-11-25T17:00:00+08:00', repeatOf: 'SH-0' }),
    )
    await push({ orders })
    const all = door.reports()
    const [urgent, hard] = ['hotline-urgent', 'hotline-hard']
    expect(all.map(({ matter }) => matter)).toEqual([urgent, urgent, hard, hard, 'hotline-general'])
    expect(all[0]?.text).toMatch(/（重复诉求，原工单 SH-0）（要求 11\/25 17:00 前答复）$/)
  })

  it('[EX5] pushed again it is the same order, whatever else was in that push', async () => {
    await push(order())
    await push([order({ orderNo: 'B' }), order()])
    expect(door.reports().map(({ eventId }) => eventId)).toEqual(['SH20261121-0001', 'B'])
  })
})

it('[EX4] [EX6] the samples are what they say: two orders taken, and four words on an order nobody gave us kept', async () => {
  const sample = (name: string) =>
    readFileSync(join(import.meta.dirname, '../../ingest-server/doors/vendors/samples', name), 'utf8')
  expect((await push(sample('hotline-12345-orders.json'))).results.map(({ ok }) => ok)).toEqual([true, true])
  expect(
    door
      .reports()
      .map(({ matter }) => matter)
      .toSorted(),
  ).toEqual(['hotline-general', 'water-leak'])
  const { status, results } = await push(sample('hotline-12345-words.json'))
  expect([status, results.length, door.rows.length]).toEqual([404, 4, 4])
})

describe('what is broken', () => {
  it.each([
    ['no number', order({ orderNo: undefined }), 'wrong-shape', /orderNo/],
    ['a number that would be taken for a mark of ours', order({ orderNo: 'A#reopened-1' }), 'wrong-shape', /orderNo/],
    ['no content', order({ content: ' ' }), 'wrong-shape', /content/],
    ['no place', order({ at: undefined }), 'place-missing', /坐标/],
    ['a point without its datum', order({ at: { lon: 121.47, lat: 31.2 } }), 'crs-missing', /crs/],
    ['a day that does not exist', order({ calledAt: '2026-02-30T09:00:00+08:00' }), 'wrong-shape', /calledAt/],
    ['a kind nobody knows', order({ what: '转办' }), 'wrong-shape', /what/],
    ['an urgency nobody knows', order({ urgency: '特急' }), 'wrong-shape', /urgency/],
    ['a word without its own id', { what: '催单', orderNo: 'SH-1' }, 'wrong-shape', /messageId/],
    ['a call back that does not say how it went', { what: '回访', orderNo: 'A', messageId: 'm' }, 'wrong-shape', /sat/],
    [
      'a word on an order nobody gave us',
      { what: '催单', orderNo: 'A', messageId: 'm' },
      'case-not-found',
      /工单「A」/,
    ],
    ['a number', 7, 'wrong-shape', /./],
    ['nothing', [], 'nothing-in-it', /./],
  ])('[EX6] %s is refused in words and kept whole', async (_what, body, refusal, words) => {
    const { status, results } = await push(body)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(results).toMatchObject([{ ok: false, refusal, words: expect.stringMatching(words) }])
    expect(door.rows).toHaveLength(1)
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe(JSON.stringify(body))
  })

  it.each(['', '{', '[1,', 'null', '"x"', '[[[[]]]]', '{"orders":7}', '{"what":{"a":1}}', '\ufeff{}'])(
    '[EX6] %j is answered, never with a fault',
    async (body) => {
      const { status } = await push(body)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(door.faults).toEqual([])
    },
  )

  it('[EX6] one bad order among good ones keeps nobody from being taken', async () => {
    const { status, results } = await push([order(), order({ orderNo: '' }), order({ orderNo: 'C' })])
    expect(status).toBe(207)
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true])
  })
})
