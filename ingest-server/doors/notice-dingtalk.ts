// A DingTalk group's robot, signed as it asks: the time and HMAC-SHA256 of it with its secret, in the address.
import { createHmac } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { WaySecrets } from '#contract/notice'
import { errcodeOf, usuallySent } from './notice-way.ts'
import type { NoticeLeaf } from './notice-way.ts'

/** Of its error codes: no such token · the signature, a keyword or the address is not what the robot asks for · not right as it is. */
const wrong: ReadonlySet<number> = new Set([300001, 310000, 400013, 400101, 400102, 400105, 40035])

export const dingtalk: NoticeLeaf<WaySecrets> = {
  perMinute: 20,
  request: ({ words }, secrets, now) => ({
    url: addressOf(secrets, now),
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ msgtype: 'text', text: { content: `${words}\n请当班同事打开小屏查看。` } }),
  }),
  understood(answer) {
    const code = errcodeOf(answer)
    if (answer.status < 200 || answer.status >= 300) return usuallySent(answer)
    if (code === 0) return 'sent'
    return code !== null && wrong.has(code) ? 'never' : 'again'
  },
}

/** Good for an hour by its own clock. */
function addressOf({ url, secret }: WaySecrets, now: Instant): string {
  if (secret === undefined) return url
  const address = new URL(url)
  address.searchParams.set('timestamp', String(now))
  address.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'))
  return address.href
}
