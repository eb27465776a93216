// How often somebody may try a password: the same count wherever one is asked for, so that two doors are not twice the tries.
import type { Request, RequestHandler } from 'express'
import type { Instant } from '#contract/ids'
import { addressOf, limitTries, openCount } from './session-limits.ts'

const windowMs = 15 * 60_000
/** A whole command centre may sit behind one address; one name is one person. */
const failedTries = { perAddress: 100, perName: 10 }

export interface SignInTries {
  perAddress: RequestHandler
  /** `nameOf`: whose password is tried. */
  perName(nameOf: (req: Request) => string): RequestHandler
}

/** Only what was answered with a no is counted. */
export function openSignInTries(now: () => Instant): SignInTries {
  const tries = { now, windowMs, refusal: 'try-later' as const, onlyFailed: true }
  const names = openCount({ now, windowMs })
  return {
    perAddress: limitTries({ ...tries, limit: failedTries.perAddress, keyOf: addressOf }),
    perName: (keyOf) => limitTries({ ...tries, limit: failedTries.perName, keyOf, count: names }),
  }
}
