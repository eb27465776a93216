// A secret of Standard Webhooks as both sides write it down: `whsec_` and base64 of its bytes.
const prefix = 'whsec_'

/** Of 24 to 64 random bytes, as the specification wants. */
export const signingSecret = (random: Uint8Array): string => prefix + Buffer.from(random).toString('base64')

/** The bytes that sign; the base64 alone, as some write it, is taken too. */
export const signingKey = (secret: string): Buffer =>
  Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64')
