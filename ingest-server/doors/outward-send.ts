// One request over the wire: a time limit, no redirect, and of the answer only so much as a person reads.
import type { Answer, Outgoing } from './outward-kind.ts'

export interface Wire {
  fetch: typeof fetch
  after: (milliseconds: number, run: () => void) => () => void
  /** The house closes: nothing is waited for any more. */
  closing?: AbortSignal
}

/** As it goes over the wire, in words or in bytes. */
export interface Posted extends Omit<Outgoing, 'body'> {
  body?: string | Uint8Array<ArrayBuffer>
}

const timeLimit = 15_000
const mostOfAnswer = 16 * 1024

/** Never rejects: that nobody answered is an answer, with status 0 and why. */
export async function send({ url, method, headers, body }: Posted, { fetch, after, closing }: Wire): Promise<Answer> {
  const stop = new AbortController()
  const signal = closing ? AbortSignal.any([stop.signal, closing]) : stop.signal
  const cancel = after(timeLimit, () => stop.abort(new Error('no answer within 15 s')))
  try {
    // A redirect would carry what is told, and the signature, to wherever it points.
    const answer = await fetch(url, {
      ...{ method, headers, redirect: 'manual', signal },
      ...(body !== undefined && { body }),
    })
    return { status: answer.status, headers: answer.headers, body: await startOf(answer) }
  } catch (fault) {
    return { status: 0, headers: new Headers(), body: whyOf(fault) }
  } finally {
    cancel()
  }
}

async function startOf(answer: Response): Promise<string> {
  if (!answer.body) return ''
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body) {
    parts.push(part)
    length += part.byteLength
    if (length >= mostOfAnswer) break
  }
  return Buffer.concat(parts).subarray(0, mostOfAnswer).toString('utf8')
}

/** fetch says only that it failed; its cause says how. */
function whyOf(fault: unknown): string {
  const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : fault
  const { code, message } = cause as { code?: string; message?: string }
  return code ?? message ?? String(fault)
}

const shown = 200

/** `503 Service is resting`: what is kept of it, on one line. */
export const inOneLine = ({ status, body }: Answer): string =>
  `${status === 0 ? '—' : status} ${body.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()}`.trim().slice(0, shown)
