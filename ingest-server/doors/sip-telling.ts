// What we say to a device by ourselves: the MANSCDP answer to its alarm, sent again until it is heard (RFC 3261 17.1.2).
import { one, readVia, type SipHeaders } from './sip-message.ts'
import type { SipRemote } from './sip-wires.ts'

export interface Telling {
  /** Where it was heard, or nobody listens, it ends by itself. */
  tell(device: string, remote: SipRemote, body: Buffer): void
  /** Somebody answered something. */
  answered(headers: SipHeaders, code: number): void
  close(): void
}

export interface TellingNeeds {
  /** Our own number, its realm, and where we are found. */
  own: { id: string; realm: string; host: string; port: () => number }
  newId: () => string
  after: (milliseconds: number, run: () => void) => () => void
}

/** T1, T2 and 64·T1. */
const [firstMs, longestMs, wholeMs] = [500, 4000, 32_000]
const mostUnanswered = 2000

export function openTelling({ own, newId, after }: TellingNeeds): Telling {
  const waiting = new Map<string, () => void>()
  let count = 0

  function again(branch: string, remote: SipRemote, bytes: Buffer, pause: number, spent: number): void {
    remote.send(bytes)
    if (remote.transport === 'tcp') pause = wholeMs
    const stop = after(pause, () => {
      waiting.delete(branch)
      if (spent + pause < wholeMs) again(branch, remote, bytes, Math.min(pause * 2, longestMs), spent + pause)
    })
    waiting.set(branch, stop)
  }

  return {
    tell(device, remote, body) {
      if (waiting.size >= mostUnanswered) return
      const branch = `z9hG4bK${newId()}`
      count = (count % 1_000_000_000) + 1
      const host = `${own.host.includes(':') ? `[${own.host}]` : own.host}:${own.port()}`
      const head = [
        `MESSAGE sip:${device}@${own.realm} SIP/2.0`,
        `Via: SIP/2.0/${remote.transport.toUpperCase()} ${host};rport;branch=${branch}`,
        `From: <sip:${own.id}@${own.realm}>;tag=${newId()}`,
        `To: <sip:${device}@${own.realm}>`,
        `Call-ID: ${newId()}@${own.realm}`,
        `CSeq: ${count} MESSAGE`,
        'Max-Forwards: 70',
        'Content-Type: Application/MANSCDP+xml',
        `Content-Length: ${body.length}`,
      ].join('\r\n')
      again(branch, remote, Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]), firstMs, 0)
    },
    answered(headers, code) {
      const branch = readVia(one(headers, 'via') ?? '')?.branch ?? ''
      // A provisional answer says only that it goes on.
      if (code < 200) return
      waiting.get(branch)?.()
      waiting.delete(branch)
    },
    close() {
      for (const stop of waiting.values()) stop()
      waiting.clear()
    },
  }
}
