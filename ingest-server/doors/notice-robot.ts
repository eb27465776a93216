// What the robots of a group have in common: one text into the group, which names nobody and no number, and a code in the answer.
import type { Instant } from '#contract/ids'
import type { WaySecrets } from '#contract/notice'
import { errcodeOf, usuallySent } from './notice-way.ts'
import type { NoticeLeaf } from './notice-way.ts'

/** `wrong`: of its error codes those that trying again does not mend. */
export const robot = (
  addressOf: (secrets: WaySecrets, now: Instant) => string,
  wrong: ReadonlySet<number>,
): NoticeLeaf<WaySecrets> => ({
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
})
