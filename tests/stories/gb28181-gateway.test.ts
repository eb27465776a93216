// Three in the morning: an old gateway that speaks GB2312 by SIP sees smoke in a bike shed, says so every half minute, and goes dark.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { SourceId } from '#contract/ids'
import { aDevice, byUdp, nvr, server } from '../suites/sip-gateway.ts'
import { smallGround } from '../suites/small-ground.ts'
import { dutyRoom, type DutyRoom } from '../world/duty-room.ts'

const smoke = readFileSync(
  join(import.meta.dirname, '../../ingest-server/doors/vendors/samples/gb28181-smoke-gb2312.xml'),
)
const channel = '31010100001310000003'
const way = { host: '127.0.0.1', port: 0, ...server }

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function night() {
  const room = await dutyRoom({ at: '03:00', staff: ['chen'], config: { sip: way, silentAfterMs: 1_800_000 } })
  closing.push(room.close)
  const id = 'gb' as SourceId
  await room.records.sources.add(
    { id, name: '国标平台', matters: {}, cameras: { [channel]: 'cam-1' } },
    room.clock.now(),
  )
  const password = await room.records.sipDevices.add(nvr, id, room.clock.now())
  return { room, password, gateway: await gatewayOf(room, password) }
}
async function gatewayOf(room: DutyRoom, password: string) {
  const wire = await byUdp(Number(/:(\d+)$/.exec(room.sip!)![1]))
  closing.push(wire.close)
  return aDevice(wire, { password })
}
/** As the gateway writes it: its own serial number, its own clock, no zone. */
const alarm = (serial: number, at: string): Buffer =>
  Buffer.from(
    smoke.toString('latin1').replace('<SN>17430<', `<SN>${serial}<`).replace('2026-11-21T11:59:50', `2026-11-21T${at}`),
    'latin1',
  )
const cases = (room: DutyRoom) => [...room.desk.board().cases.values()]

it('[IN96] [IN82] smoke at three, said ten times, is one case at its shed, on the wall before the gateway is answered', async () => {
  const { room, gateway } = await night()
  expect((await gateway.registers()).start).toBe('SIP/2.0 200 OK')
  const wall = await room.opens('wall')

  for (let nth = 0; nth < 10; nth++) {
    const at = `03:0${Math.floor(nth / 2)}:${nth % 2 === 0 ? '00' : '30'}`
    expect((await gateway.sends(alarm(100 + nth, at))).start).toBe('SIP/2.0 200 OK')
    expect(cases(room)).toHaveLength(1)
    await room.clock.pass(30_000)
  }

  const [fire] = cases(room)
  expect(fire).toMatchObject({
    sources: [{ cameraId: 'cam-1', matter: 'smoke', text: '瑞南一村3号车棚 烟雾报警（1 级警情）' }],
  })
  expect(fire!.path).toEqual(smallGround.pathOf(fire!.path.at(-1)!))
  await wall.sees(() => expect(wall.only()).toMatchObject({ id: fire!.id, sources: [{ cameraId: 'cam-1' }] }))
  expect(new Set(gateway.told().map(({ body }) => /<SN>(\d+)</.exec(body)![1])).size).toBe(10)
})

it('[IN95] [DV2] a gateway that is no longer registered is somebody’s case, and its next registration ends it', async () => {
  const { room, gateway } = await night()
  await gateway.registers(300)
  await room.clock.pass(200_000)
  await gateway.registers(300)
  await room.clock.pass(200_000)
  expect(cases(room)).toEqual([])
  await room.clock.pass(200_000)
  await expect
    .poll(() => cases(room).map(({ matter, stage }) => [matter, stage]))
    .toEqual([['gateway-offline', 'reported']])
  await gateway.registers(300)
  await room.clock.pass(60_000)
  await expect
    .poll(() => cases(room).map(({ matter, stage }) => [matter, stage]))
    .toEqual([['gateway-offline', 'closed']])
})

it('[IN93] [IN3] an alarm whose answer was lost in a restart is the same command afterwards', async () => {
  const { room, password, gateway } = await night()
  await gateway.registers()
  await gateway.sends(alarm(1, '03:00:00'))
  const before = room.desk.board().revision
  await room.restarts()
  const again = await gatewayOf(room, password)
  expect((await again.proves('MESSAGE', { body: alarm(1, '03:00:00') })).start).toBe('SIP/2.0 200 OK')
  expect([room.desk.board().revision, cases(room).length]).toEqual([before, 1])
})

it('[IN92] a source that is withdrawn takes its devices with it, and a device’s new password ends its old one', async () => {
  const { room, gateway } = await night()
  await room.records.sipDevices.add(nvr, 'gb' as SourceId, room.clock.now())
  expect((await gateway.registers()).start).toContain('403')
  await room.records.sources.withdraw('gb' as SourceId, room.clock.now())
  const stranger = await gateway.says(gateway.write('REGISTER'))
  expect(stranger.headers['warning']).toContain('没有登记')
})
