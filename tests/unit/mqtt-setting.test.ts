// How a site says where its machines come by MQTT, and what it is told when that cannot be.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import { ConfigFault, readConfig } from '../../ingest-server/app/config.ts'
import { readMqttTopics } from '../../ingest-server/app/read-mqtt-topics.ts'
import { openSeldom } from '../../ingest-server/app/seldom.ts'
import { dialectHere, matches } from '../../ingest-server/doors/mqtt-topics.ts'
import { topicIn, typeOf, withTopic } from '../../ingest-server/doors/vendors/topic.ts'
import { openRooms } from '../stories/story.ts'

const wayOf = (line: string) => readConfig({ SANPING_MQTT: line }).mqtt

describe('the setting', () => {
  it('[IN51] a broker of our own on this machine, unless a site says otherwise', () => {
    expect(readConfig({}).mqtt).toEqual({ kind: 'embedded', host: '127.0.0.1', port: 1883, asked: false })
    expect(wayOf('off')).toEqual({ kind: 'off' })
    expect(wayOf('0.0.0.0:1884')).toEqual({ kind: 'embedded', host: '0.0.0.0', port: 1884, asked: true })
    expect(wayOf('[::1]:1883')).toMatchObject({ host: '::1', port: 1883 })
  })

  it('[IN51] the site’s own by its address, which keeps name and password', () => {
    expect(wayOf('mqtt://sanping:se%40cret@10.0.0.9')).toEqual({
      ...{ kind: 'site', version: 4, clientId: 'sanping' },
      url: 'mqtt://sanping:se%40cret@10.0.0.9',
    })
    expect(wayOf('mqtts://broker.example:8883?version=5&client=wuliqiao')).toEqual({
      ...{ kind: 'site', version: 5, clientId: 'wuliqiao' },
      url: 'mqtts://broker.example:8883',
    })
  })

  it.each([
    ...['on', '1883', ':1883', '0.0.0.0', '0.0.0.0:99999', 'http://broker.example', 'mqtt://', 'ws://a:1'],
    ...['mqtt://a?version=4', 'mqtt://a?client=a%20b', 'mqtt://a?password=x'],
  ])('[IN51] %s is one sentence in each language', (line) => {
    expect(() => wayOf(line)).toThrow(ConfigFault)
    expect(() => wayOf(line)).toThrow(/^SANPING_MQTT 的值 .*：应是 off[^]*\nSANPING_MQTT cannot be .*: it must be off/)
  })

  it('[IN51] a password in a wrong line is not printed', () => {
    expect(() => wayOf('mqtt://sanping:se/cret@host:1?x=1')).toThrow(/mqtt:\/\/…@host:1/)
    expect(() => wayOf('mqtt://sanping:se/cret@host:1?x=1')).not.toThrow(/cret/)
  })
})

describe('whose topics are whose', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'sanping-mqtt-'))))
  afterEach(() => rmSync(folder, { recursive: true }))
  const read = (text: string) => {
    writeFileSync(join(folder, 'mqtt.json'), text)
    return readMqttTopics(folder)
  }
  const row = { topic: 'ems/+/alarm/#', sourceId: 'ems', dialect: 'edge-box' }

  it('[IN52] is read from the data folder; without the file nothing is said', async () => {
    expect(await readMqttTopics(folder)).toEqual([])
    expect(await read(JSON.stringify([row]))).toEqual([row])
  })

  it.each([
    ['half', '[{', '不是完整的 JSON'],
    ['no list', '{}', '[]'],
    ['a # in the middle', JSON.stringify([row, { ...row, topic: 'a/#/b' }]), '[1].topic'],
    ['a + inside a level', JSON.stringify([{ ...row, topic: 'a+/b' }]), '[0].topic'],
    ['the broker’s own', JSON.stringify([{ ...row, topic: '$SYS/#' }]), '[0].topic'],
    ['a field nobody reads', JSON.stringify([{ ...row, source: 'x' }]), '[0]'],
  ])('[IN52] %s is one sentence that names the file and the place', async (_what, text, place) => {
    const fault = await read(text).catch((one: unknown) => one)
    expect(fault).toBeInstanceOf(ConfigFault)
    expect((fault as Error).message).toContain(`${join(folder, 'mqtt.json')} 不能用（${place}）`)
  })

  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/+/c', 'a//c', true],
    ['a/#', 'a', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'ab', false],
    ['#', 'a/b', true],
  ])('[IN52] %s and %s: %s', (filter, topic, fits) => expect(matches(filter, topic)).toBe(fits))

  it('[IN43] every source has its own under its name, and Frigate’s usual ones where nobody said they are another’s', () => {
    const table = [{ topic: 'frigate/#', sourceId: SourceId.parse('north'), dialect: 'frigate' }]
    expect(dialectHere('sanping/box/edge-box.sophon/7', 'box', [])).toBe('edge-box.sophon')
    expect(dialectHere('frigate/reviews', 'box', [])).toBe('frigate')
    expect(dialectHere('frigate/reviews', 'north', table)).toBe('frigate')
    expect(dialectHere('frigate/reviews', 'box', table)).toBeNull()
    expect(dialectHere('constructor/x', 'box', [])).toBeNull()
    expect(dialectHere(`sanping/box/frigate${'/x'.repeat(40)}`, 'box', [])).toBeNull()
  })

  it.each(['frigate/reviews', 'a"b\\c;d%e', '相机/烟雾', 'line\nbreak'])(
    '[IN53] %s is kept beside the message whole',
    (topic) => {
      const kept = withTopic('application/json', topic)
      expect(kept).toMatch(/^application\/json; topic="[^"\n;]*"$/)
      expect(topicIn(kept)).toBe(topic)
      expect(topicIn('application/json')).toBeUndefined()
    },
  )

  it('[IN53] what a message is, is seen by how it begins', () => {
    const begins: [string | number[], string][] = [
      ['\ufeff [1]', 'application/json'],
      ['<a/>', 'application/xml'],
      [[0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
      [[0x89, 0x50, 0x4e, 0x47], 'image/png'],
      ['online', ''],
      ['', ''],
    ]
    for (const [bytes, type] of begins) expect(typeOf(Buffer.from(bytes as string))).toBe(type)
  })
})

describe('a start', () => {
  const aRoom = openRooms()
  let other: Server
  let port: number
  beforeEach(async () => {
    other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    port = (other.address() as AddressInfo).port
  })
  afterEach(() => void other.close())
  const way = (asked: boolean) => ({ mqtt: { kind: 'embedded' as const, host: '127.0.0.1', port, asked } })

  it('[IN51] a port that is taken ends a start that asked for it, in one sentence', async () => {
    await expect(aRoom({ staff: [], config: way(true) })).rejects.toThrow(/SANPING_MQTT：127\.0\.0\.1:\d+ 不能监听/)
  })

  it('[IN51] where nobody asked for it the same is said in the log, and everything else goes on', async () => {
    const room = await aRoom({ staff: [], config: way(false) })
    expect(room.mqtt).toBeNull()
    expect(room.complaints.join()).toContain('不能监听')
    expect((await fetch(`${room.url}/healthz`)).status).toBe(200)
  })

  it('[IN54] what came in by MQTT is counted where the machine is watched', async () => {
    const room = await aRoom({ staff: [], config: { mqtt: { ...way(true).mqtt, port: 0 } } })
    const id = SourceId.parse('box')
    const password = await room.records.sources.add({ id, name: '盒', matters: {}, cameras: {} }, room.clock.now())
    const box = await connectAsync(room.mqtt!, { username: 'box', password, reconnectPeriod: 0 })
    await box.publishAsync('sanping/box/heartbeat', '{}', { qos: 1 })
    await box.publishAsync('sanping/box/sanping', 'x', { qos: 0 })
    await box.subscribeAsync('#').catch(() => {})
    const metrics = await (await fetch(`${room.url}/metrics`)).text()
    for (const line of [
      'sanping_mqtt_connected{way="embedded"} 1',
      'sanping_mqtt_received_total{way="embedded",qos="1"} 1',
      'sanping_mqtt_received_total{way="embedded",qos="0"} 1',
      'sanping_mqtt_acknowledged_total{way="embedded"} 1',
      'sanping_mqtt_refused_total{reason="topic-not-yours"} 1',
    ])
      expect(metrics).toContain(line)
    box.end(true)
  })

  it('[IN54] the same again and again is said once a minute, with how often it was not', () => {
    const clock = { now: 0 }
    const seldom = openSeldom(() => clock.now)
    const said: number[] = []
    const says = () => seldom('a wrong key', (unsaid) => void said.push(unsaid))
    for (let nth = 0; nth < 1000; nth++) says()
    clock.now = 61_000
    says()
    expect(said).toEqual([0, 999])
  })
})
