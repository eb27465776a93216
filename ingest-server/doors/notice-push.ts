// Web Push: encrypted for one phone, signed by the house's own key (VAPID), and one case's newer word takes the place of its older.
import { createHash } from 'node:crypto'
import webPush from 'web-push'
import type { Notice, PushAddress } from '#contract/notice'
import type { Level } from '#contract/stage'
import type { NoticeLeaf } from './notice-way.ts'

export interface PushTo {
  address: PushAddress
  /** With it the phone says that it showed it. */
  receipt: string
}

export interface PushNeeds {
  vapid: { publicKey: string; privateKey: string }
  /** Whom a push service may turn to: an https address of the site, or mailto. */
  subject: string
}

/** What the phone's worker gets. */
export interface Pushed extends Pick<Notice, 'id' | 'caseId' | 'level' | 'what' | 'words'> {
  receipt: string
}

/** Seconds a push service keeps it for a phone that is off: after that it is worth nothing any more. */
const keptFor: Record<Level, number> = { 1: 600, 2: 600, 3: 1800, 4: 1800 }
const urgencies: Record<Level, 'high' | 'normal'> = { 1: 'high', 2: 'high', 3: 'normal', 4: 'normal' }
const signedFor = 12 * 3600

export const pushOf = ({ vapid, subject }: PushNeeds): NoticeLeaf<PushTo> => ({
  request({ id, caseId, level, what, words }, { address, receipt }, now) {
    const said: Pushed = { id, caseId, level, what, words, receipt }
    const { headers, body } = webPush.generateRequestDetails(address, JSON.stringify(said), {
      ...{ TTL: keptFor[level], urgency: urgencies[level], topic: topicOf(caseId ?? id) },
      contentEncoding: 'aes128gcm',
    })
    const until = Math.floor(now / 1000) + signedFor
    const { origin } = new URL(address.endpoint)
    const { publicKey, privateKey } = vapid
    const signed = webPush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm', until)
    // The length is the wire's to say.
    const { 'Content-Length': _length, ...kept } = headers as Record<string, string | number>
    return {
      url: address.endpoint,
      method: 'POST',
      headers: { ...texts(kept), ...signed },
      body: new Uint8Array(body),
    }
  },
  understood({ status }) {
    if (status >= 200 && status < 300) return 'sent'
    if (status === 404 || status === 410) return 'gone'
    return [400, 413].includes(status) ? 'never' : 'again'
  },
})

const texts = (headers: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

/** At most 32 letters of base64url, and nothing of the case for the push service to read. */
const topicOf = (about: string): string => createHash('sha256').update(about).digest('base64url').slice(0, 32)

/** Whose push services phones may name: any other address would have this server post wherever a browser says. */
export const usualServices = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
] as const

/** `hosts`: names with at most one star in front; one with a scheme is an origin of the site's own, as it stands. */
export function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  const { protocol, hostname, origin, port, username } = new URL(endpoint)
  if (username !== '') return false
  return hosts.some((host) => {
    if (host.includes('://')) return origin === host
    if (protocol !== 'https:' || port !== '') return false
    return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host
  })
}
