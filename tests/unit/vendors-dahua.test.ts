// Dahua: what its cameras stream, what a forwarder makes of it, and what its boxes call back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makersDoor, sample, textOf, type MakersDoor } from '../suites/torture/maker.ts'

let door: MakersDoor
beforeEach(async () => {
  door = await makersDoor('dahua', {
    matters: { CrossLineDetection: 'throwing' },
    cameras: { '7J0A6B3PAG00012/2': 'CAM-SHED-3', '7J0A6B3PAG00007': 'CAM-THROW-07', '5': 'CAM-5' },
  })
})
afterEach(() => door.close())

const streamed = 'multipart/x-mixed-replace; boundary=myboundary'

describe('the event stream', () => {
  it('[IN63] motion and heartbeats are none of ours, and nothing is kept', async () => {
    const answer = await door.send('dahua-stream.bin', streamed)
    expect([answer.status, answer.results, answer.ignored, door.rows]).toEqual([200, [], 3, []])
  })

  it('[IN63] the same stream handed on as plain text, delimiters and all', async () => {
    const answer = await door.send('dahua-stream.bin', 'text/plain')
    expect([answer.status, answer.ignored]).toEqual([200, 3])
  })

  it('[IN63] [IN68] Start, Start again and Stop are one report that grows', async () => {
    await door.send('dahua-smoke-start.txt')
    await door.post(textOf('dahua-smoke-start.txt').replace('1795233590', '1795233620'), 'text/plain')
    await door.send('dahua-smoke-stop.txt')
    expect(door.said()).toEqual([
      ['new', 'smoke', 'CAM-SHED-3'],
      ['update', 'smoke', 'CAM-SHED-3'],
      ['end', 'smoke', 'CAM-SHED-3'],
    ])
    expect(new Set(door.reports().map(({ eventId }) => eventId)).size).toBe(1)
    expect(door.times()).toEqual([-9.75, 20.25, 185])
  })

  it('[IN68] a Stop whose Start was never heard is nothing', async () => {
    const answer = await door.send('dahua-smoke-stop.txt')
    expect([answer.status, answer.ignored, door.reports()]).toEqual([200, 1, []])
  })

  it('[IN68] sent twice it is said once', async () => {
    const first = await door.send('dahua-smoke-start.txt')
    expect((await door.send('dahua-smoke-start.txt')).results).toEqual(first.results)
    expect(door.commands).toHaveLength(1)
  })

  it('[IN63] a person walking by, a region named with a semicolon, a clock set: all everyday', async () => {
    const answer = await door.send('dahua-human.txt')
    expect([answer.status, answer.ignored, door.rows]).toEqual([200, 3, []])
  })

  it('[IN63] [IN69] an event that says no time at all happened when it came', async () => {
    await door.post('Code=CrossLineDetection;action=Start;index=0', 'text/plain')
    expect([door.said(), door.times()]).toEqual([[['new', 'throwing', '0']], [0]])
  })

  it('[IN63] a snapshot’s text and the picture behind it are one report with its picture', async () => {
    const answer = await door.send('dahua-snapshot.bin', streamed)
    expect([answer.status, answer.ignored]).toEqual([200, 1])
    expect(door.said()).toEqual([['new', 'throwing', 'CAM-THROW-07']])
    expect(door.reports()[0]!.evidence).toEqual([...door.pictures.keys()])
    expect(door.times()).toEqual([-116.877])
  })

  it('[IN63] of a stream in which one event was cut, the others are taken and the whole is kept', async () => {
    const body = `${textOf('dahua-smoke-start.txt')}\nCode=FireDetection;action=Start;index=0;data={ "UTC" : 17\n`
    const answer = await door.post(body, 'text/plain')
    expect([answer.status, answer.results]).toMatchObject([207, [{ ok: true }, { refusal: 'bad-json' }]])
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe(body)
  })

  it('[IN63] a code nobody mapped is kept and said', async () => {
    const answer = await door.post('Code=DragonDetection;action=Pulse;index=0', 'text/plain')
    expect([answer.status, answer.results[0]]).toMatchObject([
      422,
      { refusal: 'matter-unknown', words: expect.stringContaining('dragondetection') },
    ])
  })
})

describe('what it calls back', () => {
  it('[IN64] Action, Code and Data; its own wall’s time is China’s', async () => {
    await door.send('dahua-callback.json')
    expect([door.said(), door.times()]).toEqual([[['new', 'dropped-garbage', 'CAM-RUBBISH-4']], [-170]])
  })

  it('[IN64] [IN70] a list of events in one envelope; a lost picture of a mapped channel is the device’s', async () => {
    const answer = await door.send('dahua-notify.json')
    expect([answer.status, answer.ignored]).toEqual([200, 1])
    expect(door.said()).toEqual([['new', 'camera-offline', 'CAM-5']])
  })

  it('[IN64] Events with their base inside, of a camera known by its address', async () => {
    await door.send('dahua-events.json')
    expect(door.said()).toEqual([['new', 'open-fire', '10.31.9.12/0']])
  })

  it('[IN64] what a forwarder made of the stream, its names written small', async () => {
    await door.send('dahua-forwarded.json')
    expect([door.said(), door.times()]).toEqual([[['new', 'open-fire', 'CAM-SHED-3']], [-10]])
  })

  it('[IN64] an event and its picture in a form', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="info"\r\nContent-Type: application/json\r\n\r\n'
    const between =
      '\r\n--x\r\nContent-Disposition: form-data; name="a"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    const jpeg = Buffer.from([0xff, 0xd8, 1, 2, 0xff, 0xd9])
    const body = [
      Buffer.from(head),
      sample('dahua-callback.json'),
      Buffer.from(between),
      jpeg,
      Buffer.from('\r\n--x--'),
    ]
    await door.post(Buffer.concat(body), 'multipart/form-data; boundary=x')
    expect(door.reports()[0]!.evidence).toHaveLength(1)
  })

  it('[IN64] a traffic camera’s keep-alive is heard, its cars are not looked at', async () => {
    expect((await door.send('dahua-keepalive.json')).ignored).toBe(1)
    expect(door.hearing.find('camera', '7J0A6B3PAG00012/0')?.beats).toBe(true)
    expect((await door.send('dahua-traffic.json')).ignored).toBe(1)
    expect(door.rows).toEqual([])
  })

  it('[IN69] a day that never was is refused by its field', async () => {
    const body = textOf('dahua-callback.json').replace('2026-11-21', '2026-02-30')
    const answer = await door.post(body, 'application/json')
    expect([answer.status, answer.results[0]]).toMatchObject([
      422,
      { refusal: 'time-impossible', words: expect.stringContaining('LocaleTime') },
    ])
  })
})
