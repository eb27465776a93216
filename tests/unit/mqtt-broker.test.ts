// The broker in the house, seen by senders on a real socket: acknowledged when durable, each under its own name, nobody through it.
import { connect as dial } from 'node:net'
import { once } from 'node:events'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SourceId } from '#contract/ids'
import { noon } from '../suites/torture/fakes.ts'
import { alertText, brokerOnTheWire, keyOf } from '../suites/mqtt-house.ts'

type House = Awaited<ReturnType<typeof brokerOnTheWire>>
let house: House
beforeEach(async () => void (house = await brokerOnTheWire()))
afterEach(() => house.close())

const alerts = 'sanping/edge-box-1/sanping'
const soon = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 5 })
const isHungUpOn = (client: MqttClient) => new Promise<void>((over) => client.once('close', () => over()))
const nobodyLeft = { username: 'edge-box-1', reconnectPeriod: 0 }

describe('acknowledged when it is durable', () => {
  it.each([0, 1, 2] as const)('[IN40] a report of QoS %i is one case, sent twice it is the same', async (qos) => {
    const camera = await house.comes('edge-box-1')
    await camera.publishAsync(alerts, alertText('e-1'), { qos })
    await camera.publishAsync(alerts, alertText('e-1'), { qos })
    await soon(() => expect(house.asked).toHaveLength(2))
    expect(house.reports()).toMatchObject([{ eventId: 'e-1', cameraId: 'CAM-1' }])
    await soon(() => expect(house.counts).toMatchObject({ received: 2, acknowledged: qos === 0 ? 0 : 2 }))
  })

  it.each([1, 2] as const)('[IN40] no ack of QoS %i while the disk has not written, then at once', async (qos) => {
    house.closes()
    const camera = await house.comes('edge-box-1')
    const order: string[] = []
    camera.on('packetreceive', ({ cmd }) => void order.push(cmd))
    const sent = camera.publishAsync(alerts, alertText('e-1'), { qos })
    await soon(() => expect(house.asked).toEqual(['e-1']))
    expect([order, house.reports()]).toEqual([[], []])
    order.push(`durable ${house.counts.acknowledged}`)
    house.opens()
    await sent
    expect(order).toEqual(['durable 0', ...(qos === 1 ? ['puback'] : ['pubrec', 'pubcomp'])])
    expect(house.reports()).toHaveLength(1)
  })

  it('[IN40] many at once go to the disk together and each has its own ack', async () => {
    house.closes()
    const camera = await house.comes('edge-box-1')
    const all = Array.from({ length: 50 }, (_, nth) => camera.publishAsync(alerts, alertText(`e-${nth}`), { qos: 1 }))
    await soon(() => expect(house.asked).toHaveLength(50))
    house.opens()
    await Promise.all(all)
    expect(house.reports()).toHaveLength(50)
  })

  it('[IN41] a busy house gives no ack and loses nothing: it is taken as soon as there is room', async () => {
    house.told.waiting = 1000
    const camera = await house.comes('edge-box-1')
    let acknowledged = false
    const sent = camera.publishAsync(alerts, alertText('e-1'), { qos: 1 }).then(() => void (acknowledged = true))
    await soon(() => expect(house.counts.received).toBe(1))
    expect([acknowledged, house.asked]).toEqual([false, []])
    house.told.waiting = 0
    await sent
    expect(house.reports()).toHaveLength(1)
    expect(house.rows).toEqual([])
  })

  it('[IN41] not in step is the same: tried again, kept nowhere', async () => {
    house.told.refuses = 'not-in-step'
    const camera = await house.comes('edge-box-1')
    const sent = camera.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    await soon(() => expect(house.asked.length).toBeGreaterThan(1))
    house.told.refuses = null
    await sent
    expect([house.reports().length, house.rows]).toEqual([1, []])
  })

  it('[IN41] a house that stays busy hangs up with its reason in the log, some tries later and not in a loop', async () => {
    house.told.refuses = 'overloaded'
    const camera = await house.comes('edge-box-1')
    void camera.publishAsync(alerts, alertText('e-1'), { qos: 1 }).catch(() => {})
    await isHungUpOn(camera)
    expect(house.refused).toMatchObject([{ reason: 'busy-too-long', sourceId: 'edge-box-1', topic: alerts }])
    expect(house.asked.length).toBeLessThan(40)
    house.told.refuses = null
    const again = await house.comes('edge-box-1')
    await again.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    expect(house.reports()).toHaveLength(1)
  })

  it('[IN40] what breaks in the house is no ack; the sender sends it again on another connection', async () => {
    house.told.breaks = new Error('the disk is gone')
    const camera = await house.comes('edge-box-1')
    void camera.publishAsync(alerts, alertText('e-1'), { qos: 1 }).catch(() => {})
    await isHungUpOn(camera)
    expect(house.faults).toEqual([house.told.breaks])
    house.told.breaks = null
    await (await house.comes('edge-box-1')).publishAsync(alerts, alertText('e-1'), { qos: 1 })
    expect(house.reports()).toHaveLength(1)
  })

  it('[IN40] a house that closes acknowledges what it began and takes no more', async () => {
    house.closes()
    const camera = await house.comes('edge-box-1')
    const sent = camera.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    await soon(() => expect(house.asked).toEqual(['e-1']))
    const closed = house.broker.close()
    house.opens()
    await Promise.all([sent, closed])
    expect(house.reports()).toHaveLength(1)
    await expect(connectAsync(house.url, { ...nobodyLeft, password: keyOf('edge-box-1') })).rejects.toThrow()
  })
})

describe('each under its own name', () => {
  it.each([
    ['a wrong key', 'edge-box-1', 'guessed', 4],
    ['another’s key', 'edge-box-1', keyOf('frigate-1'), 4],
    ['no name', '', '', 4],
  ])('[IN42] %s is not let in', async (_what, username, password, code) => {
    const coming = connectAsync(house.url, { ...(username && { username, password }), reconnectPeriod: 0 })
    await expect(coming).rejects.toMatchObject({ code })
    expect(house.refused).toMatchObject([{ reason: 'source-unknown' }])
    expect(house.counts.connected).toBe(0)
  })

  it('[IN42] one that must sign what it sends cannot do so here, and is told', async () => {
    house.live.set('edge-box-1' as SourceId, { ...house.live.get('edge-box-1' as SourceId)!, mustSign: true })
    await expect(house.comes('edge-box-1')).rejects.toMatchObject({ code: 5 })
  })

  it('[IN42] a key that is withdrawn ends at the next message, which has no ack', async () => {
    const camera = await house.comes('edge-box-1')
    house.live.delete('edge-box-1' as SourceId)
    void camera.publishAsync(alerts, alertText('e-1'), { qos: 1 }).catch(() => {})
    await isHungUpOn(camera)
    expect([house.reports(), house.refused[0]?.reason]).toEqual([[], 'source-unknown'])
  })

  it('[IN42] a source that takes another’s client id takes nobody’s place', async () => {
    const first = await house.comes('edge-box-1', { clientId: 'gate' })
    await house.comes('frigate-1', { clientId: 'gate' })
    await first.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    expect([first.connected, house.reports().length]).toEqual([true, 1])
  })

  it.each([
    'sanping/frigate-1/sanping',
    'sanping/edge-box-1',
    'sanping/edge-box-1/answers',
    'somebody/else',
    'sanping//sanping',
  ])('[IN43] what it publishes as %s is refused in words, kept with its topic, and acknowledged', async (topic) => {
    const camera = await house.comes('edge-box-1')
    await camera.publishAsync(topic, alertText('e-1'), { qos: 1 })
    expect(house.reports()).toEqual([])
    expect(house.rows).toMatchObject([
      { sourceId: 'edge-box-1', refusal: 'topic-not-yours', contentType: `application/json; topic="${topic}"` },
    ])
  })

  it('[IN43] a dialect nobody knows is refused in words and kept', async () => {
    const camera = await house.comes('edge-box-1')
    await camera.publishAsync('sanping/edge-box-1/constructor', alertText('e-1'), { qos: 1 })
    expect(house.rows).toMatchObject([{ refusal: 'dialect-unknown', dialect: 'constructor' }])
  })

  it('[IN43] a vendor’s own topics are whose the site says', async () => {
    await house.close()
    const row = (topic: string, sourceId: string) => ({ topic, sourceId: sourceId as SourceId, dialect: 'sanping' })
    house = await brokerOnTheWire(undefined, [row('ems/+/alarm', 'edge-box-1'), row('bms/#', 'frigate-1')])
    const camera = await house.comes('edge-box-1')
    await camera.publishAsync('ems/7/alarm', alertText('e-1'), { qos: 1 })
    await camera.publishAsync('ems/7/alarm/more', alertText('e-2'), { qos: 1 })
    await camera.publishAsync('bms/lift', alertText('e-3'), { qos: 1 })
    expect(house.reports()).toMatchObject([{ eventId: 'e-1' }])
    expect(house.rows.map(({ refusal }) => refusal)).toEqual(['topic-not-yours', 'topic-not-yours'])
  })
})

describe('a way in only', () => {
  it.each(['#', '+/+/+', 'sanping/#', 'sanping/frigate-1/answers', '$SYS/#', alerts])(
    '[IN44] nobody may listen to %s',
    async (topic) => {
      const camera = await house.comes('edge-box-1')
      await expect(camera.subscribeAsync(topic)).rejects.toThrow()
      expect(house.refused).toMatchObject([{ reason: 'topic-not-yours', sourceId: 'edge-box-1', topic }])
    },
  )

  it('[IN44] a source hears what became of its own messages, and of nobody else’s', async () => {
    const [camera, other] = [await house.comes('edge-box-1'), await house.comes('frigate-1')]
    const heard: Record<string, unknown>[] = []
    for (const guest of [camera, other])
      guest.on('message', (topic, body) => void heard.push({ ...(JSON.parse(String(body)) as object), on: topic }))
    await camera.subscribeAsync('sanping/edge-box-1/answers', { qos: 1 })
    await other.subscribeAsync('sanping/frigate-1/answers')
    await camera.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    await camera.publishAsync(alerts, '{"kind":', { qos: 1 })
    await soon(() => expect(heard).toHaveLength(2))
    expect(heard).toMatchObject([
      { on: 'sanping/edge-box-1/answers', topic: alerts, results: [{ ok: true, how: 'opened' }], ignored: 0 },
      { results: [{ ok: false, refusal: 'bad-json', words: expect.stringContaining('JSON'), quarantineId: 'q-1' }] },
    ])
  })

  it('[IN44] nothing is left in the broker for whoever comes later, retained or not', async () => {
    const camera = await house.comes('edge-box-1')
    await camera.publishAsync('sanping/edge-box-1/answers', 'a lie', { qos: 1, retain: true })
    const heard: string[] = []
    const late = await house.comes('edge-box-1')
    late.on('message', (topic) => void heard.push(topic))
    await late.subscribeAsync('sanping/edge-box-1/answers')
    await late.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    await soon(() => expect(heard).toHaveLength(1))
  })

  it('[IN44] what a bridge says of itself under $SYS is let go by', async () => {
    const bridge = await house.comes('edge-box-1')
    await bridge.publishAsync('$SYS/broker/connection/gate/state', '1', { qos: 1, retain: true })
    expect([house.rows, house.reports(), bridge.connected]).toEqual([[], [], true])
  })
})

describe('what goes and what stays', () => {
  const heartbeat = 'sanping/edge-box-1/heartbeat'
  const will = (state: string) => ({
    topic: heartbeat,
    payload: Buffer.from(JSON.stringify({ deviceId: 'gw-1', state })),
    qos: 1 as const,
    retain: true,
  })

  it('[IN45] a gateway whose line breaks is said to be gone by its last will', async () => {
    const gateway = await house.comes('edge-box-1', { will: will('last-will') })
    await gateway.publishAsync(heartbeat, JSON.stringify({ deviceId: 'gw-1' }), { qos: 1, retain: true })
    expect(house.hearing.find('gateway', 'gw-1')).toMatchObject({ offline: null })
    gateway.stream.destroy()
    await soon(() =>
      expect(house.hearing.find('gateway', 'gw-1')).toMatchObject({ offline: { at: noon, how: 'last-will' } }),
    )
  })

  it('[IN45] one that says goodbye has said it itself; our own going speaks for nobody', async () => {
    const polite = await house.comes('edge-box-1', { will: will('last-will') })
    await polite.publishAsync(heartbeat, JSON.stringify({ deviceId: 'gw-1' }), { qos: 1 })
    await polite.endAsync()
    const other = await house.comes('edge-box-1', { will: will('last-will') })
    await house.broker.close()
    await soon(() => expect(other.connected).toBe(false))
    expect(house.hearing.find('gateway', 'gw-1')).toMatchObject({ offline: null })
  })

  it('[IN45] a last will under another’s topic is refused like any message', async () => {
    const gateway = await house.comes('edge-box-1', {
      will: { ...will('last-will'), topic: 'sanping/frigate-1/heartbeat' },
    })
    gateway.stream.destroy()
    await soon(() => expect(house.rows).toMatchObject([{ refusal: 'topic-not-yours', sourceId: 'edge-box-1' }]))
    expect(house.hearing.find('gateway', 'gw-1')).toBeUndefined()
  })
})

describe('hostile packets', () => {
  it.each([
    ['no JSON', 'smoke!', 'bad-json'],
    ['half of one', '{"kind":"camera-alert"', 'bad-json'],
    ['nothing', '', 'nothing-in-it'],
    ['another shape', '{}', 'wrong-shape'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00]), 'bad-json'],
  ])(
    '[IN46] %s is kept byte for byte and acknowledged: its sender need not send it for ever',
    async (_what, body, refusal) => {
      const camera = await house.comes('edge-box-1')
      await camera.publishAsync(alerts, body, { qos: 1 })
      expect(house.rows).toMatchObject([{ refusal, dialect: 'sanping' }])
      expect(Buffer.from(house.rows[0]!.body)).toEqual(Buffer.from(body))
    },
  )

  it('[IN46] one that is too large is cut before it is in memory, kept by its beginning, and acknowledged', async () => {
    const camera = await house.comes('edge-box-1')
    const most = 4 * 1024 * 1024
    await camera.publishAsync(alerts, Buffer.alloc(3 * most, 'x'), { qos: 1 })
    await camera.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    expect(house.rows).toMatchObject([{ refusal: 'too-large', sourceId: 'edge-box-1' }])
    expect(house.rows[0]!.body.byteLength).toBe(16 * 1024)
    expect(house.reports()).toMatchObject([{ eventId: 'e-1' }])
  })

  it.each<[string, number[]]>([
    ['HTTP', [...Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
    ['a publish before anybody signed in', [0x30, 0x05, 0x00, 0x01, 0x61, 0x62, 0x63]],
    ['a length without an end', [0x10, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['a greeting of sixteen megabytes', [0x10, 0x80, 0x80, 0x80, 0x08]],
    ['a greeting of nonsense', [0x10, 0x04, 0x00, 0x02, 0x41, 0x42]],
  ])('[IN46] %s is hung up on, and others never notice', async (_what, bytes) => {
    const camera = await house.comes('edge-box-1')
    const socket = dial(house.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(Buffer.from(bytes))
    await once(socket, 'close')
    await camera.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    expect(house.reports()).toHaveLength(1)
  })

  it('[IN46] of one source two hundred at most are let in, and the next is told that there are enough', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => house.comes('edge-box-1')))
    expect(house.counts.connected).toBe(200)
    await expect(house.comes('edge-box-1')).rejects.toMatchObject({ code: 3 })
    await house.comes('frigate-1')
    await Promise.all(all.map((one) => one.endAsync()))
    await soon(() => expect(house.counts.connected).toBe(1))
    await house.comes('edge-box-1')
  })

  it('[IN46] two thousand that connect and say nothing are let go, and a camera still comes through', async () => {
    const silent = Array.from({ length: 1900 }, () => dial(house.port, '127.0.0.1'))
    for (const one of silent) one.on('error', () => {})
    const camera = await house.comes('edge-box-1')
    await camera.publishAsync(alerts, alertText('e-1'), { qos: 1 })
    expect(house.reports()).toHaveLength(1)
    for (const one of silent) one.destroy()
  })

  it('[IN46] one who asks for answers and never reads them holds up nobody', async () => {
    const deaf = await house.comes('edge-box-1')
    await deaf.subscribeAsync('sanping/edge-box-1/answers')
    deaf.stream.pause()
    const camera = await house.comes('edge-box-1')
    for (let round = 0; round < 20; round++)
      await Promise.all(
        Array.from({ length: 100 }, (_, nth) =>
          camera.publishAsync(alerts, alertText(`e-${round}-${nth}`, { text: 'x'.repeat(500) }), { qos: 1 }),
        ),
      )
    expect(house.reports()).toHaveLength(2000)
  })
})
