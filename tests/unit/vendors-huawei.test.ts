// Huawei VIAS: what its tasks post to a webhook, the picture inside.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makersDoor, textOf, type MakersDoor } from '../suites/torture/maker.ts'

let door: MakersDoor
beforeEach(async () => {
  door = await makersDoor('huawei-vias', {
    matters: { '720896': 'smoke' },
    cameras: { '31010400001320000042': 'CAM-SHED-3', '002': 'CAM-RUBBISH-4' },
  })
})
afterEach(() => door.close())

const changed = (name: string, change: object): string =>
  JSON.stringify({ ...(JSON.parse(textOf(name)) as object), ...change })
const json = 'application/json'

describe('VIAS', () => {
  it('[IN67] smoke with its picture, of a camera by its number before the #', async () => {
    const answer = await door.send('huawei-vias-smoke.json')
    expect(answer.results).toMatchObject([{ ok: true }])
    expect([door.said(), door.times()]).toEqual([[['new', 'smoke', 'CAM-SHED-3']], [-10]])
    expect([...door.pictures.values()].map((picture) => picture.length)).toEqual([160])
    expect(door.reports()[0]!.evidence).toEqual([...door.pictures.keys()])
  })

  it('[IN67] of fire and smoke in one picture it is the fire', async () => {
    await door.send('huawei-vias-fire.json')
    expect(door.said()).toEqual([['new', 'open-fire', 'CAM-SHED-3']])
  })

  it('[IN67] [IN68] told again every half minute it is one report that grows; quiet for six minutes, another', async () => {
    for (const seconds of [0, 30, 60, 420])
      await door.post(
        changed('huawei-vias-smoke.json', { timestamp: 1795233590 + seconds, message_id: `m${seconds}` }),
        json,
      )
    expect(door.reports().map(({ phase }) => phase)).toEqual(['new', 'update', 'update', 'new'])
    expect(new Set(door.reports().map(({ eventId }) => eventId)).size).toBe(2)
  })

  it('[IN67] what it follows keeps its own id', async () => {
    await door.send('huawei-vias-trash.json')
    await door.post(changed('huawei-vias-trash.json', { timestamp: 1795233620 }), json)
    expect(door.reports().map(({ eventId, phase, matter }) => [eventId, phase, matter])).toEqual([
      ['2AC19F93-39BH-180F-C020-02483BF10004', 'new', 'dropped-garbage'],
      ['2AC19F93-39BH-180F-C020-02483BF10004', 'update', 'dropped-garbage'],
    ])
  })

  it('[IN67] a full bin; somebody in a yard and cars are none of ours', async () => {
    await door.send('huawei-vias-bin.json')
    expect((await door.send('huawei-vias-intrusion.json')).ignored).toBe(1)
    expect((await door.send('huawei-vias-vehicles.json')).ignored).toBe(1)
    expect(door.said()).toEqual([['new', 'bin-overflow', '9f8933c9-448c-48e5-8bc0-631ea83b92eb']])
  })

  it('[IN67] bicycles where none may stand, and the name of the place', async () => {
    await door.send('huawei-vias-bikes.json')
    expect(door.reports()[0]).toMatchObject({ matter: 'bike-parking', cameraId: '001', text: '东门人行道' })
  })

  it('[IN67] suspected is half as sure; the site’s own map goes first', async () => {
    await door.send('huawei-vias-smoking.json')
    expect(door.reports()[0]).toMatchObject({ matter: 'smoke', confidence: 0.5 })
  })

  it.each([
    ['milliseconds', 1795233590123, -9.877],
    ['microseconds', 1795233590123456, -9.877],
    ['a text', '1795233590', -10],
    ['a day on the wall', '2026-11-21 11:59:50', -10],
  ])('[IN69] its time in %s', async (_name, timestamp, seconds) => {
    await door.post(changed('huawei-vias-smoke.json', { timestamp }), json)
    expect(door.times()[0]).toBeCloseTo(seconds, 2)
  })

  it('[IN67] several in a list, each answered and kept by itself', async () => {
    const broken = changed('huawei-vias-bin.json', { stream_id: undefined })
    const answer = await door.post(`[${textOf('huawei-vias-smoke.json')},${broken}]`, json)
    expect(answer.status).toBe(207)
    expect(answer.results[1]).toMatchObject({ words: expect.stringContaining('[1].stream_id') })
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe(broken)
  })

  it('[IN67] an event type nobody mapped is kept and said', async () => {
    const answer = await door.post(changed('huawei-vias-smoke.json', { event_type: 1179664 }), json)
    expect(answer.results[0]).toMatchObject({ refusal: 'matter-unknown', words: expect.stringContaining('1179664/2') })
  })

  it('[IN67] a picture that is none never costs the alarm', async () => {
    const answer = await door.post(changed('huawei-vias-smoke.json', { image_base64: '/9j/4AAQSkZJRgA...' }), json)
    expect(answer.results).toMatchObject([{ ok: true }])
    const none = await door.post(changed('huawei-vias-bin.json', { image_base64: '?' }), json)
    expect([none.status, door.reports()[1]!.evidence]).toEqual([200, []])
  })
})
