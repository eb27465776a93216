// Standard Webhooks: HMAC-SHA256 over id.timestamp.body, compared in constant time, within five minutes of our clock.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Instant } from '#contract/ids'
import { refusals } from '#contract/refusal'
import type { No } from './vendors/reading.ts'

/** As it came; nothing of it is believed yet. */
export interface Signature {
  id: string
  /** Of this try, epoch seconds: another try of the same message has another. */
  timestamp: number
  signatures: readonly string[]
}

/** To either side: clocks differ, and a queue takes a while. */
export const toleranceMs = 5 * 60_000

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

/** Null where it says nothing of a signature. */
export function signatureIn(headers: IncomingHttpHeaders): Signature | No | null {
  const [id, at, signed] = ['id', 'timestamp', 'signature'].map((part) => one(headers[`webhook-${part}`])?.trim())
  if (id === undefined && at === undefined && signed === undefined) return null
  if (!id || !at || !signed) return { refusal: 'signature-missing' }
  if (id.length > 256 || !/^\d{1,12}$/.test(at)) return { refusal: 'signature-wrong' }
  return { id, timestamp: Number(at), signatures: signed.split(' ').filter((part) => part !== '') }
}

/** Null where its time is one we take; the no says by how much it is off, and in which direction. */
export function lateness({ timestamp }: Signature, now: Instant): No | null {
  const off = now - timestamp * 1000
  if (Math.abs(off) <= toleranceMs) return null
  const seconds = Math.round(Math.abs(off) / 1000)
  const { zh, en } = refusals['signature-late']
  return {
    refusal: 'signature-late',
    words: {
      zh: `签名的时间比我们${off > 0 ? '慢' : '快'} ${seconds} 秒：${zh}`,
      en: `The signature's time is ${seconds} s ${off > 0 ? 'behind' : 'ahead of'} ours: ${en}`,
    },
  }
}

/** `secrets`: all that hold now; more than one while one takes the other's place. Versions we do not know are passed over. */
export function isSigned(
  { id, timestamp, signatures }: Signature,
  body: Uint8Array,
  secrets: readonly Uint8Array[],
): boolean {
  const given = signatures.flatMap((signature) => {
    const [version, text] = signature.split(',', 2)
    return version === 'v1' && text ? [Buffer.from(text, 'base64')] : []
  })
  // Every pair is compared, whether or not one has fitted: how long it takes says nothing.
  let fits = false
  for (const secret of secrets) {
    const wanted = createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest()
    for (const signature of given.slice(0, mostSignatures))
      if (signature.length === wanted.length && timingSafeEqual(signature, wanted)) fits = true
  }
  return fits
}

/** A sender in the middle of a rotation sends two. */
const mostSignatures = 8
