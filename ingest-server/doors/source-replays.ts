// A signed message is taken once: sent again as it was it gets the answer it got, and its id is good for no other body.
import { createHash } from 'node:crypto'
import type { SourceId } from '#contract/ids'
import type { WebhooksSeen } from '../records/port.ts'
import { toleranceMs, type Signature } from './source-signature.ts'

export interface Answered {
  status: number
  /** The body of the answer. */
  text: string
  /** False where it is to be sent again as it is: nothing was settled. */
  settled: boolean
}

export interface Replays {
  once(
    sourceId: SourceId,
    signature: Signature,
    body: Uint8Array,
    take: () => Promise<Answered>,
  ): Promise<Answered | 'used'>
}

export function openReplays({ webhooks }: { webhooks: WebhooksSeen }): Replays {
  /** Those that are on their way: the same message on two connections at once is still one. */
  const underWay = new Map<string, { bodyHash: string; answered: Promise<Answered | 'used'> }>()

  return {
    async once(sourceId, { id: webhookId, timestamp }, body, take) {
      const bodyHash = createHash('sha256').update(body).digest('hex')
      const name = JSON.stringify([sourceId, webhookId])
      const other = underWay.get(name)
      if (other) return other.bodyHash === bodyHash ? other.answered : 'used'
      const answered = takeOnce()
      underWay.set(name, { bodyHash, answered })
      try {
        return await answered
      } finally {
        underWay.delete(name)
      }

      async function takeOnce(): Promise<Answered | 'used'> {
        const seen = await webhooks.find(sourceId, webhookId)
        if (seen) return seen.bodyHash === bodyHash ? { status: seen.status, text: seen.answer, settled: true } : 'used'
        const answer = await take()
        const until = timestamp * 1000 + toleranceMs
        // On the disk before it is answered: a restart in between must not take it for new.
        if (answer.settled)
          await webhooks.keep({ sourceId, webhookId, bodyHash, until, status: answer.status, answer: answer.text })
        return answer
      }
    },
  }
}
