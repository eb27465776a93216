// A camera goes mad behind its platform: it is held back, its siblings and the other platforms are heard, and the desk sees why.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Devices, SourceState } from '#contract/devices'
import { SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { minute } from '../suites/eyes.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

let room: DutyRoom
let key: string
beforeEach(async () => {
  room = await dutyRoom({ staff: ['chen'] })
  key = await room.records.sources.add(
    { id: SourceId.parse('park'), name: '园区平台', matters: {}, cameras: {}, perMinute: 60 },
    room.clock.now(),
  )
})
afterEach(() => room.close())

let sent = 0
const alert = (cameraId: string, more: object = {}) => ({
  ...{ kind: 'camera-alert', eventId: `e${++sent}`, matter: 'smoke', cameraId, occurredAt: room.clock.now() },
  ...more,
})
async function parkSends(body: unknown) {
  const answer = await fetch(`${room.url}/api/in/sanping`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { results } = (await answer.json()) as { results: IntakeAnswer[] }
  const [first] = results
  return {
    status: answer.status,
    results,
    said: first?.ok ? first.how : first?.refusal,
    wait: answer.headers.get('retry-after'),
  }
}
const park = async (): Promise<SourceState> => {
  const answer = await fetch(`${room.url}/api/devices`, { headers: { cookie: await room.signIn('chen') } })
  return ((await answer.json()) as Devices).sources.find(({ id }) => id === 'park')!
}

describe('one mad camera', () => {
  it('[IN137] is told to come again, while a sibling behind the same platform is heard at once', async () => {
    const said: unknown[] = []
    for (let post = 0; post < 40; post++) said.push((await parkSends(alert('cam-1'))).said)
    expect(said.slice(0, 16)).not.toContain('over-quota')
    expect(said.slice(-20).every((one) => one === 'over-quota')).toBe(true)
    const sibling = await parkSends(alert('cam-2', { matter: 'open-fire' }))
    expect(sibling.status).toBe(200)
  })

  it('[IN139] nothing of it is lost in silence: it is counted, said in words, and on the devices page; and it is not quarantined', async () => {
    for (let post = 0; post < 30; post++) await parkSends(alert('cam-1'))
    const held = await parkSends(alert('cam-1'))
    expect(held).toMatchObject({ status: 429, said: 'over-quota', wait: expect.stringMatching(/^\d+$/) })
    const { sending, inQuarantine } = await park()
    expect(sending.over.times).toBeGreaterThan(10)
    expect(sending).toMatchObject({
      ...{ dialects: ['sanping'], rate: { allowed: 60 } },
      ...{
        over: { lastAt: room.clock.now() },
        lastNo: { refusal: 'over-quota', words: expect.stringContaining('额度') },
      },
    })
    expect(inQuarantine).toBe(0)
  })

  it('[IN136] a mad platform is not even read, and the other platform does not feel it', async () => {
    const batch = () =>
      Array.from({ length: 50 }, () =>
        alert('cam-1', { kind: 'grid-report', cameraId: undefined, placeId: undefined, at: undefined }),
      )
    // A batch is taken whole, or not at all, and paid for afterwards.
    const first = await parkSends(batch())
    expect(first.results).toHaveLength(50)
    const over = await parkSends(batch())
    expect(over).toMatchObject({ status: 429, said: 'over-quota' })
    expect(over.results).toHaveLength(1)
    const { status, results } = await room.posts(alert('cam-3'))
    expect([status, results[0]?.ok]).toEqual([200, true])
    room.clock.jump(room.clock.now() + Number(over.wait) * 1000)
    expect((await parkSends(alert('cam-1'))).status).toBe(200)
  })
})

describe('what the desk sees of a source', () => {
  it('[DV16] in which dialects it speaks, how much, how it proves itself and how it was refused last', async () => {
    await parkSends(alert('cam-1'))
    await parkSends(alert('nowhere'))
    await fetch(`${room.url}/api/in/heartbeat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'online', cameraIds: ['cam-1'] }),
    })
    await room.records.sources.addSecret(SourceId.parse('park'), room.clock.now(), room.clock.now())
    expect(await park()).toMatchObject({
      ...{ taken: 1, refused: 1, inQuarantine: 1 },
      sending: {
        ...{ dialects: ['heartbeat', 'sanping'], rate: { minute: 2, hour: 2 } },
        lastNo: { refusal: 'camera-unknown', words: expect.stringContaining('nowhere') },
      },
      proofs: { mustSign: false, byAddress: false, keys: [{ endsAt: null }], secrets: [{ endsAt: null }] },
    })
  })

  it('[DV17] a wrong clock is seen by source and by camera; what is only late is not called wrong', async () => {
    for (let post = 0; post < 6; post++) await parkSends(alert('cam-1', { occurredAt: room.clock.now() - 10 * minute }))
    expect((await park()).sending).toMatchObject({ clock: 'behind', lagMs: 10 * minute, clocksWrong: 1 })
    await parkSends(alert('cam-2', { occurredAt: room.clock.now() + 2 * minute }))
    const answer = await fetch(`${room.url}/api/devices`, { headers: { cookie: await room.signIn('chen') } })
    const { devices, sources } = (await answer.json()) as Devices
    expect(devices.flatMap(({ id, clock }) => (clock ? [[id, clock.state]] : []))).toEqual([
      ['cam-1', 'behind'],
      ['cam-2', 'ahead'],
    ])
    expect(sources.find(({ id }) => id === 'park')?.sending).toMatchObject({ clock: 'ahead', clocksWrong: 2 })
  })

  it('[DV18] a proof that failed is said at the source it claims, and nowhere else', async () => {
    await room.records.sources.setWays(SourceId.parse('park'), { mustSign: true })
    expect((await parkSends(alert('cam-1'))).said).toBe('signature-missing')
    expect((await park()).sending.lastNo).toMatchObject({ refusal: 'signature-missing' })
  })
})
