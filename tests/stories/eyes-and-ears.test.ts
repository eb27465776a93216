// The house's own eyes and ears: what goes silent becomes somebody's case, and what comes back says so.
import { afterEach, describe, expect, it } from 'vitest'
import type { CameraId } from '#contract/ids'
import { scenarios } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'
import { casesOf, mattersOf, passes } from '../suites/eyes.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'

let room: DutyRoom
afterEach(() => room.close())

/** A camera is missed after two minutes here, and told two minutes later where it is the only one. */
const open = async (needs: DutyRoomNeeds = {}) => {
  room = await dutyRoom({ staff: ['chen'], ...needs, config: { silentAfterMs: 120_000 } })
  return room
}
const beat = (sign: object) => room.posts(sign, 'heartbeat')

describe('a gateway', () => {
  it('[DV2] says by its last will that it is gone: a case at once; its next heartbeat ends it', async () => {
    await open()
    await beat({ deviceId: 'gateway-1', cameraIds: ['cam-1', 'cam-2'] })

    expect(await beat({ deviceId: 'gateway-1', state: 'last-will' })).toMatchObject({ status: 200, results: [] })
    await expect.poll(() => mattersOf(room)).toEqual(['gateway-offline reported'])
    const [gone] = casesOf(room)
    expect(gone).toMatchObject({
      deviceId: 'gateway-1',
      sources: [{ by: { kind: 'clock' }, text: expect.stringContaining('遗嘱') }],
    })
    // It lies where its cameras hang, not in the middle of the street.
    expect(gone!.path.at(-1)).toBe(smallGround.pathOf(smallGround.cameras.get('cam-1' as CameraId)!.placeId).at(-1))

    await room.clock.pass(5000)
    await beat({ deviceId: 'gateway-1', cameraIds: ['cam-1', 'cam-2'] })
    await expect.poll(() => mattersOf(room)).toEqual(['gateway-offline closed'])
    expect(casesOf(room)[0]).toMatchObject({ disposition: 'solved', recoveredAt: room.clock.now() })
  })

  it('[DV5] takes its cameras along: while it is gone none of them has a case of its own', async () => {
    await open()
    await beat({ deviceId: 'gateway-1', cameraIds: ['cam-1', 'cam-2', 'cam-3'] })
    await beat({ deviceId: 'gateway-1', state: 'offline' })
    await passes(room, 15, () => beat({}))
    expect(mattersOf(room)).toEqual(['gateway-offline reported'])
  })
})

describe('a camera', () => {
  it('[DV7] that falls silent is one case, over a restart too, and ends when it is heard again', async () => {
    await open()
    const rest = () => beat({ cameraIds: ['cam-2', 'cam-3'] })
    await beat({ cameraIds: ['cam-1'] })
    await passes(room, 6, rest)
    await expect.poll(() => mattersOf(room)).toEqual(['camera-silent reported'])
    expect(casesOf(room)[0]).toMatchObject({ level: 3, sources: [{ cameraId: 'cam-1' }] })

    await room.restarts()
    await passes(room, 10, rest)
    expect(mattersOf(room)).toEqual(['camera-silent reported'])

    await beat({ cameraIds: ['cam-1', 'cam-2', 'cam-3'] })
    await passes(room, 1)
    await expect.poll(() => mattersOf(room)).toEqual(['camera-silent closed'])
    // Another time is another event: the closed one stays closed.
    await passes(room, 6, rest)
    await expect.poll(() => mattersOf(room)).toEqual(['camera-silent closed', 'camera-silent reported'])
  })

  it('[DV7] closed by hand while it is still silent is not opened again by the same silence', async () => {
    await open()
    const rest = () => beat({ cameraIds: ['cam-2', 'cam-3'] })
    await beat({ cameraIds: ['cam-1'] })
    await passes(room, 6, rest)
    const chen = await room.opens('chen')
    await chen.wishes({ type: 'void', caseId: casesOf(room)[0]!.id, disposition: 'not-found', reason: '正在换灯杆' })
    await passes(room, 10, rest)
    await room.restarts()
    await passes(room, 10, rest)
    expect(mattersOf(room)).toEqual(['camera-silent void'])
  })

  it('[DV3] that only speaks when it sees something is not missed', async () => {
    await open()
    const smoke = {
      kind: 'camera-alert',
      eventId: 'e1',
      matter: 'smoke',
      cameraId: 'cam-1',
      occurredAt: room.clock.now(),
    }
    await room.posts(smoke)
    await passes(room, 15, () => beat({ cameraIds: ['cam-2'] }))
    expect(mattersOf(room)).toEqual(['smoke reported'])
  })
})

describe('many at once', () => {
  const all = [...smallGround.cameras.keys()]

  it('[DV5] a source that falls silent is one case, not one a camera; when it is back that one ends', async () => {
    await open()
    await beat({ cameraIds: all })
    await passes(room, 15)
    expect(mattersOf(room)).toEqual(['source-silent reported'])
    expect(casesOf(room)[0]).toMatchObject({ deviceId: 'hik', sources: [{ text: expect.stringContaining('6 路') }] })

    await passes(room, 1, () => beat({ cameraIds: all }))
    await expect.poll(() => mattersOf(room)).toEqual(['source-silent closed'])
    await passes(room, 8, () => beat({ cameraIds: all }))
    expect(mattersOf(room)).toEqual(['source-silent closed'])
  })

  it('[DV5] a platform that is heard, but of whose cameras most are not, is one case too', async () => {
    await open()
    await beat({ cameraIds: all })
    await passes(room, 8, () => beat({ cameraIds: ['cam-6'] }))
    expect(mattersOf(room)).toEqual(['source-silent reported'])
    expect(casesOf(room)[0]!.sources[0]!.text).toContain('5')
  })

  it('[DV4] after a source’s break each camera has its whole time again before it is missed', async () => {
    await open()
    await beat({ cameraIds: all })
    await passes(room, 10)
    // It comes back with one camera first; the others follow a minute later.
    await passes(room, 1, () => beat({ cameraIds: ['cam-1'] }))
    await passes(room, 8, () => beat({ cameraIds: all }))
    expect(mattersOf(room)).toEqual(['source-silent closed'])
  })

  it('[DV6] a clock that is set forward by hours makes nobody silent', async () => {
    await open()
    await beat({ cameraIds: all })
    await room.clock.pass(30_000)
    room.clock.jump(room.clock.now() + 6 * 3_600_000)
    await passes(room, 1)
    await passes(room, 3, () => beat({ cameraIds: all }))
    expect(mattersOf(room)).toEqual([])
  })

  it('[DV6] what our own stop kept from being heard is not missed; it has its time again', async () => {
    await open()
    await beat({ cameraIds: all })
    await room.clock.pass(30_000)
    await room.restarts()
    room.clock.jump(room.clock.now() + 3_600_000)
    await room.restarts()
    await passes(room, 1)
    expect(mattersOf(room)).toEqual([])
  })
})

describe('ground without anybody on duty', () => {
  it('[DV9] is a case of its own until somebody stands there', async () => {
    await open({
      staff: ['chen', 'li'],
      responsibility: {
        version: '1',
        rows: [],
        coverage: [{ post: 'micro-fire-station', level: 'residential-area', least: 1 }],
      } as never,
    })
    await passes(room, 1)
    const voids = casesOf(room).filter(({ matter }) => matter === 'coverage-void')
    expect(voids.map(({ path }) => path.at(-1)).sort()).toEqual([
      'north-east',
      'north-west',
      'south-east',
      'south-west',
    ])
    expect(voids[0]!.sources[0]!.text).toContain('微型消防站')
    await passes(room, 5)
    expect(casesOf(room).length).toBe(4)
  })
})

it('[DV8] a matter that no scenario knows is not said, and complained of once', async () => {
  await open({ scenarios: scenarios.filter(({ kind }) => kind === 'alarm') })
  await beat({ deviceId: 'gateway-1', cameraIds: ['cam-1'] })
  await beat({ deviceId: 'gateway-1', state: 'offline' })
  await passes(room, 3)
  expect(casesOf(room)).toEqual([])
  expect(room.complaints.filter((line) => line.includes('gateway-offline'))).toHaveLength(1)
})
