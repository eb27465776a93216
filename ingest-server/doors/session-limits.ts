// How often somebody may try: express-rate-limit, counting by our own clock so that a test can own it.
import type { Request, RequestHandler, Response } from 'express'
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit'
import type { Instant } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import { refuse } from './session-refusal.ts'

/** What each key has used up in its window. */
export interface Count {
  add(key: string, amount: number): { used: number; freshAt: Instant }
  forget(key: string): void
}

/** Past this many keys the stale ones are dropped: an attacker's addresses must not fill the memory. */
const sweptAbove = 10_000

export function openCount({ now, windowMs }: { now: () => Instant; windowMs: number }): Count {
  const byKey = new Map<string, { used: number; freshAt: Instant }>()
  function sweep(at: Instant): void {
    for (const [key, { freshAt }] of byKey) if (freshAt <= at) byKey.delete(key)
  }
  return {
    add(key, amount) {
      const at = now()
      if (byKey.size > sweptAbove) sweep(at)
      const before = byKey.get(key)
      const count = before && before.freshAt > at ? before : { used: 0, freshAt: at + windowMs }
      count.used = Math.max(0, count.used + amount)
      byKey.set(key, count)
      return { ...count }
    },
    forget: (key) => void byKey.delete(key),
  }
}

/** One visitor: an address, or the network a household has in IPv6. Right behind a proxy only where the app trusts that proxy. */
export const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? '')

interface Limit {
  now: () => Instant
  windowMs: number
  limit: number
  keyOf: (req: Request) => string
  refusal: Refusal
  /** Count only what was answered with a no. */
  onlyFailed?: boolean
  skip?: (req: Request) => boolean
  /** How this door says no; as all do where none is given. */
  say?: (req: Request, res: Response, refusal: Refusal) => void
  /** Shared with another door; its own where none is given. */
  count?: Count
}

/** 429 with `Retry-After` past `limit` in a window. */
export function limitTries({ now, windowMs, limit, keyOf, refusal, onlyFailed, skip, ...own }: Limit): RequestHandler {
  const count = own.count ?? openCount({ now, windowMs })
  return rateLimit({
    windowMs,
    limit,
    store: storeOf(count),
    keyGenerator: keyOf,
    skipSuccessfulRequests: onlyFailed ?? false,
    skip: (req) => skip?.(req) ?? false,
    legacyHeaders: false,
    standardHeaders: false,
    // It would complain on the console of every forged X-Forwarded-For; whom we trust is the app's `trust proxy`.
    validate: false,
    handler: (req, res) => {
      const { freshAt } = count.add(keyOf(req), 0)
      res.set('Retry-After', String(Math.ceil((freshAt - now()) / 1000)))
      if (own.say) own.say(req, res, refusal)
      else refuse(req, res, 429, refusal)
    },
  })
}

/** The count of this name, where the door was given shared ones. */
export const countAs = ({ countOf }: { countOf?: (name: string) => Count }, name: string): { count?: Count } =>
  countOf ? { count: countOf(name) } : {}

const storeOf = (count: Count): Store => ({
  localKeys: true,
  // The package would hold a reset time against the machine's clock, not ours, and then forget to give back what succeeded.
  increment: (key) => ({ totalHits: count.add(key, 1).used, resetTime: undefined }),
  decrement: (key) => void count.add(key, -1),
  resetKey: (key) => count.forget(key),
})
