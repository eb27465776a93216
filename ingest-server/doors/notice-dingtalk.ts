// A DingTalk group's robot, signed as it asks: the time and HMAC-SHA256 of it with its secret, in the address.
import { createHmac } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { WaySecrets } from '#contract/notice'
import { robot } from './notice-robot.ts'

/** No such token · the signature, a keyword or the address is not what the robot asks for · not right as it is. */
const wrong: ReadonlySet<number> = new Set([300001, 310000, 400013, 400101, 400102, 400105, 40035])

/** Good for an hour by its own clock. */
function addressOf({ url, secret }: WaySecrets, now: Instant): string {
  if (secret === undefined) return url
  const address = new URL(url)
  address.searchParams.set('timestamp', String(now))
  address.searchParams.set('sign', createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64'))
  return address.href
}

export const dingtalk = robot(addressOf, wrong)
