// The audit, read by its administrator alone: searched, paged, taken along as a table; and whether the journal's chain is whole.
import { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { AuditAsked, AuditBook } from '../records/port-identity.ts'
import type { Audit } from '../records/port.ts'
import { csvLine, csvMark } from './csv-line.ts'
import { say } from './identity-refusal.ts'
import { languageOf } from './intake-answer.ts'
import { originGuard } from './session-origin.ts'
import type { ViewerOf } from './session-viewer.ts'

/** As `verify` of the journal says it. */
export type JournalVerdict =
  { sound: true; head: { revision: number } } | { sound: false; revision: number; why: string }

export interface AuditNeeds {
  audit: Audit
  auditBook: AuditBook
  /** Walks the whole chain. */
  verify: () => Promise<JournalVerdict>
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

const aPage = 100
/** So many lines a turn, for a table that may be as long as half a year. */
const aTurn = 2000

const Time = z.coerce.number().int().nonnegative()
const Asked = z.object({
  who: z.string().trim().min(1).max(128).optional(),
  what: z.string().trim().min(1).max(80).optional(),
  about: z.string().trim().min(1).max(200).optional(),
  from: Time.optional(),
  until: Time.optional(),
  before: Time.optional(),
})

export function openAuditDoor({ audit, auditBook, verify, viewerOf, now, origins }: AuditNeeds) {
  const router = Router()
  const write = (by: Viewer, what: string, about: string) => audit.write({ at: now(), who: by.personId, what, about })
  let last: { at: Instant; verdict: JournalVerdict } | null = null
  let walking: Promise<JournalVerdict> | null = null

  const only =
    (then: (by: Viewer, req: Request, res: Response) => Promise<void>): RequestHandler =>
    async (req, res) => {
      const by = viewerOf(req)
      if (!by) return say(req, res, 'not-signed-in')
      if (by.role !== 'audit-administrator') return say(req, res, 'role-not-allowed')
      await then(by, req, res)
    }

  const look = only(async (by, req, res) => {
    const asked = readAsked(req)
    if (!asked) return say(req, res, 'wrong-shape')
    const lines = await auditBook.read({ ...asked, atMost: aPage + 1 })
    // One line a search, not one a page.
    if (asked.before === undefined) await write(by, 'audit-read', wordsOf(asked))
    res.json({
      lines: lines.slice(0, aPage),
      more: lines.length > aPage,
      whats: await auditBook.whats(),
      journal: last && { at: last.at, ...last.verdict },
    })
  })

  const take = only(async (by, req, res) => {
    const asked = readAsked(req)
    if (!asked) return say(req, res, 'wrong-shape')
    await write(by, 'audit-taken', wordsOf(asked))
    const heads = { zh: ['序号', '时间', '谁', '做了什么', '关于'], en: ['line', 'time', 'who', 'what', 'about'] }
    res.type('text/csv; charset=utf-8').set('Content-Disposition', 'attachment; filename="audit.csv"')
    res.write(csvMark + csvLine(heads[languageOf(req)]))
    for (let before = asked.before; ;) {
      const lines = await auditBook.read({ ...asked, ...(before !== undefined && { before }), atMost: aTurn })
      for (const { line, at, who, what, about } of lines)
        res.write(csvLine([line, new Date(at).toISOString(), who, what, about]))
      const oldest = lines.at(-1)
      if (lines.length < aTurn || !oldest || res.destroyed) break
      before = oldest.line
    }
    res.end()
  })

  /** Two who ask at once wait for one walk. */
  const walk = only(async (by, _req, res) => {
    walking ??= verify().finally(() => void (walking = null))
    const verdict = await walking
    last = { at: now(), verdict }
    const said = verdict.sound ? `sound ${verdict.head.revision}` : `broken ${verdict.revision}`
    await write(by, 'journal-verified', said)
    res.json({ at: last.at, ...verdict })
  })

  router.use(['/api/audit', '/api/audit.csv'], originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/audit', look)
  router.get('/api/audit.csv', take)
  router.post('/api/audit/verify', walk)
  return { router, close: () => {} }
}

function readAsked(req: Request): Omit<AuditAsked, 'atMost'> | null {
  const given = Object.fromEntries(Object.entries(req.query).filter(([, value]) => value !== ''))
  const read = Asked.safeParse(given)
  return read.success ? read.data : null
}

const wordsOf = (asked: Omit<AuditAsked, 'atMost'>): string =>
  Object.entries(asked)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ')
