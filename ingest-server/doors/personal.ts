// What is kept of a resident: their own copy and their wish to be forgotten, by their link; and the doors of who decides it.
import { Router, type Request, type Response } from 'express'
import { answerBy } from '#contract/personal-wish'
import type { Links, Reporters } from '../records/port-residents.ts'
import { openDeciding, type DecidingNeeds } from './personal-deciding.ts'
import { addressOf, limitTries } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'

interface PersonalDoorNeeds extends DecidingNeeds {
  links: Pick<Links, 'find'>
  reporters: Pick<Reporters, 'reveal' | 'refsOf' | 'keptAt'>
  origins: readonly string[]
  /** What one address may ask in a minute. */
  perMinute: number
}

export function openPersonalDoor(needs: PersonalDoorNeeds) {
  const { links, reporters, personal, audit, now, origins } = needs
  const router = Router()
  const limit = limitTries({
    ...{ now, windowMs: 60_000, limit: needs.perMinute },
    ...{ keyOf: addressOf, refusal: 'try-later' },
  })
  const { list, weigh, decide } = openDeciding(needs)

  async function linkOf(req: Request) {
    const token = String(req.params.link ?? '')
    return /^[\w-]{43}$/.test(token) ? await links.find(token) : null
  }

  /** Their own: whole, at once, to whoever holds the link. */
  async function own(req: Request, res: Response): Promise<void> {
    const link = await linkOf(req)
    if (!link) return no(req, res, 'link-unknown')
    const at = now()
    await audit.write({ at, who: 'resident', what: 'own-copy', about: link.ref })
    const [reporter, keptAt] = [await reporters.reveal(link.ref), await reporters.keptAt(link.ref)]
    const wish = await personal.wishes.last('erase', link.ref)
    res.json({
      reporter,
      keptAt,
      caseId: link.caseId,
      asked: wish && {
        ...{ at: wish.askedAt, answerBy: answerBy(wish), decided: wish.decided?.granted ?? null },
        ...(wish.decided?.no && { no: wish.decided.no }),
      },
    })
  }

  async function forget(req: Request, res: Response): Promise<void> {
    const link = await linkOf(req)
    if (!link) return no(req, res, 'link-unknown')
    const at = now()
    await personal.wishes.ask({ kind: 'erase', about: link.ref, caseId: link.caseId }, at)
    await audit.write({ at, who: 'resident', what: 'erasure-asked', about: link.ref })
    res.json({ asked: { at, answerBy: answerBy({ kind: 'erase', askedAt: at }), decided: null } })
  }

  router.use('/api/personal', originGuard(origins))
  router.use(['/api/personal', '/api/resident/cases'], (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/resident/cases/:link/own', limit, own)
  router.post('/api/resident/cases/:link/forget', originGuard(origins), limit, forget)
  router.get('/api/personal/wishes', list)
  router.get('/api/personal/wishes/:id', weigh)
  router.post('/api/personal/wishes/:id', decide)
  return { router, close: () => {} }
}
