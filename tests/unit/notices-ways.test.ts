// Each way a notice goes by, over the wire and as its other side means it; robots and gateways as they really answer.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import type { Notice, NoticeId } from '#contract/notice'
import { dingtalk } from '../../ingest-server/doors/notice-dingtalk.ts'
import { isPushService, pushOf, usualServices } from '../../ingest-server/doors/notice-push.ts'
import { smsOf } from '../../ingest-server/doors/notice-sms.ts'
import { wecom } from '../../ingest-server/doors/notice-wecom.ts'
import { openPace, retryAfter } from '../../ingest-server/doors/notices-pace.ts'
import { aPhone, claimsOf } from '../suites/notice-servers.ts'
import { createECDH } from 'node:crypto'

const notice: Notice = {
  ...{ id: 'n_1' as NoticeId, personId: 'li' as PersonId, caseId: '20261121-007' as CaseId, what: 'told', level: 1 },
  ...{ words: '【I级】车棚明火，桥一居民区"3号"车棚\n{phone}&a=1', at: 1000, revision: 7 },
}
const now = Date.parse('2026-11-21T03:00:00+08:00')
const said = (status: number, body = '') => ({ status, headers: new Headers(), body })
const json = ({ body }: { body?: unknown }) => JSON.parse(body as string) as Record<string, never>

describe('push', () => {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  const vapid = { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') }
  const push = pushOf({ vapid, subject: 'https://sanping.example' })
  const phone = aPhone('li', 'https://fcm.googleapis.com')
  const to = { address: phone.address, receipt: 'r' }

  it('[NT17] only this phone can open it, whoever sends it is signed by the house’s key, and it lives ten minutes', () => {
    const { headers, body, url } = push.request(notice, to, now)
    expect(phone.open(Buffer.from(body as Uint8Array))).toEqual({
      ...{ id: 'n_1', caseId: '20261121-007', level: 1, what: 'told', words: notice.words, receipt: 'r' },
    })
    expect(() => aPhone('other', 'https://x.example').open(Buffer.from(body as Uint8Array))).toThrow()
    const claims = claimsOf({ headers: { authorization: headers.Authorization } })
    expect(claims).toMatchObject({
      aud: 'https://fcm.googleapis.com',
      sub: 'https://sanping.example',
      key: vapid.publicKey,
    })
    expect(claims.exp * 1000 - now).toBeLessThanOrEqual(24 * 3_600_000)
    expect({ url, ...headers }).toMatchObject({ url: phone.address.endpoint, TTL: '600', Urgency: 'high' })
  })

  it('[NT17] a newer word of the same case takes the place of the older; another case has a place of its own, and no service reads which', () => {
    const topic = (change: Partial<Notice>) => push.request({ ...notice, ...change }, to, now).headers.Topic
    expect(topic({})).toBe(topic({ id: 'n_2' as NoticeId, what: 'called' }))
    expect(topic({})).not.toBe(topic({ caseId: '20261121-008' as CaseId }))
    expect(topic({})).toMatch(/^[\w-]{32}$/)
    expect(topic({})).not.toContain('20261121')
  })

  it.each([
    [201, 'sent'],
    [404, 'gone'],
    [410, 'gone'],
    [413, 'never'],
    [429, 'again'],
    [403, 'again'],
    [502, 'again'],
  ])('[NT13] its answer %d means %s', (status, meant) => expect(push.understood(said(status))).toBe(meant))

  it.each([
    ['https://fcm.googleapis.com/fcm/send/x', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/x', true],
    ['https://push.intranet:8443/x', true],
    ['http://fcm.googleapis.com/x', false],
    ['https://fcm.googleapis.com:444/x', false],
    ['https://fcm.googleapis.com.evil.example/x', false],
    ['https://evilpush.apple.com.cn/x', false],
    ['https://a@fcm.googleapis.com/x', false],
    ['https://127.0.0.1/x', false],
    ['http://169.254.169.254/latest', false],
  ])('[NT15] %s: %s', (endpoint, isOne) => {
    expect(isPushService(endpoint, [...usualServices, 'https://push.intranet:8443'])).toBe(isOne)
  })
})

describe('robots', () => {
  const secrets = { url: 'https://oapi.dingtalk.com/robot/send?access_token=abc', secret: 'SECsomething' }

  it('[NT1] [NT18] WeCom: a text that names nobody and no number', () => {
    const { headers, ...asked } = wecom.request(
      notice,
      { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' },
      now,
    )
    expect(headers['content-type']).toContain('application/json')
    expect(json(asked)).toEqual({ msgtype: 'text', text: { content: expect.stringContaining('车棚明火') } })
  })

  it('[NT19] DingTalk: signed by the time of sending, as its page says', () => {
    const { url, ...asked } = dingtalk.request(notice, secrets, now)
    const { searchParams } = new URL(url)
    const right = createHmac('sha256', 'SECsomething').update(`${now}\nSECsomething`).digest('base64')
    expect([searchParams.get('access_token'), searchParams.get('timestamp'), searchParams.get('sign')]).toEqual([
      'abc',
      String(now),
      right,
    ])
    expect(json(asked)).toMatchObject({ msgtype: 'text' })
    expect(dingtalk.request(notice, { url: secrets.url }, now).url).toBe(secrets.url)
  })

  it.each([
    [wecom, 200, '{"errcode":0,"errmsg":"ok"}', 'sent'],
    [wecom, 200, '{"errcode":45009,"errmsg":"api freq out of limit"}', 'again'],
    [wecom, 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', 'never'],
    [wecom, 200, '<html>登录</html>', 'again'],
    [wecom, 502, '', 'again'],
    [dingtalk, 200, '{"errcode":0,"errmsg":"ok"}', 'sent'],
    [dingtalk, 200, '{"errcode":310000,"errmsg":"sign not match"}', 'never'],
    [dingtalk, 200, '{"errcode":410100,"errmsg":"send too fast"}', 'again'],
    [dingtalk, 200, '{"errcode":300001,"errmsg":"token is not exist"}', 'never'],
    [dingtalk, 400, '', 'never'],
  ] as const)('[NT18] a no inside a 200 is a no (%#)', (robot, status, body, meant) => {
    expect(robot.understood(said(status, body))).toBe(meant)
  })

  it('[NT18] twenty a minute, and the next when the first of them is a minute old', () => {
    const pace = openPace()
    for (let n = 0; n < 20; n++) {
      expect(pace.freeAt('group', 20, now + n)).toBe(now + n)
      pace.count('group', now + n)
    }
    expect(pace.freeAt('group', 20, now + 20)).toBe(now + 60_000)
    expect(pace.freeAt('other', 20, now + 20)).toBe(now + 20)
    expect(pace.freeAt('group', 20, now + 60_001)).toBe(now + 60_001)
    expect([1, 2, 3, 9].map(retryAfter)).toEqual([5_000, 10_000, 20_000, 30_000])
  })
})

describe('a text message', () => {
  const to = { phone: '13800000001', settings: {}, secrets: { url: 'https://sms.example/send?to={phone}' } }

  it('[NT20] what is filled in cannot break out of JSON, of a form or of an address', () => {
    const { url, ...asked } = smsOf(to).request(notice, to, now)
    expect(url).toBe('https://sms.example/send?to=13800000001')
    expect(json(asked)).toEqual({ phone: '13800000001', content: notice.words })
    const form = { settings: { type: 'application/x-www-form-urlencoded', body: 'm={phone}&c={words}' } }
    const sent = smsOf(form).request(notice, { ...to, ...form }, now)
    expect(Object.fromEntries(new URLSearchParams(sent.body as string))).toEqual({ m: '13800000001', c: notice.words })
    const get = {
      settings: { method: 'GET' },
      secrets: { url: 'https://sms.example/s?t={words}&p={phone}', headers: { 'x-key': 'k' } },
    }
    const asking = smsOf(get).request(notice, { ...to, ...get }, now)
    expect(asking).toMatchObject({ method: 'GET', headers: { 'x-key': 'k' } })
    expect(new URL(asking.url).searchParams.get('t')).toBe(notice.words)
    expect(asking).not.toHaveProperty('body')
  })

  it('[NT20] a 200 without the agreed word is no yes', () => {
    const gateway = smsOf({ settings: { ok: '"code":"0"' } })
    expect(gateway.understood(said(200, '{"code":"0"}'))).toBe('sent')
    expect(gateway.understood(said(200, '{"code":"E107","msg":"余额不足"}'))).toBe('again')
    expect(gateway.understood(said(422))).toBe('never')
    expect(smsOf({ settings: { perMinute: '60' } }).perMinute).toBe(60)
  })
})
