// How sources prove who they are: by key, by signature, by Digest, by a key in the address; and what proves nothing.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Webhook } from 'standardwebhooks'
import type { Devices } from '#contract/devices'
import { SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { isSigned, lateness, signatureIn } from '../../ingest-server/doors/source-signature.ts'
import { withoutKey } from '../../ingest-server/doors/source-address.ts'
import type { SourceWays } from '../../ingest-server/records/port.ts'
import { dutyRoom, type DutyRoom } from '../world/duty-room.ts'
import { minute, morning, openHouse, day } from '../suites/records-folder.ts'

const yard = SourceId.parse('yard')

describe('a signature', () => {
  // Of the specification's own libraries: this id, time, body and secret give this signature.
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const body = Buffer.from('{"test": 2432232314}')
  const read = (change: Partial<typeof headers> = {}) => {
    const signature = signatureIn({ ...headers, ...change })
    if (!signature || 'refusal' in signature) throw new Error('it is none')
    return signature
  }

  it('[WH80] of the specification’s example is right', () => {
    expect(isSigned(read(), body, [secret])).toBe(true)
  })

  it.each([
    ['another body', {}, Buffer.from('{"test": 2432232315}')],
    ['another id', { 'webhook-id': 'msg_other' }, body],
    ['another time', { 'webhook-timestamp': '1614265331' }, body],
    ['a version we do not know', { 'webhook-signature': headers['webhook-signature'].replace('v1', 'v2') }, body],
    ['no base64', { 'webhook-signature': 'v1,' }, body],
    ['half of it', { 'webhook-signature': headers['webhook-signature'].slice(0, 20) }, body],
  ])('[WH80] with %s is wrong', (_what, change, sent) => {
    expect(isSigned(read(change), sent, [secret])).toBe(false)
  })

  it('[WH80] is found among several, and holds under any secret that lives', () => {
    const several = { 'webhook-signature': `v1a,asymmetric v1,AAAA ${headers['webhook-signature']} v2,what` }
    expect(isSigned(read(several), body, [Buffer.from('another secret of 24 bytes'), secret])).toBe(true)
    expect(isSigned(read(several), body, [Buffer.from('another secret of 24 bytes')])).toBe(false)
  })

  it('[WH81] five minutes to either side are taken; past them the sentence says by how much and which way', () => {
    const at = 1614265330_000
    expect([lateness(read(), at + 300_000), lateness(read(), at - 300_000)]).toEqual([null, null])
    expect(lateness(read(), at + 301_000)).toMatchObject({
      refusal: 'signature-late',
      words: { zh: expect.stringContaining('慢 301 秒') },
    })
    expect(lateness(read(), at - 301_000)).toMatchObject({ words: { en: expect.stringContaining('301 s ahead of') } })
  })

  it('[WH80] half said is said to be missing, not passed over', () => {
    expect(signatureIn({})).toBeNull()
    expect(signatureIn({ 'webhook-id': 'x' })).toEqual({ refusal: 'signature-missing' })
    expect(signatureIn({ ...headers, 'webhook-timestamp': 'soon' })).toEqual({ refusal: 'signature-wrong' })
  })
})

describe('at the door', () => {
  let room: DutyRoom
  let key: string
  beforeEach(async () => void (room = await dutyRoom({ staff: ['chen'] })))
  afterEach(() => room.close())

  const registers = async (ways: SourceWays = {}) => {
    key = await room.records.sources.add(
      { id: yard, name: '车棚', matters: {}, cameras: {}, ...ways },
      room.clock.now(),
    )
  }
  const report = (eventId: string, more: object = {}) =>
    JSON.stringify({
      kind: 'camera-alert',
      eventId,
      matter: 'smoke',
      cameraId: 'cam-1',
      occurredAt: room.clock.now(),
      ...more,
    })

  async function post(path: string, body: string, headers: Record<string, string> = {}) {
    const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
    const send = () => fetch(`${room.url}/api/in/${path}`, request)
    // A connection that was kept over a restart is no answer, so it is asked again.
    const answer = await send().catch(send)
    const text = await answer.text()
    const { results } = JSON.parse(text) as { results: IntakeAnswer[] }
    const [first] = results
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      refusal: first?.ok === false ? first.refusal : null,
      results,
    }
  }
  /** The other implementation signs: ours has to find it right. */
  const signs = (secret: string, id: string, body: string, at = room.clock.now()) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
  })

  it('[WH82] what is signed is taken, by whom the address or the key beside it names', async () => {
    await registers({ mustSign: true })
    const secret = (await room.records.sources.addSecret(yard, room.clock.now(), room.clock.now()))!
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const body = report('e1')
    expect((await post('sanping?source=yard', body, signs(secret, 'm1', body))).status).toBe(200)
    const next = report('e2')
    const both = { ...signs(secret, 'm2', next), authorization: `Bearer ${key}` }
    expect((await post('sanping', next, both)).status).toBe(200)
    expect((await post('sanping', next, signs(secret, 'm3', next))).refusal).toBe('source-unknown')
  })

  it('[WH82] who must sign is not let in by the key alone, nor by a signature over something else', async () => {
    await registers({ mustSign: true })
    const secret = (await room.records.sources.addSecret(yard, room.clock.now(), room.clock.now()))!
    const bearer = { authorization: `Bearer ${key}` }
    const body = report('e1')
    expect(await post('sanping', body, bearer)).toMatchObject({ status: 401, refusal: 'signature-missing' })
    const wrong = { ...bearer, ...signs(secret, 'm1', report('e9')) }
    expect(await post('sanping', body, wrong)).toMatchObject({ status: 401, refusal: 'signature-wrong' })
    const late = signs(secret, 'm1', body, room.clock.now() - 6 * minute)
    expect(await post('sanping', body, { ...bearer, ...late })).toMatchObject({
      status: 401,
      refusal: 'signature-late',
    })
    expect(room.desk.board().cases.size).toBe(0)
    // Nobody who only names it makes it look alive.
    const page = await fetch(`${room.url}/api/devices`, { headers: { cookie: await room.signIn('chen') } })
    const { sources } = (await page.json()) as Devices
    expect(sources.find(({ id }) => id === 'yard')).toMatchObject({ state: 'never', refused: 3 })
    // Whose it would be sees on the devices page how it was refused; what was not proved is not kept.
    expect((await room.records.quarantine.counts()).counts).toEqual([])
  })

  it('[WH83] sent again as it was it gets the answer it got; its id is good for no other body', async () => {
    await registers()
    const secret = (await room.records.sources.addSecret(yard, room.clock.now(), room.clock.now()))!
    const body = report('e1')
    const first = await post('sanping?source=yard', body, signs(secret, 'm1', body))
    const again = await post('sanping?source=yard', body, signs(secret, 'm1', body))
    expect([again.status, again.text]).toEqual([first.status, first.text])
    const other = report('e2')
    const used = await post('sanping?source=yard', other, signs(secret, 'm1', other))
    expect(used).toMatchObject({ status: 409, refusal: 'webhook-id-used' })
    expect(room.desk.board().cases.size).toBe(1)
  })

  it('[WH83] five of the same at once are one', async () => {
    await registers()
    const secret = (await room.records.sources.addSecret(yard, room.clock.now(), room.clock.now()))!
    const body = JSON.stringify({ state: 'online', cameraIds: ['cam-1'] })
    const signed = signs(secret, 'beat', body)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post('heartbeat?source=yard', body, signed)))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await room.records.webhooks.find(yard, 'beat')).toMatchObject({ status: 200 })
  })

  it('[WH83] a restart forgets none of it', async () => {
    await registers()
    const secret = (await room.records.sources.addSecret(yard, room.clock.now(), room.clock.now()))!
    const body = report('e1')
    const signed = signs(secret, 'm1', body)
    const first = await post('sanping?source=yard', body, signed)
    await room.restarts()
    expect((await post('sanping?source=yard', body, signed)).text).toBe(first.text)
    const other = report('e2')
    expect((await post('sanping?source=yard', other, signs(secret, 'm1', other))).refusal).toBe('webhook-id-used')
    // Past its window no signature over it can be taken, so it need not be remembered.
    room.clock.jump(room.clock.now() + 11 * minute)
    await room.records.refresh()
    expect(await room.records.webhooks.find(yard, 'm1')).toBeNull()
    expect((await post('sanping?source=yard', body, signed)).refusal).toBe('signature-late')
  })

  it('[WH84] while one secret takes the other’s place both hold; then the old one ends', async () => {
    await registers()
    const { sources } = room.records
    const now = room.clock.now()
    const old = (await sources.addSecret(yard, now, now))!
    const fresh = (await sources.addSecret(yard, now + day, now))!
    for (const [at, secret] of [old, fresh].entries()) {
      const body = report(`e${at}`)
      expect((await post('sanping?source=yard', body, signs(secret, `m${at}`, body))).status).toBe(200)
    }
    room.clock.jump(now + day + minute)
    const body = report('e3')
    expect((await post('sanping?source=yard', body, signs(old, 'm3', body))).refusal).toBe('signature-wrong')
    expect((await post('sanping?source=yard', body, signs(fresh, 'm4', body))).status).toBe(200)
  })

  it('[WH85] user and password, where that is all a device has', async () => {
    await registers()
    const basic = (user: string, password: string) => ({
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    })
    expect((await post('sanping', report('e1'), basic('yard', key))).status).toBe(200)
    expect((await post('sanping', report('e2'), basic('hik', key))).refusal).toBe('source-unknown')
    expect((await post('sanping', report('e2'), basic('yard', 'wrong'))).refusal).toBe('source-unknown')
  })

  it('[WH86] a key in the address only where that was registered, and never in a log', async () => {
    await registers()
    expect(await post(`sanping/${key}`, report('e1'))).toMatchObject({ status: 403, refusal: 'key-in-address' })
    expect(await post(`sanping?key=${key}`, report('e1'))).toMatchObject({ status: 403, refusal: 'key-in-address' })
    await room.records.sources.setWays(yard, { byAddress: true })
    expect((await post(`sanping/${key}`, report('e1'))).status).toBe(200)
    expect((await post(`sanping?key=${key}`, report('e2'))).status).toBe(200)
    expect((await post(`sanping/${key}x`, report('e3'))).refusal).toBe('source-unknown')
    expect(withoutKey(`/api/in/hikvision/${key}`)).toBe('/api/in/hikvision/…')
    expect(withoutKey('/api/in/hikvision')).toBe('/api/in/hikvision')
  })

  it('[WH87] Digest, for cameras that can do no other: challenged, answered, taken; a stale challenge is not, nor an answer that was overheard', async () => {
    const md5 = (text: string) => createHash('md5').update(text).digest('hex')
    expect((await post('sanping', '{}')).headers.get('www-authenticate')).toBe('Bearer')
    await registers({ byDigest: true })
    const asked = (await post('sanping', '{}')).headers.get('www-authenticate') ?? ''
    const nonce = /nonce="([^"]+)"/.exec(asked)?.[1] ?? ''
    const answering = (password: string, nc = '00000001') => {
      const [first, second] = [md5(`yard:sanping:${password}`), md5('POST:/api/in/sanping')]
      const response = md5(`${first}:${nonce}:${nc}:abc:auth:${second}`)
      return {
        authorization: `Digest username="yard", realm="sanping", nonce="${nonce}", uri="/api/in/sanping", qop=auth, nc=${nc}, cnonce="abc", response="${response}", algorithm=MD5`,
      }
    }
    expect((await post('sanping', report('e1'), answering(key))).status).toBe(200)
    expect((await post('sanping', report('e2'), answering('wrong'))).refusal).toBe('source-unknown')
    expect((await post('sanping', report('e2'), answering(key))).status).toBe(401)
    expect((await post('sanping', report('e2'), answering(key, '00000002'))).status).toBe(200)
    room.clock.jump(room.clock.now() + 6 * minute)
    const stale = await post('sanping', report('e3'), answering(key))
    expect([stale.refusal, stale.headers.get('www-authenticate')]).toEqual([
      'source-unknown',
      expect.stringContaining('Digest'),
    ])
  })

  it('[IN135] over its quota a source is told so before it is read, in words and with when to come again', async () => {
    await registers({ perMinute: 4 })
    const bearer = { authorization: `Bearer ${key}` }
    for (const event of ['e1', 'e2']) expect((await post('sanping', report(event), bearer)).status).toBe(200)
    const over = await post('sanping', report('e3'), bearer)
    expect([over.status, over.refusal, over.headers.get('retry-after')]).toEqual([429, 'over-quota', '15'])
    expect((await room.posts(JSON.parse(report('other')))).status).toBe(200)
    room.clock.jump(room.clock.now() + 15_000)
    expect((await post('sanping', report('e3'), bearer)).status).toBe(200)
  })
})

it('[WH84] a key is changed without a gap: the old one holds beside the new until its time is over', async () => {
  const house = await openHouse()
  try {
    const { sources } = house.records
    const old = await sources.add({ id: yard, name: '车棚', matters: {}, cameras: {} }, morning)
    const fresh = (await sources.rotate(yard, morning + 7 * day, morning + minute))!
    expect([sources.byKey(old)?.id, sources.byKey(fresh)?.id]).toEqual([yard, yard])
    expect((await sources.list())[0]?.keys).toEqual([
      { madeAt: morning + minute, endsAt: null },
      { madeAt: morning, endsAt: morning + 7 * day },
    ])
    house.clock.now = morning + 7 * day
    expect([sources.byKey(old), sources.byKey(fresh)?.id]).toEqual([null, yard])
    // Once more at once: whatever was still on its way out ends sooner, never later.
    await sources.rotate(yard, house.clock.now, house.clock.now)
    expect(sources.byKey(fresh)).toBeNull()
    await sources.withdraw(yard, house.clock.now)
    expect(await sources.rotate(yard, house.clock.now, house.clock.now)).toBeNull()
  } finally {
    await house.close()
  }
})

it('[WH88] what is signed with lies sealed on the disk', async () => {
  const house = await openHouse()
  try {
    const { sources } = house.records
    await sources.add({ id: yard, name: '车棚', matters: {}, cameras: {}, byDigest: true }, morning)
    const secret = (await sources.addSecret(yard, morning, morning))!
    const bytes = await house.bytes()
    expect(bytes.includes(secret.slice(6))).toBe(false)
    expect(bytes.includes(sources.digestsOf(yard)[0]!)).toBe(false)
    expect(sources.secretsOf(yard)).toHaveLength(1)
  } finally {
    await house.close()
  }
})
