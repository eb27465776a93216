// A no over HTTP: its name for the machine, its sentence for the person, in the language they read.
import type { Request, Response } from 'express'
import { refusals, type Refusal } from '#contract/refusal'

export function refuse(req: Request, res: Response, status: number, refusal: Refusal): void {
  const language = req.acceptsLanguages('zh', 'en') || 'zh'
  const words = refusals[refusal][language === 'en' ? 'en' : 'zh']
  res.status(status).set('Cache-Control', 'no-store').json({ ok: false, refusal, words })
}
