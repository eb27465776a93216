// Standard Webhooks: whoever is posted to can tell that it was us, that nothing was changed, and which message it is.
import { createHmac } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { NeighbourSecrets } from '../records/port-neighbours.ts'
import { signingKey } from '../records/signing-secret.ts'

/** One signature a secret that still holds, the newest first: while they change theirs, either is right. */
export function signed(id: string, body: string, { signing }: NeighbourSecrets, now: Instant): Record<string, string> {
  const timestamp = Math.floor(now / 1000)
  const holding = signing.filter(({ until }) => until === undefined || until > now)
  const marks = holding.map(({ secret }) => {
    return `v1,${createHmac('sha256', signingKey(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    ...(marks.length > 0 && { 'webhook-signature': marks.join(' ') }),
  }
}
