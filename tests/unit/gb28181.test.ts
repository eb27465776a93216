// GB/T 28181 bodies through the real door: alarms of three revisions, keep-alives, every encoding, and what is refused.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aSource, doorOnTheWire, noon } from '../suites/torture/fakes.ts'

const samples = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const sample = (name: string): Buffer => readFileSync(join(samples, `gb28181-${name}.xml`))
const gb18030 = new TextDecoder('gb18030')
const smoke = gb18030.decode(sample('smoke-gb2312')).replace('encoding="GB2312"', 'encoding="UTF-8"')
const camera = '31010100001310000003'

const source = aSource({
  matters: { '5/6': 'throwing', ['门磁报警']: 'smoke', '1': 'water-leak', '7/99': 'ignore' },
  cameras: { '31010100001340000001': 'CAM-SHED-1' },
})

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => void (door = await doorOnTheWire(source)))
afterEach(() => door.close())

const post = (body: string | Uint8Array, type = 'Application/MANSCDP+xml') =>
  door.post('gb28181', body, { 'content-type': type })
/** The smoke alarm of the sample, another way; a field set to null is left out. */
const alarm = (fields: Record<string, string | null> = {}): string =>
  Object.entries(fields).reduce((text, [name, value]) => {
    const whole = new RegExp(`<${name}>[^<]*</${name}>`)
    if (value === null) return text.replace(whole, '')
    const leaf = `<${name}>${value}</${name}>`
    return whole.test(text) ? text.replace(whole, leaf) : text.replace('</Notify>', `${leaf}</Notify>`)
  }, smoke)
const bare = { Longitude: null, Latitude: null }

describe('an alarm', () => {
  it('[IN80] in GB2312 is a report of its device, where and when it says, in China’s time', async () => {
    expect((await post(sample('smoke-gb2312'))).status).toBe(200)
    expect(door.reports()).toMatchObject([
      {
        kind: 'camera-alert',
        matter: 'smoke',
        cameraId: camera,
        occurredAt: noon - 10_000,
        at: { lon: 121.4725, lat: 31.2075, crs: 'wgs84', from: 'device' },
        text: '瑞南一村3号车棚 烟雾报警（1 级警情）',
      },
    ])
  })

  it('[IN80] of the revision of 2016 says its type, and the site’s map says what that is to us', async () => {
    expect((await post(sample('intrusion-2016'))).status).toBe(200)
    expect(door.reports()).toMatchObject([{ matter: 'throwing', cameraId: camera, phase: 'new' }])
    expect(door.reports()[0]).not.toHaveProperty('at')
  })

  it('[IN81] of an alarm input without any word of what it is, is kept and said: a panic button looks the same', async () => {
    const answer = await post(sample('input-2011'))
    expect([answer.status, answer.results[0]]).toMatchObject([
      422,
      { refusal: 'matter-unknown', words: expect.stringContaining('设备报警') },
    ])
    expect(door.rows).toHaveLength(1)
  })

  it.each([
    ['the description as it is', alarm({ AlarmDescription: '门磁报警' }), 'smoke'],
    ['the way and its type', alarm({ AlarmMethod: '5', AlarmType: '6' }), 'throwing'],
    ['the way alone', alarm({ AlarmMethod: '1' }), 'water-leak'],
    ['words of fire', alarm({ AlarmDescription: '厨房明火告警' }), 'open-fire'],
    ['a detector that smelt it', alarm({ AlarmDescription: '烟感报警' }), 'smoke'],
    ['a camera that saw both', alarm({ AlarmDescription: '烟火识别' }), 'open-fire'],
    ['words of something thrown', alarm({ AlarmDescription: '6 号楼高空抛物' }), 'throwing'],
  ])('[IN81] is what %s says', async (_what, body, matter) => {
    expect((await post(body)).status).toBe(200)
    expect(door.reports().map((report) => report.matter)).toEqual([matter])
  })

  it.each([
    ['a type that is an everyday thing', alarm({ AlarmMethod: '5', AlarmType: '2', AlarmDescription: '垃圾房烟雾' })],
    ['what the site maps to ignore', alarm({ AlarmType: '99' })],
    ['a full disk', alarm({ AlarmMethod: '2', AlarmType: '3' })],
  ])('[IN81] %s is none of ours, yet the device was heard', async (_what, body) => {
    const answer = await post(body)
    expect([answer.status, answer.results, answer.ignored]).toEqual([200, [], 1])
    expect(door.hearing.find('camera', camera)).toMatchObject({ heardAt: noon })
  })

  it.each(['烟感故障', '烟雾探测器离线', '有人吸烟', '烟感自检'])(
    '[IN81] %s holds words of fire and means none: kept and said',
    async (description) => {
      expect((await post(alarm({ AlarmDescription: description }))).results[0]).toMatchObject({
        refusal: 'matter-unknown',
      })
    },
  )

  it('[IN82] repeated every half minute under a new serial number is one report that grows, until it says it is over', async () => {
    for (const [nth, second] of ['00', '30'].entries())
      await post(alarm({ SN: `${nth}`, AlarmTime: `2026-11-21T11:58:${second}` }))
    await post(alarm({ SN: '9', AlarmTime: '2026-11-21T11:59:00', AlarmDescription: '瑞南一村3号车棚 烟雾报警已恢复' }))
    const reports = door.reports()
    expect(new Set(reports.map(({ eventId }) => eventId)).size).toBe(1)
    expect(reports.map(({ phase }) => phase)).toEqual(['new', 'update', 'end'])
  })

  it('[IN82] another device, way or matter, or five quiet minutes, are another event', async () => {
    await post(alarm({ AlarmTime: '2026-11-21T11:40:00' }))
    await post(alarm({ AlarmTime: '2026-11-21T11:46:00' }))
    await post(alarm({ AlarmTime: '2026-11-21T11:46:00', DeviceID: '31010100001310000004' }))
    await post(alarm({ AlarmTime: '2026-11-21T11:46:00', AlarmMethod: '2' }))
    await post(alarm({ AlarmTime: '2026-11-21T11:46:00', AlarmDescription: '明火' }))
    expect(new Set(door.reports().map(({ eventId }) => eventId)).size).toBe(5)
  })

  it('[IN82] the word that something is over which never began here is no report', async () => {
    const answer = await post(alarm({ AlarmDescription: '烟雾报警恢复' }))
    expect([answer.status, answer.ignored, door.reports()]).toEqual([200, 1, []])
  })

  it('[IN83] numbers of twenty digits that differ in the last are two devices', async () => {
    await post(alarm({ DeviceID: '31010100001310000001', ...bare }))
    await post(alarm({ DeviceID: '31010100001310000002', ...bare }))
    expect(door.reports().map((report) => report.cameraId)).toEqual(['31010100001310000001', '31010100001310000002'])
  })

  it('[IN83] a device the site has mapped stands where the map says, whatever it claims itself', async () => {
    await post(alarm({ DeviceID: '31010100001340000001', Longitude: '31.2', Latitude: '121.5' }))
    expect(door.reports()).toMatchObject([{ cameraId: 'CAM-SHED-1' }])
    expect(door.reports()[0]).not.toHaveProperty('at')
  })

  it('[IN84] a zone that is written all the same is meant', async () => {
    await post(alarm({ AlarmTime: '2026-11-21T03:59:50Z' }))
    expect(door.reports()[0]!.occurredAt).toBe(noon - 10_000)
  })

  it.each([
    ['no device', alarm({ DeviceID: null }), 'wrong-shape', 'DeviceID'],
    ['a device that is a word', alarm({ DeviceID: 'gate' }), 'wrong-shape', '国标编码'],
    ['a number cut short', alarm({ DeviceID: '3101010000131000000' }), 'wrong-shape', '国标编码'],
    ['no way', alarm({ AlarmMethod: null }), 'wrong-shape', 'AlarmMethod'],
    ['a way that is a word', alarm({ AlarmMethod: '视频' }), 'wrong-shape', '视频'],
    ['no time', alarm({ AlarmTime: null }), 'time-impossible', 'AlarmTime'],
    ['the 30th of February', alarm({ AlarmTime: '2026-02-30T10:00:00' }), 'time-impossible', '2026-02-30'],
    ['a time of next month', alarm({ AlarmTime: '2026-12-21T10:00:00' }), 'time-impossible', '2026-12-21'],
    ['swapped coordinates', alarm({ Longitude: '31.2075', Latitude: '121.4725' }), 'wrong-shape', '写反了'],
    ['a longitude alone', alarm({ Latitude: null }), 'wrong-shape', 'Latitude'],
    ['a point in words', alarm({ Longitude: 'east', Latitude: 'north' }), 'wrong-shape', 'Longitude'],
    ['a point nowhere', alarm({ Longitude: '221', Latitude: '95' }), 'wrong-shape', '地球'],
    ['a notice nobody knows', alarm({ CmdType: 'Dragon' }), 'wrong-shape', 'dragon'],
    ['no command', alarm({ CmdType: null }), 'wrong-shape', 'CmdType'],
    ['XML cut off', smoke.slice(0, 150), 'bad-xml', 'XML'],
    ['nothing', '', 'nothing-in-it', '没有内容'],
    ['an entity of its own', smoke.replace('?>', '?><!DOCTYPE a [<!ENTITY x "y">]>'), 'bad-xml', 'DOCTYPE'],
  ])('[IN84] with %s is refused in words and kept', async (_what, body, refusal, words) => {
    const answer = await post(body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.results).toMatchObject([{ ok: false, refusal, words: expect.stringContaining(words) }])
    expect(door.rows).toHaveLength(1)
  })

  it('[IN84] a type of body that is none of it is refused', async () => {
    expect((await post(smoke, 'image/jpeg')).results).toMatchObject([{ refusal: 'content-type-wrong' }])
  })
})

describe('its encoding', () => {
  const gb = sample('smoke-gb2312')
  const declared = (name: string, body: Buffer) =>
    Buffer.concat([Buffer.from(`<?xml version="1.0"${name && ` encoding="${name}"`}?>`), body])
  const inside = gb.subarray(gb.indexOf('<Notify>'))
  const utf8 = Buffer.from(smoke.slice(smoke.indexOf('<Notify>')))
  it.each([
    ['GB2312 as declared', declared('gb2312', inside)],
    ['GB18030 as declared', declared('GB18030', inside)],
    ['UTF-8 as declared', declared('utf-8', utf8)],
    ['UTF-8 declared to be GB2312', declared('GB2312', utf8)],
    ['GB2312 declared to be UTF-8', declared('UTF-8', inside)],
    ['GB2312 without a word', inside],
    ['UTF-8 with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), declared('UTF-8', utf8)])],
    ['a zero at its end', Buffer.concat([gb, Buffer.from([0])])],
  ])('[IN85] %s is read', async (_what, body) => {
    expect((await post(body)).status).toBe(200)
    expect(door.reports()).toMatchObject([{ text: '瑞南一村3号车棚 烟雾报警（1 级警情）' }])
  })

  it('[IN85] one character of two bytes that would also be UTF-8 is what was declared', async () => {
    const [before, after] = alarm({ AlarmDescription: '#' }).replace('UTF-8', 'GB2312').split('#') as [string, string]
    // 「模」, which as UTF-8 would be one Latin letter.
    await door.close()
    door = await doorOnTheWire({ ...source, matters: { ['模']: 'smoke' } })
    const body = Buffer.concat([Buffer.from(before), Buffer.from([0xc4, 0xa3]), Buffer.from(after)])
    expect((await post(body)).status).toBe(200)
  })

  it.each([
    [
      'cut off within a character',
      Buffer.concat([
        gb.subarray(0, gb.indexOf('</AlarmDescription>') - 1),
        Buffer.from('</AlarmDescription></Notify>'),
      ]),
    ],
    ['no encoding at all', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xff, 0x20, 0x3c, 0x2f, 0x61, 0x3e])],
    ['UTF-16', Buffer.from(smoke, 'utf16le')],
  ])('[IN85] %s is refused in words and kept byte for byte', async (_what, body) => {
    const answer = await post(body)
    expect([answer.status, answer.results[0]]).toMatchObject([400, { refusal: 'bad-xml' }])
    expect(Buffer.from(door.rows[0]!.body).equals(body)).toBe(true)
  })
})

describe('a keep-alive', () => {
  const nvr = '31010100001180000001'
  const faulty = '31010100001310000007'
  it('[IN86] is heard and is no alert; a device it calls faulty is gone until it calls it so no more', async () => {
    const answer = await post(sample('keepalive'))
    expect([answer.status, answer.results]).toEqual([200, []])
    expect(door.hearing.find('gateway', nvr)).toMatchObject({ heardAt: noon, beats: true, offline: null })
    expect(door.hearing.find('camera', faulty)).toMatchObject({ offline: { how: 'offline' } })
    await post(
      sample('keepalive')
        .toString()
        .replace(/<Info>[^]*<\/Info>/, '<Info></Info>'),
    )
    expect(door.hearing.find('camera', faulty)).toMatchObject({ offline: null })
  })

  it('[IN86] that says ERROR is a sign of life all the same', async () => {
    await post(sample('keepalive').toString().replace('>OK<', '>ERROR<'))
    expect(door.hearing.find('gateway', nvr)).toMatchObject({ heardAt: noon, offline: null })
  })

  it.each(['Catalog', 'MobilePosition', 'MediaStatus'])('[IN86] %s is taken with thanks and left', async (command) => {
    const answer = await post(alarm({ CmdType: command }))
    expect([answer.status, answer.results, answer.ignored]).toEqual([200, [], 1])
  })

  it('[IN86] so is an answer to what we never asked', async () => {
    const body = '<Response><CmdType>Alarm</CmdType><SN>1</SN><DeviceID>1</DeviceID><Result>OK</Result></Response>'
    expect((await post(body)).status).toBe(200)
  })
})
