// A WeCom group's robot: one text into the group. It names nobody and no number: its people read their own phones.
import type { WaySecrets } from '#contract/notice'
import { errcodeOf, usuallySent } from './notice-way.ts'
import type { NoticeLeaf } from './notice-way.ts'

/** Of its error codes: the key is none · what was sent is not right. */
const wrong: ReadonlySet<number> = new Set([93000, 40008, 44004, 45002])

export const wecom: NoticeLeaf<WaySecrets> = {
  perMinute: 20,
  request: ({ words }, { url }) => ({
    url,
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
