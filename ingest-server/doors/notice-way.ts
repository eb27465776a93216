// The one port of all ways a notice goes by: what is said over the wire, and what the answer means.
import type { Instant } from '#contract/ids'
import type { Notice } from '#contract/notice'
import type { Answer } from './outward-kind.ts'
import type { Posted } from './outward-send.ts'

/** sent: they have it · again: later · gone: this phone or number is no more · never: it is wrong as it is. */
export type Sent = 'sent' | 'again' | 'gone' | 'never'

/** `To`: what of the receiver this way has to know, and no more. */
export interface NoticeLeaf<To> {
  /** Throws where `to` makes no sense: keys that are none. */
  request(notice: Notice, to: To, now: Instant): Posted
  understood(answer: Answer): Sent
  /** So many a minute the other side bears; absent: it says so itself. */
  perMinute?: number
}

/** What most servers mean; a 403 or a 404 is mended by somebody while a leg is retried. */
export function usuallySent({ status }: Pick<Answer, 'status'>): Sent {
  if (status >= 200 && status < 300) return 'sent'
  return [400, 413, 415, 422].includes(status) ? 'never' : 'again'
}

/** A robot answers 200 whatever it thinks: the code in its body says it. Null where the answer is no such thing. */
export function errcodeOf({ body }: Pick<Answer, 'body'>): number | null {
  try {
    const { errcode } = JSON.parse(body) as { errcode?: unknown }
    return typeof errcode === 'number' ? errcode : null
  } catch {
    // A proxy's page, or cut short: not the robot that spoke.
    return null
  }
}
