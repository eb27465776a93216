// Answers of the SIP door, written as RFC 3261 8.2.6 has them, and where each of them goes.
import { hash } from 'node:crypto'
import { all, one, readVia, type SipHeaders } from './sip-message.ts'

const reasons = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  413: 'Request Entity Too Large',
  481: 'Call/Transaction Does Not Exist',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
} as const

export interface SipAnswer {
  code: keyof typeof reasons
  headers?: readonly (readonly [name: string, value: string])[]
  /** One sentence for whoever reads the device's log: goes into a Warning. */
  words?: string
}

interface Sender {
  address: string
  port: number
}

/** The request's own headers back, and ours. */
export function writeAnswer(to: SipHeaders, answer: SipAnswer, from: Sender, realm: string): Buffer {
  const [top = '', ...vias] = all(to, 'via')
  const lines = [
    `SIP/2.0 ${answer.code} ${reasons[answer.code]}`,
    `Via: ${seen(top, from)}`,
    ...vias.map((via) => `Via: ${via}`),
    `From: ${one(to, 'from') ?? ''}`,
    `To: ${tagged(one(to, 'to') ?? '', to)}`,
    `Call-ID: ${one(to, 'call-id') ?? ''}`,
    `CSeq: ${one(to, 'cseq') ?? ''}`,
    ...(answer.headers ?? []).map(([name, value]) => `${name}: ${value}`),
    ...(answer.words === undefined ? [] : [`Warning: 399 ${realm} "${quotable(answer.words)}"`]),
    'Content-Length: 0',
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

/** Always to the address it came from, whatever it says of itself; on the port it names, unless it asks for its own (RFC 3581). */
export function answerPort(headers: SipHeaders, from: Sender): number {
  const via = readVia(one(headers, 'via') ?? '')
  return !via || via.rport ? from.port : (via.port ?? 5060)
}

/** Where the request was seen to come from (18.2.1). */
function seen(via: string, { address, port }: Sender): string {
  const asks = /;\s*rport(?:\s*=\s*\d*)?(?=\s*(?:;|$))/i
  const bare = via.replace(/;\s*received\s*=\s*[^;]*/gi, '')
  const host = address.includes(':') ? `[${address}]` : address
  return `${asks.test(bare) ? bare.replace(asks, `;rport=${port}`) : bare};received=${host}`
}

/** The same request gets the same tag, however often it comes. */
function tagged(to: string, headers: SipHeaders): string {
  if (/;\s*tag\s*=/i.test(to) || to === '') return to
  const about = ['via', 'call-id', 'cseq'].map((name) => one(headers, name) ?? '')
  return `${to};tag=${hash('sha256', about.join(' ')).slice(0, 16)}`
}

/** UTF-8 in a text whose letters stand for bytes. */
const quotable = (words: string): string =>
  Buffer.from(words.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, "'")).toString('latin1')
