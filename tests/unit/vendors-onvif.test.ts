// ONVIF: notifications of whatever maker, under whatever prefixes, in either SOAP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makersDoor, textOf, type MakersDoor } from '../suites/torture/maker.ts'

let door: MakersDoor
beforeEach(async () => {
  door = await makersDoor('onvif', {
    matters: { 抛物线: 'throwing', 'Device/Sensor/PIR': 'smoke' },
    cameras: { '10.31.7.21/VideoSourceToken_1': 'CAM-SHED-3', '10.31.7.21/V_SRC_004': 'CAM-4' },
  })
})
afterEach(() => door.close())

describe('notifications', () => {
  it('[IN66] a property that begins false is nothing; true is a report; true again grows it; false ends it', async () => {
    expect((await door.send('onvif-smoke-initialized.xml')).ignored).toBe(1)
    await door.send('onvif-smoke-true.xml')
    await door.post(textOf('onvif-smoke-true.xml').replace('03:59:50', '04:00:20'), 'application/soap+xml')
    await door.send('onvif-smoke-false.xml')
    expect((await door.send('onvif-smoke-false.xml')).results).toMatchObject([{ ok: true }])
    expect(door.said()).toEqual([
      ['new', 'smoke', 'CAM-SHED-3'],
      ['update', 'smoke', 'CAM-SHED-3'],
      ['end', 'smoke', 'CAM-SHED-3'],
    ])
    expect(new Set(door.reports().map(({ eventId }) => eventId)).size).toBe(1)
    expect(door.times()).toEqual([-9.875, 20.125, 130])
  })

  it('[IN66] a property deleted while it was true is over', async () => {
    await door.send('onvif-smoke-true.xml')
    const deleted = textOf('onvif-smoke-true.xml').replace('"Changed"', '"Deleted"').replace('03:59:50', '03:59:59')
    await door.post(deleted, 'text/xml; charset=utf-8')
    expect(door.reports().map(({ phase }) => phase)).toEqual(['new', 'end'])
  })

  it('[IN66] one that begins true goes on already', async () => {
    await door.post(textOf('onvif-smoke-true.xml').replace('"Changed"', '"Initialized"'), 'text/xml')
    expect(door.said()).toEqual([['new', 'smoke', 'CAM-SHED-3']])
  })

  it('[IN65] [IN70] several in one: motion and a touched camera are everyday, a lost signal is the device’s', async () => {
    const answer = await door.send('onvif-motion-and-tamper.xml', 'application/soap+xml; charset=utf-8')
    expect([answer.status, answer.ignored]).toEqual([200, 2])
    expect(door.said()).toEqual([['new', 'camera-offline', 'CAM-4']])
  })

  it('[IN65] SOAP 1.1; a rule of the site’s own name is mapped by it', async () => {
    await door.send('onvif-line-crossed-soap11.xml', 'text/xml')
    expect(door.said()).toEqual([['new', 'throwing', 'CAM-SHED-3']])
  })

  it('[IN65] prefixes of its own choosing, and names and values as elements', async () => {
    await door.send('onvif-other-prefixes.xml')
    expect([door.said(), door.times()]).toEqual([[['new', 'open-fire', 'CSI']], [-9.5]])
  })

  it('[IN65] a metadata stream’s event; a topic is mapped without its prefixes; 1 is true', async () => {
    await door.send('onvif-metadata-pir.xml')
    expect(door.said()).toEqual([['new', 'smoke', '0']])
  })

  it('[IN65] what a pull point answered may be handed on', async () => {
    const pulled = textOf('onvif-smoke-true.xml').replaceAll('wsnt:Notify>', 'tev:PullMessagesResponse>')
    expect(pulled).toContain('<tev:PullMessagesResponse>')
    await door.post(pulled, 'application/soap+xml')
    expect(door.said()).toEqual([['new', 'smoke', 'CAM-SHED-3']])
  })

  it('[IN65] an empty notification only says that the subscription lives', async () => {
    const answer = await door.send('onvif-empty-notify.xml')
    expect([answer.status, answer.results, answer.ignored]).toEqual([200, [], 1])
  })

  it('[IN65] a fault is no notification: kept and said', async () => {
    const answer = await door.send('onvif-fault.xml')
    expect([answer.status, answer.results[0]]).toMatchObject([422, { words: expect.stringContaining('SOAP') }])
    expect(door.rows).toHaveLength(1)
  })

  it('[IN65] a rule nobody mapped is kept and said with its topic', async () => {
    const strange = textOf('onvif-smoke-true.xml').replace('tnshik:SmokeDetection/Smoke', 'x:Dragon')
    const answer = await door.post(strange, 'text/xml')
    expect(answer.results[0]).toMatchObject({
      refusal: 'matter-unknown',
      words: expect.stringMatching(/smokerule · tns1:ruleengine\/x:dragon/),
    })
  })

  it('[IN69] a time without a zone is UTC, as its name says; the 31st of November is none', async () => {
    await door.post(textOf('onvif-smoke-true.xml').replace('50.125114Z', '50'), 'text/xml')
    expect(door.times()).toEqual([-10])
    const answer = await door.post(textOf('onvif-smoke-true.xml').replace('11-21T', '11-31T'), 'text/xml')
    expect(answer.results[0]).toMatchObject({ refusal: 'time-impossible', words: expect.stringContaining('UtcTime') })
  })

  it('[IN65] an entity of its own is refused, and nothing is fetched', async () => {
    const bad = textOf('onvif-smoke-true.xml').replace('?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "http://10.0.0.1/">]>')
    expect((await door.post(bad, 'text/xml')).status).toBe(400)
  })
})
