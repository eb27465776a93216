// A text message by whatever gateway the site has: its address, headers and body as a template with {phone} and {words}.
import type { NoticeWay, WaySecrets } from '#contract/notice'
import { usuallySent } from './notice-way.ts'
import type { NoticeLeaf } from './notice-way.ts'

export interface SmsTo {
  phone: string
  secrets: WaySecrets
  settings: NoticeWay['settings']
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

/** As each kind of body writes what may be anything. */
const written: Record<string, (text: string) => string> = {
  [json]: (text) => JSON.stringify(text).slice(1, -1),
  [form]: encodeURIComponent,
}

export const smsOf = ({ settings }: Pick<NoticeWay, 'settings'>): NoticeLeaf<SmsTo> => ({
  request({ words }, { phone, secrets }) {
    const filled = (template: string, write: (text: string) => string) =>
      template.replaceAll(/\{(phone|words)\}/g, (_, name) => write(name === 'phone' ? phone : words))
    const type = settings.type ?? json
    const url = filled(secrets.url, encodeURIComponent)
    if (settings.method === 'GET') return { url, method: 'GET', headers: { ...secrets.headers } }
    return {
      ...{ url, method: 'POST' as const },
      headers: { 'content-type': `${type}; charset=utf-8`, ...secrets.headers },
      body: filled(settings.body ?? '{"phone":"{phone}","content":"{words}"}', written[type] ?? ((text) => text)),
    }
  },
  /** Many a gateway answers 200 and says in its body that it will not: `ok` is what a good answer has in it. */
  understood(answer) {
    const usual = usuallySent(answer)
    return usual === 'sent' && settings.ok !== undefined && !answer.body.includes(settings.ok) ? 'again' : usual
  },
  ...(settings.perMinute !== undefined && { perMinute: Number(settings.perMinute) }),
})
