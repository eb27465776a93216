// A no over HTTP: its name for the machine, its sentence for the person, in the language they read.
import type { Request, Response } from 'express'
import { refusals, type Refusal } from '#contract/refusal'
import { retryAfter, statusFor } from './intake-answer.ts'

export function refuse(req: Request, res: Response, status: number, refusal: Refusal): void {
  const language = req.acceptsLanguages('zh', 'en') || 'zh'
  const words = refusals[refusal][language === 'en' ? 'en' : 'zh']
  res.status(status).set('Cache-Control', 'no-store').json({ ok: false, refusal, words })
}

/** With the status that is the refusal's own. */
export const no = (req: Request, res: Response, refusal: Refusal): void => refuse(req, res, statusFor(refusal), refusal)

/** No for a moment: the same may be asked again. */
export const later = (req: Request, res: Response, refusal: Refusal): void =>
  no(req, res.set('Retry-After', String(retryAfter)), refusal)
