// Secrets that are shown once: drawn at random, kept only as their SHA-256.
import { createHash } from 'node:crypto'

/** That many unguessable bytes. Given by `app`, so that a test can name them. */
export type Random = (bytes: number) => Uint8Array

/** 256 bits in 43 characters that fit a cookie, an address and a header. */
export const drawToken = (random: Random): string => Buffer.from(random(32)).toString('base64url')

/**
 * 64 hex digits. Looking the hash up in a map gives nothing away by its timing:
 * whoever guesses cannot steer the hash towards one that exists.
 */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
