// What a REGISTER asks for: for how long, and under which address.
import type { SipAnswer } from './sip-answer.ts'
import { all, one, type SipHeaders } from './sip-message.ts'

const usualSeconds = 3600
const mostSeconds = 86_400

/** `contact`: without its own `expires`; null where it gave none. */
export function registrationOf(headers: SipHeaders): { seconds: number; contact: string | null } | SipAnswer {
  const contact = all(headers, 'contact')[0] ?? null
  const own = /;\s*expires\s*=\s*"?([^;"\s]+)/i.exec(contact ?? '')?.[1]
  const given = own ?? one(headers, 'expires')
  if (given !== undefined && !/^\d{1,10}$/.test(given))
    return { code: 400, words: `Expires「${given.slice(0, 20)}」不是秒数。` }
  const bare = contact === null || contact === '*' ? null : contact.replace(/;\s*expires\s*=\s*[^;]*/gi, '')
  return { seconds: Math.min(mostSeconds, given === undefined ? usualSeconds : Number(given)), contact: bare }
}
