// Signed messages that were taken, each with its answer, while the signature could still be sent again: a restart forgets none.
import type { Instant, SourceId } from '#contract/ids'
import type { WebhookSeen, WebhooksSeen } from './port.ts'
import type { RecordsDb } from './tables.ts'

/** SQLite takes so many values in one statement. */
const atOnce = 100

export function openWebhooksSeen(db: RecordsDb): WebhooksSeen & { sweep(now: Instant): Promise<void> } {
  let waiting: WebhookSeen[] = []
  let writing: Promise<void> | null = null

  /** One durable write for all that came in one turn: the desk answers a whole batch together. */
  async function write(): Promise<void> {
    await Promise.resolve()
    const all = waiting
    waiting = []
    writing = null
    for (let from = 0; from < all.length; from += atOnce)
      await db
        .insertInto('webhooks_seen')
        .values(all.slice(from, from + atOnce).map(rowOf))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
  }

  return {
    async find(sourceId: SourceId, webhookId: string) {
      const row = await db
        .selectFrom('webhooks_seen')
        .selectAll()
        .where('source_id', '=', sourceId)
        .where('webhook_id', '=', webhookId)
        .executeTakeFirst()
      if (!row) return null
      const { body_hash: bodyHash, status, answer, until } = row
      return { sourceId, webhookId, bodyHash, status, answer, until }
    },
    keep(seen) {
      waiting.push(seen)
      writing ??= write()
      return writing
    },
    async sweep(now) {
      await db.deleteFrom('webhooks_seen').where('until', '<', now).execute()
    },
  }
}

const rowOf = ({ sourceId, webhookId, bodyHash, status, answer, until }: WebhookSeen) => ({
  ...{ source_id: sourceId, webhook_id: webhookId, body_hash: bodyHash },
  ...{ status, answer, until },
})
