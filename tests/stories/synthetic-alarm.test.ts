// The synthetic alarm: every five minutes the house sends itself one down every path, and says so where it does not come out.
import { afterEach, describe, expect, it } from 'vitest'
import type { Devices } from '#contract/devices'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { casesOf, mattersOf, minute } from '../suites/eyes.ts'
import { openHeldJournal } from '../world/held-journal.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

let room: DutyRoom
afterEach(() => room.close())

const open = (journal?: Journal) =>
  dutyRoom({
    staff: ['chen', 'shen'],
    ...(journal && { journal }),
    config: { silentAfterMs: 30 * minute, probeMs: 5 * minute },
  })

const linesOf = async (): Promise<string[]> => {
  const keys: string[] = []
  for await (const line of room.journal.read(0))
    for (const event of readEntry(line).events)
      keys.push(event.type === 'probed' ? event.key.split('/')[0]! : event.type)
  return keys
}
const devices = async (id: string): Promise<Devices> => {
  const answer = await fetch(`${room.url}/api/devices`, { headers: { cookie: await room.signIn(id) } })
  return (await answer.json()) as Devices
}

describe('every five minutes', () => {
  it('[DV10] one goes through the real door in every dialect, is kept, and is timed until the line has it', async () => {
    room = await open()
    const duty = await room.opens('chen')
    await room.clock.pass(6000)
    await expect
      .poll(async () => (await devices('chen')).paths.map(({ name, at, down }) => [name, at !== null, down]))
      .toEqual([
        ['http/sanping', true, false],
        ['http/frigate', true, false],
        ['http/hikvision', true, false],
      ])
    expect(await linesOf()).toEqual(['self-check', 'self-check', 'self-check'])
    await room.clock.pass(5 * minute)
    await expect.poll(async () => (await linesOf()).length).toBe(6)
    await room.clock.pass(2000)
    await duty.sees(() => expect(duty.welcome().paths).toHaveLength(3))
  })

  it('[DV11] it is in no list, no count and no number: the first real alarm of the day is number 001', async () => {
    room = await open()
    const wall = await room.opens('wall')
    await room.clock.pass(6000)
    await expect.poll(async () => (await linesOf()).length).toBe(3)
    expect([casesOf(room), room.desk.board().tallies.size]).toEqual([[], 0])
    const smoke = {
      kind: 'camera-alert',
      eventId: 'e1',
      matter: 'smoke',
      cameraId: 'cam-1',
      occurredAt: room.clock.now(),
    }
    const { results } = await room.posts(smoke)
    expect(results[0]).toMatchObject({ ok: true, caseId: '20261121-001' })
    await wall.sees((screen) => screen.cases().length === 1)
    expect((await devices('chen')).sources.map(({ id }) => id)).toEqual(['hik'])
  })

  it('[DV15] its key is the house’s own and stands in no record', async () => {
    room = await open()
    await room.clock.pass(6000)
    await expect.poll(async () => (await linesOf()).length).toBe(3)
    expect(room.records.sources.live().size).toBe(1)
    await room.clock.pass(minute)
    expect((await room.records.heard.all()).map(({ id }) => id)).toEqual([])
  })
})

describe('an alarm that does not come out', () => {
  it('[DV12] the disk hangs: within ten seconds every screen is told that no path works, and once it writes again that they do', async () => {
    const journal = openHeldJournal()
    room = await open(journal)
    const duty = await room.opens('chen')
    await room.clock.pass(6000)
    await expect.poll(async () => (await linesOf()).length).toBe(3)

    journal.hold(true)
    await room.clock.pass(5 * minute)
    // Waiting at the disk, the alarm has not come out; ten seconds are its whole time.
    await expect.poll(() => journal.appends.length).toBeGreaterThan(3)
    await room.clock.pass(10_000)
    await expect.poll(async () => (await devices('chen')).paths.every(({ down }) => down)).toBe(true)
    // The screens hear it at the next pulse, from memory: nothing can be written down now.
    await room.clock.pass(2000)
    await duty.sees((screen) => /"paths",\[.*"down":true/.test(screen.bytes()))
    expect(mattersOf(room)).toEqual([])

    journal.hold(false)
    await expect.poll(() => mattersOf(room)).toEqual(['alarm-path-down reported'])
    expect(casesOf(room)[0]).toMatchObject({ level: 2, deviceId: 'path-all', told: [{ personId: 'chen' }] })

    await room.clock.pass(5 * minute)
    await expect.poll(async () => (await devices('chen')).paths.some(({ down }) => down)).toBe(false)
    await expect.poll(() => mattersOf(room)).toEqual(['alarm-path-down closed'])
  })
})

it('[DV14] a chief sees the devices of their own ground, the duty officer all of it, the others none', async () => {
  room = await dutyRoom({ staff: ['chen', 'ma', 'li'] })
  const all = await devices('chen')
  expect(all.devices.filter(({ kind }) => kind === 'camera')).toHaveLength(6)
  expect(all.sources).toMatchObject([{ id: 'hik', state: 'never', taken: 0, inQuarantine: 0 }])
  expect(await devices('ma')).toMatchObject({ devices: [], sources: [] })
  expect(await devices('li')).toMatchObject({ refusal: 'role-not-allowed' })
})
