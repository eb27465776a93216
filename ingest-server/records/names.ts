// What a person, a source or a wall may be called where the name is also the key.
import { z } from 'zod'

/** Letters of any script, figures, and . _ - inside. No colon: `kiosk:…` is not to be had by signing up. */
export const AccountName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u, 'up to 40 letters, figures, dots, hyphens or underscores')

/** Long enough not to be guessed, short enough that hashing it is no attack. */
export const Password = z.string().min(10).max(200)
