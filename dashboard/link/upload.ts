// One picture to the server, piece by piece: asks what is there, goes on from that byte, and believes only a receipt with its hash.
import type { EvidenceId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Trouble } from './outbox-port.ts'

/** `sent` bytes are there; `whole` means the server checked the hash and keeps it. */
export type Sent = { sent: number; whole: boolean } | { trouble: Trouble }

export interface Uploader {
  /** What the server already holds of it. */
  ask(id: EvidenceId): Promise<Sent>
  /** One piece from `from` on. */
  send(id: EvidenceId, blob: Blob, from: number): Promise<Sent>
}

interface Told {
  sha256?: string
  offset?: number
  bytes?: number
  refusal?: Refusal
}

/** Small enough to be through on a weak line before it breaks, large enough that most pictures are three. */
const piece = 128 * 1024

export function openUploader(fetch: typeof globalThis.fetch): Uploader {
  const url = (id: EvidenceId) => `/api/evidence/${id}`
  return {
    async ask(id) {
      const answer = await reach(() => fetch(url(id), { method: 'HEAD', cache: 'no-store' }))
      if (!answer) return { trouble: 'unreachable' }
      if (answer.status === 404) return { sent: 0, whole: false }
      if (!answer.ok) return { trouble: answer.status === 401 ? 'not-signed-in' : 'unreachable' }
      const whole = answer.headers.get('upload-complete') === '?1'
      return { sent: Number(answer.headers.get('upload-offset') ?? 0), whole }
    },
    async send(id, blob, asked) {
      // All of it lies there and was never put together, the server was killed over it: from the start once more.
      const from = asked < blob.size ? asked : 0
      const to = Math.min(from + piece, blob.size)
      const answer = await reach(() =>
        fetch(url(id), {
          method: 'PUT',
          headers: {
            'content-type': 'application/octet-stream',
            'content-range': `bytes ${from}-${to - 1}/${blob.size}`,
          },
          body: blob.slice(from, to),
        }),
      )
      if (!answer) return { trouble: 'unreachable' }
      return settled(id, answer)
    },
  }
}

/** 200 is the receipt, 202 a piece kept, 409 "go on from there"; every other no is named in its body. */
async function settled(id: EvidenceId, answer: Response): Promise<Sent> {
  const told = (await answer.json().catch(() => null)) as Told | null
  if (!told) return { trouble: 'unreachable' }
  if (answer.status === 202 || answer.status === 409) return { sent: told.offset ?? 0, whole: false }
  if (!answer.ok) return { trouble: told.refusal ?? 'unreachable' }
  return told.sha256 === id ? { sent: told.bytes ?? 0, whole: true } : { trouble: 'unanswered' }
}

async function reach(run: () => Promise<Response>): Promise<Response | null> {
  try {
    return await run()
  } catch {
    return null
  }
}
