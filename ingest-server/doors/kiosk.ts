// The wall's link: whoever opens it first, in a browser and on purpose, becomes the wall.
import { Router, type Request, type Response } from 'express'
import type { Instant } from '#contract/ids'
import { refusals } from '#contract/refusal'
import { lasting } from '../records/lasting.ts'
import type { Kiosks } from '../records/port-people.ts'
import { cookieName, keepCookie } from './session-cookie.ts'
import { addressOf, limitTries } from './session-limits.ts'
import type { ViewerOf } from './session-viewer.ts'

interface KioskDoorNeeds {
  kiosks: Kiosks
  viewerOf: ViewerOf
  now: () => Instant
  secure: boolean
}

export function openKioskDoor({ kiosks, viewerOf, now, secure }: KioskDoorNeeds) {
  const router = Router()
  const limit = limitTries({
    now,
    windowMs: 15 * 60_000,
    limit: 30,
    keyOf: addressOf,
    refusal: 'try-later',
    onlyFailed: true,
    skip: (req) => linkOf(req) === null,
  })

  router.get('/wall', limit, async (req, res, next) => {
    const link = linkOf(req)
    if (link === null) return next()
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    if (viewerOf(req)?.role === 'wall') return res.redirect(303, '/wall')
    if (!isSomebodyLooking(req)) return res.status(204).end()
    const token = await kiosks.bind(link, now())
    if (token === null) return sayUsed(res)
    keepCookie(res, cookieName, token, { secure, maxAge: lasting.kiosk.cookie })
    res.redirect(303, '/wall')
  })
  return { router, close: () => {} }
}

const linkOf = (req: Request): string | null =>
  typeof req.query.kiosk === 'string' && req.query.kiosk !== '' ? req.query.kiosk : null

/**
 * The link works once, so nobody but its opener may use it up: not a prefetch, not a chat's preview robot
 * (they do not ask for a page as a browser does), not an image tag.
 */
function isSomebodyLooking(req: Request): boolean {
  if (req.method !== 'GET') return false
  if (['sec-purpose', 'purpose', 'x-moz'].some((name) => req.get(name)?.includes('prefetch'))) return false
  const mode = req.get('sec-fetch-mode')
  return (mode === undefined || mode === 'navigate') && (req.get('accept') ?? '').includes('text/html')
}

function sayUsed(res: Response): void {
  const { zh, en } = refusals['kiosk-link-used']
  res.status(410).type('text/plain; charset=utf-8').send(`${zh}\n\n${en}\n`)
}
