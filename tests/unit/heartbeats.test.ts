// Signs of life at the machines' door, and what of what was sent is kept when there is too much.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CameraId, DeviceId, SourceId } from '#contract/ids'
import { openHearing } from '../../ingest-server/doors/hearing.ts'
import { noon, doorOnTheWire } from '../suites/torture/fakes.ts'

const minute = 60_000

describe('at the door', () => {
  let door: Awaited<ReturnType<typeof doorOnTheWire>>
  beforeEach(async () => void (door = await doorOnTheWire()))
  afterEach(() => door.close())

  it('[DV1] a heartbeat is taken, counted, and answered with nothing to say', async () => {
    const answer = await door.post('heartbeat', JSON.stringify({ deviceId: 'gw-1', cameraIds: ['CAM-1'], at: noon }))
    expect([answer.status, answer.results, answer.ignored]).toEqual([200, [], 1])
    expect(door.hearing.find('gateway', 'gw-1')).toMatchObject({ heardAt: noon, offline: null })
    expect(door.hearing.find('camera', 'CAM-1')).toMatchObject({ heardAt: noon, behind: 'gw-1', beats: true })
    expect(door.hearing.find('source', 'edge-box-1')).toMatchObject({ heardAt: noon, beats: true })
    expect(door.commands).toEqual([])
  })

  it('[DV1] many come in one body, each with its own answer where it is wrong', async () => {
    const answer = await door.post('heartbeat', JSON.stringify([{ cameraIds: ['CAM-1'] }, { state: 'asleep' }]))
    expect([answer.status, answer.ignored]).toEqual([207, 1])
    expect(answer.results).toMatchObject([
      { ok: false, refusal: 'wrong-shape', words: expect.stringContaining('[1].state'), quarantineId: 'q-1' },
    ])
  })

  it.each([
    ['no JSON', 'alive', 400, 'bad-json'],
    ['an empty list', '[]', 400, 'nothing-in-it'],
    ['a device without a name', '{"deviceId":""}', 422, 'wrong-shape'],
    ['a time of next week', JSON.stringify({ at: noon + 7 * 86_400_000 }), 422, 'time-impossible'],
  ])('[DV1] %s is refused in words and kept', async (_what, body, status, refusal) => {
    const answer = await door.post('heartbeat', body)
    expect(answer.status).toBe(status)
    expect(answer.results).toMatchObject([{ ok: false, refusal, words: expect.stringMatching(/[\u4e00-\u9fff]/) }])
    expect(door.rows).toHaveLength(1)
  })

  it('[DV1] a stranger’s is not heard', async () => {
    const answer = await door.post('heartbeat', '{}', {
      'content-type': 'application/json',
      authorization: 'Bearer no',
    })
    expect(answer.status).toBe(401)
    expect([...door.hearing.all()]).toEqual([])
  })

  it('[DV2] a last will that a broker kept back does not undo a newer word', async () => {
    const sign = (change: object) => door.post('heartbeat', JSON.stringify({ deviceId: 'gw-1', ...change }))
    await sign({ at: noon })
    await sign({ state: 'last-will', at: noon - minute })
    expect(door.hearing.find('gateway', 'gw-1')!.offline).toBeNull()
    await sign({ state: 'last-will', at: noon + 1000 })
    expect(door.hearing.find('gateway', 'gw-1')!.offline).toEqual({ at: noon, how: 'last-will' })
    await sign({ at: noon + 2000 })
    expect(door.hearing.find('gateway', 'gw-1')!.offline).toBeNull()
  })
})

describe('what is missed', () => {
  const hik = 'hik' as SourceId
  const live = new Set([hik])
  const cameras = (count: number) => Array.from({ length: count }, (_, nth) => `cam-${nth + 1}` as CameraId)
  const from = (silentAfterMs: number, start = noon) => {
    const hearing = openHearing({ silentAfterMs })
    let now = start
    return {
      hearing,
      beats: (cameraIds: CameraId[], deviceId?: DeviceId) =>
        hearing.sign({ cameraIds, state: 'online', ...(deviceId && { deviceId }) }, hik, now),
      pass(minutes: number, each?: () => void) {
        for (let half = 0; half < minutes * 2; half++) {
          each?.()
          now += minute / 2
          hearing.silences(now, live)
        }
      },
      out: () => hearing.silences(now, live).map(({ kind, id, how, cameras: many }) => `${kind} ${id} ${how} ${many}`),
    }
  }

  it('[DV5] four of two hundred are four; five of eight are one', () => {
    const large = from(2 * minute)
    large.beats(cameras(200))
    large.pass(6, () => large.beats(cameras(200).slice(4)))
    expect(large.out()).toHaveLength(4)
    const small = from(2 * minute)
    small.beats(cameras(8))
    small.pass(6, () => small.beats(cameras(8).slice(5)))
    expect(small.out()).toEqual(['source hik many 5'])
  })

  it('[DV5] a gateway’s many are the gateway’s, not its platform’s', () => {
    const street = from(2 * minute)
    street.beats(cameras(6), 'gw-1' as DeviceId)
    street.pass(6, () => {
      street.beats(cameras(1), 'gw-1' as DeviceId)
      street.beats(['other-1', 'other-2'] as CameraId[])
    })
    expect(street.out()).toEqual(['gateway gw-1 many 5'])
  })

  it('[DV3] a source that was withdrawn is not missed', () => {
    const { hearing, beats, pass } = from(minute)
    beats(cameras(3))
    pass(5)
    expect(hearing.silences(noon + 6 * minute, live)).toHaveLength(1)
    expect(hearing.silences(noon + 6 * minute, new Set())).toEqual([])
  })

  it('[DV6] a wall clock set back leaves nobody unheard of for hours', () => {
    const street = from(2 * minute)
    street.beats(cameras(1))
    street.hearing.silences(noon, live)
    street.hearing.silences(noon - 3 * 3_600_000, live)
    expect(street.hearing.find('source', 'hik')!.heardAt).toBe(noon - 3 * 3_600_000)
  })

  it('[DV6] silent before the stop is silent after it, without a new start', () => {
    const before = from(2 * minute)
    before.beats(['cam-1', 'cam-2'] as CameraId[])
    before.pass(9, () => before.beats(['cam-2'] as CameraId[]))
    const [known] = before.hearing.silences(noon + 9 * minute, live)
    const restored = { things: before.hearing.takeHeard(), at: noon + 60 * minute }
    const after = openHearing({ silentAfterMs: 2 * minute, restored })
    after.sign({ cameraIds: ['cam-2' as CameraId], state: 'online' }, hik, noon + 61 * minute)
    expect(after.silences(noon + 61 * minute, live)).toEqual([known])
  })

  it('[DV1] one source cannot fill the memory with names of gateways', () => {
    const hearing = openHearing({ silentAfterMs: minute })
    const taken = Array.from({ length: 2001 }, (_, nth) =>
      hearing.sign({ deviceId: `gw-${nth}` as DeviceId, cameraIds: [], state: 'online' }, hik, noon),
    )
    expect(taken.filter((one) => !one)).toHaveLength(1)
  })
})
