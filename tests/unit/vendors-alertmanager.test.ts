// Alertmanager's webhook, version 4: firing and resolved are one report; what no rule names is refused in words.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

interface Webhook {
  alerts: { status: string; labels: Record<string, string>; endsAt: string; startsAt: string; fingerprint: string }[]
}
const text = readFileSync(
  join(import.meta.dirname, '../../ingest-server/doors/vendors/samples/alertmanager-firing.json'),
  'utf8',
)
const webhook = () => JSON.parse(text) as Webhook
const source = aSource({ matters: { GatewayDown: 'water-leak', Noise: 'ignore' }, cameras: { 'cam-7:80': 'CAM-7' } })

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire(source)
})
afterEach(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})
const send = (change: (hook: Webhook) => void) => {
  const hook = webhook()
  change(hook)
  return door.post('alertmanager', JSON.stringify(hook))
}
const labelled = (labels: Record<string, string>) => send(({ alerts: [alert] }) => void (alert!.labels = labels))

it('[IN106] firing, repeated, resolved: one report that grows and ends', async () => {
  await send(() => {})
  await send(() => {})
  await send(({ alerts: [alert] }) => {
    alert!.status = 'resolved'
    alert!.endsAt = '2026-11-21T11:58:00+08:00'
  })
  expect(door.reports()).toMatchObject([
    {
      ...{ kind: 'device-report', eventId: '9f0e5d3c2b1a4857@2026-11-21T11:50:00.123456789+08:00', phase: 'new' },
      ...{
        matter: 'water-leak',
        placeId: '310101020',
        deviceId: 'gw-3:9100',
        text: '网关不应答\ngw-3 已 5 分钟没有应答',
      },
      occurredAt: Date.parse('2026-11-21T11:50:00.123+08:00'),
    },
    { phase: 'end', occurredAt: Date.parse('2026-11-21T11:58:00+08:00') },
  ])
})

it('[IN106] each of a group is its own, and a label may name our matter, a camera or a point', async () => {
  await send((hook) => {
    const [alert] = hook.alerts
    hook.alerts = [
      { ...alert!, labels: { alertname: 'X', matter: 'smoke', instance: 'cam-7:80' }, fingerprint: 'a' },
      { ...alert!, labels: { alertname: 'GatewayDown', lon: '121.4757', lat: '31.2041' }, fingerprint: 'b' },
      { ...alert!, labels: { alertname: 'Noise' }, fingerprint: 'c' },
    ]
  })
  expect(door.reports()).toMatchObject([
    { matter: 'smoke', cameraId: 'CAM-7' },
    { matter: 'water-leak', at: { lon: 121.4757, crs: 'wgs84' } },
  ])
})

it('[IN107] an alert no rule names, one that is nowhere, and another version are refused in words and kept so that they can be replayed', async () => {
  const {
    results: [unknown],
  } = await labelled({ alertname: 'DiskFull', place: '310101020' })
  expect(unknown).toMatchObject({ refusal: 'matter-unknown', words: expect.stringContaining('「DiskFull」') as string })
  const {
    results: [nowhere],
  } = await labelled({ alertname: 'GatewayDown' })
  expect(nowhere).toMatchObject({ refusal: 'place-missing' })
  const { status } = await send((hook) => Object.assign(hook, { version: '3' }))
  expect(status).toBe(422)
  expect(door.rows).toHaveLength(3)
  expect(JSON.parse(Buffer.from(door.rows[0]!.body).toString())).toMatchObject({
    version: '4',
    alerts: [{ labels: { alertname: 'DiskFull' } }],
  })
})

it('[IN107] the watchdog that always fires is a sign of life and no alarm', async () => {
  const { results, ignored } = await labelled({ alertname: 'Watchdog' })
  expect([results, ignored, door.rows]).toEqual([[], 1, []])
})
