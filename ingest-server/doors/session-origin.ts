// A page of somebody else's may not act in the name of who is signed in: where a browser names its origin, it must be on the list.
import type { RequestHandler } from 'express'
import { refuse } from './session-refusal.ts'

const readsOnly = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Exactly as browsers write it, scheme, host and port: `https://sanping.example:8443`. A camera sends no Origin and passes. */
export const isOriginAllowed = (origins: readonly string[], origin: string | undefined): boolean =>
  origin === undefined || origins.includes(origin)

export const originGuard =
  (origins: readonly string[]): RequestHandler =>
  (req, res, next) => {
    if (readsOnly.has(req.method) || isOriginAllowed(origins, req.headers.origin)) return next()
    refuse(req, res, 403, 'origin-not-allowed')
  }
