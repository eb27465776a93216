// What a browser keeps for us between two requests: sealed, so that it can neither be read nor made by whoever holds it.
import type { Tickets } from './port-identity.ts'
import type { Sealer } from './key-ring.ts'
import type { Random } from './token.ts'

export const openTickets = (seals: Pick<Sealer, 'seal' | 'open'>, random: Random): Tickets => ({
  seal(purpose, text) {
    const { key_id, nonce, sealed } = seals.seal(purpose, text, random(12))
    return [key_id, ...[nonce, sealed].map((bytes) => Buffer.from(bytes).toString('base64url'))].join('.')
  },
  open(purpose, ticket) {
    const [key_id, ...parts] = ticket.split('.')
    if (!key_id || parts.length !== 2) return null
    const [nonce, sealed] = parts.map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer]
    // Shorter than a nonce and a tag nothing is.
    if (nonce.length !== 12 || sealed.length < 16) return null
    return seals.open(purpose, { key_id, nonce, sealed })
  },
})
