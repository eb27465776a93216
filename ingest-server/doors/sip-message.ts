// SIP messages as they lie on the wire (RFC 3261), read strictly where it matters and leniently where devices are.
import type { Words } from '#contract/language'

/** In their order, names whole and lower case; bytes past ASCII are kept as they came (latin1). */
export type SipHeaders = readonly (readonly [name: string, value: string])[]

export interface SipRequest {
  kind: 'request'
  method: string
  uri: string
  headers: SipHeaders
  body: Buffer
}

interface SipResponse {
  kind: 'response'
  code: number
  headers: SipHeaders
}

/** What cannot be done as it was asked, by somebody who can be told so. */
interface SipBroken {
  kind: 'broken'
  method: string
  headers: SipHeaders
  why: Words
}

export const mostHeadBytes = 16 * 1024
export const mostBodyBytes = 256 * 1024
const mostHeaders = 120
/** What takes apart a line takes the square of its length where somebody means harm. */
const mostLine = 4096

/** Section 7.3.3. */
const compact: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
}
/** Their commas part one value from the next; everywhere else a comma may be the value's own. */
const lists = new Set(['via', 'contact', 'route', 'record-route'])

/** Where the body begins, or -1 while there is no empty line. Bare line feeds are let through: some firmware writes them. */
export function bodyAt(bytes: Buffer): number {
  const [crlf, lf] = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')]
  if (crlf !== -1 && (lf === -1 || crlf < lf)) return crlf + 4
  return lf === -1 ? -1 : lf + 2
}

/** One whole message; null for what is none, or could never be answered: it is dropped without a word. */
export function readSip(bytes: Buffer): SipRequest | SipResponse | SipBroken | null {
  const at = bodyAt(bytes)
  const head = readHead(bytes.subarray(0, at === -1 ? undefined : at))
  if (!head) return null
  const { start, headers } = head
  const response = /^SIP\/2\.0 ([1-6]\d\d)(?: |$)/.exec(start)
  if (response) return { kind: 'response', code: Number(response[1]), headers }
  const [, method = '', uri = '', version = ''] = /^([A-Za-z]{1,20}) (\S{1,1000}) (\S{1,20})$/.exec(start) ?? []
  if (method === '' || !one(headers, 'via')) return null
  const why = version !== 'SIP/2.0' ? wrongVersion : objection(method, headers)
  if (why) return { kind: 'broken', method, headers, why }
  const length = lengthOf(headers)
  const rest = at === -1 ? Buffer.alloc(0) : bytes.subarray(at)
  if (length === 'wrong' || (length !== null && length > rest.length) || at === -1)
    return { kind: 'broken', method, headers, why: length === 'wrong' ? wrongLength : cutOff }
  return { kind: 'request', method, uri, headers, body: rest.subarray(0, length ?? rest.length) }
}

/** The first line and the headers, folded lines joined (7.3.1); null where that is no head. */
export function readHead(bytes: Buffer): { start: string; headers: SipHeaders } | null {
  if (bytes.length > mostHeadBytes) return null
  const text = bytes.toString('latin1').replace(/\r?\n[ \t]+/g, ' ')
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)/.test(text)) return null
  const [start = '', ...lines] = text.split(/\r?\n/)
  const headers: [string, string][] = []
  for (const line of lines) {
    if (line === '') break
    if (line.length > mostLine) return null
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim().toLowerCase()
    if (colon < 1 || !/^[\w.!%*+`'~-]+$/.test(name)) return null
    const whole = Object.hasOwn(compact, name) ? compact[name]! : name
    const value = line.slice(colon + 1).trim()
    for (const part of lists.has(whole) ? partsOf(value) : [value]) headers.push([whole, part])
    if (headers.length > mostHeaders) return null
  }
  return { start, headers }
}

/** Parted at its commas, but not at those within quotes or angle brackets. */
function partsOf(value: string): string[] {
  if (!value.includes(',')) return [value]
  const parts = value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,"<])+/g) ?? [value]
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

function objection(method: string, headers: SipHeaders): Words | null {
  const missing = ['From', 'To', 'Call-ID', 'CSeq'].find((name) => !one(headers, name.toLowerCase()))
  if (missing) return { zh: `缺少 ${missing} 头域。`, en: `The header ${missing} is missing.` }
  const [, number, said] = /^(\d{1,10})\s+(\S+)$/.exec(one(headers, 'cseq')!) ?? []
  if (number === undefined || Number(number) >= 2 ** 31 || said !== method)
    return {
      zh: 'CSeq 不对：应是序号和与请求行相同的方法。',
      en: 'CSeq must be a number and the method of the first line.',
    }
  return null
}

/** Null where none is given: on UDP the packet ends the body. */
export function lengthOf(headers: SipHeaders): number | null | 'wrong' {
  const given = new Set(all(headers, 'content-length'))
  const [first] = given
  if (first === undefined) return null
  return given.size > 1 || !/^\d{1,9}$/.test(first) ? 'wrong' : Number(first)
}

export const all = (headers: SipHeaders, name: string): string[] =>
  headers.filter(([own]) => own === name).map(([, value]) => value)
export const one = (headers: SipHeaders, name: string): string | undefined => headers.find(([own]) => own === name)?.[1]

/** Who stands in a From or To: `"Gate 3" <sip:31010100001180000001@3101010000>;tag=1` → `31010100001180000001`. */
export function userOf(value: string | undefined): string | null {
  const bare = (value ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '')
  return /^[^<]*<?\s*sips?:([^@:;<>\s]{1,128})@/i.exec(bare)?.[1] ?? null
}

export interface Via {
  host: string
  port: number | null
  branch: string
  /** It asks to be answered where it sent from (RFC 3581). */
  rport: boolean
}

/** Null where it is none. */
export function readVia(value: string): Via | null {
  const [, host, port, rest = ''] =
    /^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+(\[[\da-f:.]+\]|[\w.-]+)(?:\s*:\s*(\d{1,5}))?((?:\s*;.*)?)$/i.exec(value) ?? []
  if (host === undefined || Number(port ?? 1) > 65_535) return null
  return {
    host,
    port: port === undefined ? null : Number(port),
    branch: /;\s*branch\s*=\s*([^;\s]+)/i.exec(rest)?.[1] ?? '',
    rport: /;\s*rport\s*(?:;|=|$)/i.test(rest),
  }
}

const wrongVersion = { zh: '只收 SIP/2.0。', en: 'Only SIP/2.0 is spoken here.' }
const wrongLength = { zh: 'Content-Length 不是一个数字。', en: 'Content-Length is no number.' }
const cutOff = {
  zh: '消息体比 Content-Length 短，可能在路上被截断。',
  en: 'The body is shorter than Content-Length says: it may have been cut off on its way.',
}
