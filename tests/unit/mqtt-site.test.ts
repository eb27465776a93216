// The site's own broker, a real Mosquitto: we are its guest under a fixed name, and what came while one of us was away is not lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectAsync } from 'mqtt'
import type { SourceId } from '#contract/ids'
import type { TopicTable } from '../../ingest-server/doors/mqtt-topics.ts'
import { noon } from '../suites/torture/fakes.ts'
import { alertText, aRoad, brokerOnTheWire, siteOnTheWire, type Road } from '../suites/mqtt-house.ts'
import { mosquitto, mosquittoIsHere, publishes, type Mosquitto } from '../suites/mosquitto.ts'
import { freePort } from '../suites/server-process.ts'

const soon = (check: () => void) => vi.waitFor(check, { timeout: 12_000, interval: 10 })
const box = 'edge-box-1' as SourceId
const topics: TopicTable = [
  { topic: 'alarms/#', sourceId: box, dialect: 'sanping' },
  { topic: 'alive/+', sourceId: box, dialect: 'heartbeat' },
]
const real = describe.skipIf(!mosquittoIsHere && !process.env['CI'])

real('a site’s own broker', () => {
  let there: Mosquitto
  let road: Road
  let site: ReturnType<typeof siteOnTheWire> | null = null
  const send = (topic: string, body: string, ...more: string[]) =>
    publishes(['-p', String(there.port), '-t', topic, '-m', body, ...more])
  const opens = (version: 4 | 5 = 4, table = topics) => {
    site = siteOnTheWire({ url: `mqtt://127.0.0.1:${there.port}`, version, clientId: 'sanping' }, table, road)
    const lines = new Set(table.map(({ sourceId }) => sourceId)).size
    return soon(() => expect(site!.counts.connected).toBe(lines))
  }
  /** Asked for: what is sent now comes. */
  const isGuest = async (version: 4 | 5 = 4) => {
    await opens(version)
    await soon(async () => {
      await send('alarms/warm-up', alertText('warm-up'), '-q', '1')
      expect(road.reports().length).toBeGreaterThan(0)
    })
  }
  const eventIds = () => road.reports().map(({ eventId }) => eventId)

  beforeEach(async () => {
    road = aRoad()
    there = mosquitto(await freePort())
    await there.start()
  })
  afterEach(async () => {
    road.opens()
    await site?.close()
    site = null
    await there.remove()
  })

  it.each([4, 5] as const)('[IN47] as version %i we hear a device that speaks 5, at every QoS', async (version) => {
    await isGuest(version)
    for (const qos of ['0', '1', '2'])
      await send(
        'alarms/gate',
        alertText(`e-${qos}`),
        '-V',
        '5',
        '-q',
        qos,
        '-D',
        'publish',
        'content-type',
        'application/json',
      )
    await soon(() => expect(eventIds()).toEqual(expect.arrayContaining(['e-0', 'e-1', 'e-2'])))
    expect(road.rows).toEqual([])
  })

  it('[IN47] what comes while we are away waits for us there, and comes in its order', async () => {
    await isGuest()
    await site!.close()
    site = null
    for (const nth of [1, 2, 3]) await send('alarms/gate', alertText(`e-${nth}`), '-q', '1')
    await opens()
    await soon(() => expect(eventIds().slice(1)).toEqual(['e-1', 'e-2', 'e-3']))
  })

  it('[IN47] killed and started again it gives us what we had not acknowledged, and nothing is lost', async () => {
    await isGuest()
    road.closes()
    for (const nth of [1, 2, 3, 4, 5]) await send('alarms/gate', alertText(`e-${nth}`), '-q', '1')
    await soon(() => expect(road.asked).toContain('e-1'))
    await there.saves()
    await there.kill('SIGKILL')
    await soon(() => expect(site!.counts.connected).toBe(0))
    expect(eventIds()).toEqual(['warm-up'])
    await there.start()
    road.opens()
    await soon(() => expect(new Set(eventIds())).toEqual(new Set(['warm-up', 'e-1', 'e-2', 'e-3', 'e-4', 'e-5'])))
    expect(eventIds()).toHaveLength(6)
  }, 30_000)

  it('[IN47] a busy house holds only the source it is busy with, and takes all of it in the end', async () => {
    const other = 'frigate-1' as SourceId
    await opens(4, [...topics, { topic: 'other/#', sourceId: other, dialect: 'sanping' }])
    await soon(async () => {
      await send('other/x', alertText('o-0'), '-q', '1')
      await send('alarms/x', alertText('a-0'), '-q', '1')
      expect(eventIds()).toEqual(expect.arrayContaining(['o-0', 'a-0']))
    })
    const admit = road.road.admit
    road.road.admit = (source) => (source.id === box ? 'overloaded' : admit(source))
    await send('alarms/x', alertText('a-1'), '-q', '1')
    await send('other/x', alertText('o-1'), '-q', '1')
    await soon(() => expect(eventIds()).toContain('o-1'))
    expect(eventIds()).not.toContain('a-1')
    road.road.admit = admit
    await soon(() => expect(eventIds()).toContain('a-1'))
  })

  it('[IN48] what it had kept is told again at each coming: no new event, and nobody is heard for it', async () => {
    await send('alarms/gate', alertText('old'), '-q', '1', '-r')
    await send('alive/gw', JSON.stringify({ deviceId: 'gw-1', cameraIds: ['CAM-9'] }), '-q', '1', '-r')
    await opens()
    await soon(() => expect(eventIds()).toEqual(['old']))
    expect([road.hearing.find('camera', 'CAM-1'), road.hearing.find('gateway', 'gw-1')]).toEqual([undefined, undefined])
    await site!.close()
    await opens()
    await soon(() => expect(site!.counts.received).toBeGreaterThanOrEqual(2))
    expect(eventIds()).toEqual(['old'])
  })

  it('[IN48] that a gateway we know has gone is believed, whenever it was said; that it is back too', async () => {
    road.hearing.sign({ deviceId: 'gw-1' as never, cameraIds: [], state: 'online' }, box, noon - 50_000)
    await send('alive/gw', JSON.stringify({ deviceId: 'gw-1', state: 'last-will' }), '-q', '1', '-r')
    await opens()
    const gateway = () => road.hearing.find('gateway', 'gw-1')
    await soon(() => expect(gateway()).toMatchObject({ heardAt: noon - 50_000, offline: { how: 'last-will' } }))
    await site!.close()
    await send('alive/gw', JSON.stringify({ deviceId: 'gw-1' }), '-q', '1', '-r')
    site = siteOnTheWire({ url: `mqtt://127.0.0.1:${there.port}`, version: 4, clientId: 'another' }, topics, road)
    await soon(() => expect(gateway()).toMatchObject({ heardAt: noon - 50_000, offline: null }))
  })

  it('[IN47] what is named in the table and registered nowhere is kept under its name', async () => {
    await isGuest()
    road.live.delete(box)
    await send('alarms/gate', alertText('e-1', { matter: 'nobody-knows' }), '-q', '1')
    await soon(() =>
      expect(road.rows).toMatchObject([{ sourceId: box, contentType: expect.stringContaining('alarms/gate') }]),
    )
  })
})

real('Debian’s own programs at our own broker', () => {
  let house: Awaited<ReturnType<typeof brokerOnTheWire>>
  beforeEach(async () => void (house = await brokerOnTheWire()))
  afterEach(() => house.close())
  const signedIn = (qos: string) => [
    ...['-h', '127.0.0.1', '-p', String(house.port), '-V', 'mqttv311', '-q', qos, '-i', `pub-${qos}`],
    ...['-u', box, '-P', `key-of-${box}`],
  ]

  it.each(['0', '1', '2'])('[IN40] mosquitto_pub 3.1.1 with QoS %s ends well when it is durable', async (qos) => {
    await publishes([...signedIn(qos), '-t', `sanping/${box}/sanping`, '-m', alertText('e-1')])
    await soon(() => expect(house.reports()).toMatchObject([{ eventId: 'e-1' }]))
  })

  it('[IN40] two thousand lines of one mosquitto_pub are two thousand reports', async () => {
    const lines = Array.from({ length: 2000 }, (_, nth) => alertText(`e-${nth}`)).join('\n')
    await publishes([...signedIn('1'), '-t', `sanping/${box}/sanping`, '-l'], lines)
    expect(house.reports()).toHaveLength(2000)
  })

  it('[IN42] it is told that its key is wrong', async () => {
    const args = signedIn('1').with(-1, 'guessed')
    await expect(publishes([...args, '-t', 'x', '-m', 'y'])).rejects.toThrow(/not authori[sz]ed|bad user|refused/i)
  })

  it('[IN42] a publisher that speaks 5 is told that we do not', async () => {
    const args = signedIn('1').with(5, 'mqttv5')
    await expect(publishes([...args, '-t', 'x', '-m', 'y'])).rejects.toThrow()
  })

  it('[IN49] a bridge of the site’s Mosquitto pushes into our broker; killed in between it brings the rest, once each', async () => {
    const road = aRoad()
    let near = await brokerOnTheWire(road)
    const port = near.port
    const bridge = mosquitto(await freePort(), [
      ...['connection street', `address 127.0.0.1:${port}`, 'topic # out 1 "" sanping/edge-box-1/sanping/'],
      ...[`remote_username ${box}`, `remote_password key-of-${box}`, 'remote_clientid street', 'cleansession false'],
      ...['bridge_protocol_version mqttv311', 'restart_timeout 1', 'keepalive_interval 5', 'try_private false'],
    ])
    try {
      await bridge.start()
      await soon(() => expect(near.counts.connected).toBe(1))
      const local = await connectAsync(`mqtt://127.0.0.1:${bridge.port}`)
      const send = (nth: number) => local.publishAsync('gate/1', alertText(`e-${nth}`), { qos: 1 })
      for (let nth = 0; nth < 10; nth++) await send(nth)
      await soon(() => expect(road.reports()).toHaveLength(10))

      await near.close()
      for (let nth = 10; nth < 20; nth++) await send(nth)
      await local.endAsync()
      await bridge.saves()
      await bridge.kill('SIGKILL')
      near = await brokerOnTheWire(road, [], port)
      await bridge.start()
      await soon(() => expect(road.reports()).toHaveLength(20))
      expect(new Set(road.reports().map(({ eventId }) => eventId)).size).toBe(20)
      expect(near.rows).toEqual([])
    } finally {
      await near.close()
      await bridge.remove()
    }
  }, 40_000)
})
