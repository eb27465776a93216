// Pictures in and out: sent in parts by hash, shown only to who may see a case that holds them.
import { createHash } from 'node:crypto'
import { Router, type Request, type Response } from 'express'
import { EvidenceId } from '#contract/ids'
import type { CaseId, Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import { refusals } from '#contract/refusal'
import type { PersonBox } from '#contract/report'
import type { Retention } from '../records/port-personal.ts'
import type { Audit, Evidence, Sources } from '../records/port.ts'
import type { Pictures } from '../records/port-viewing.ts'
import type { Size } from './evidence-cases.ts'
import { rangeOf, type Range } from './evidence-range.ts'
import { openSenders } from './evidence-senders.ts'
import { languageOf } from './intake-answer.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import { kioskOf, type ViewerOf } from './session-viewer.ts'
import type { ThumbCount } from './thumb-count.ts'
import type { MayView, View } from './viewing-rule.ts'

interface EvidenceDoorNeeds {
  evidence: Evidence
  sources: Sources
  audit: Audit
  viewerOf: ViewerOf
  mayView: MayView
  pictures: Pick<Pictures, 'drawn'>
  /** Small ones are counted, a case at a time. */
  thumbs?: Pick<ThumbCount, 'add'>
  now: () => Instant
  /** What went by rule is not merely unknown. */
  personal?: { retention: Pick<Retention, 'pictureGone'> }
  origins: readonly string[]
}

const path = '/api/evidence/:sha256'

export function openEvidenceDoor(needs: EvidenceDoorNeeds) {
  const { evidence, audit, viewerOf, mayView, now } = needs
  const router = Router()
  const senders = openSenders(needs)

  async function howFar(req: Request, res: Response): Promise<void> {
    const sender = senders.of(req)
    if ('refusal' in sender) return void res.status(sender.status).end()
    const id = EvidenceId.safeParse(req.params.sha256).data
    const here = id ? await evidence.received(id) : 0
    if (!id || here === 0) return void res.status(404).end()
    const whole = here === 'whole'
    res.set('Upload-Offset', String(whole ? evidence.sent(id) : here)).set('Upload-Complete', whole ? '?1' : '?0')
    res.set('Cache-Control', 'no-store').status(200).end()
  }

  async function take(req: Request, res: Response): Promise<void> {
    const id = EvidenceId.safeParse(req.params.sha256).data
    const range = rangeOf(req.headers)
    if (!id || !range) return refuse(req, res, 400, 'wrong-shape')
    if (range.total === 0) return refuse(req, res, 400, 'nothing-in-it')
    if (!isPlainPicture(req)) return refuse(req, res, 415, 'content-type-wrong')
    const sender = senders.of(req)
    if ('refusal' in sender) return refuse(req, res, sender.status, sender.refusal)
    if (range.total > sender.atMost) return refuse(req, res.set('Connection', 'close'), 413, 'too-large')
    if (!senders.mayStillSend(sender, range.length)) return refuse(req, res, 429, 'try-later')
    await receive(req, res, id, range, sender.who)
  }

  async function receive(req: Request, res: Response, id: EvidenceId, { from, total }: Range, who: string) {
    const known = evidence.has(id)
    // A loop left early, by a disk that is full say, would else leave the request looking like one its sender broke off.
    const body = req.iterator({ destroyOnReturn: false })
    const came = await evidence.receive(id, body, from, total, now()).catch((fault: unknown) => {
      if (req.readableAborted || req.destroyed) return null
      throw fault
    })
    if (came === null) return
    if (came === 'refused') return refuse(req, res, 422, 'evidence-refused')
    // Who only names a picture that is here already has not shown to have it.
    if (came === 'whole' && !known) senders.remember(id, who)
    if (came === 'whole') return void res.status(200).json({ ok: true, sha256: id, bytes: evidence.sent(id) })
    const here = await evidence.received(id)
    const offset = here === 'whole' ? total : here
    res.set('Upload-Offset', String(offset))
    res.status(came === 'part' ? 202 : 409).json({ ok: came === 'part', sha256: id, offset })
  }

  async function show(req: Request, res: Response): Promise<void> {
    const id = EvidenceId.safeParse(req.params.sha256).data
    const size = sizeOf(req.query.size)
    if (!id || !size) return refuse(req, res, 400, 'wrong-shape')
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    const file = evidence.file(id, size)
    if (!file) {
      const gone = await needs.personal?.retention.pictureGone(id)
      return gone ? refuse(req, res, 410, 'erased-by-rule') : refuse(req, res, 404, 'evidence-unknown')
    }
    const view = await mayView(viewer, id, size)
    if (view?.how === 'ask') return toBeAsked(req, res, view.caseId)
    if (!view && !senders.sentLately(id, `person:${viewer.personId}`)) return refuse(req, res, 403, 'not-your-area')
    await give(req, res, viewer, id, view ?? { how: 'shown', size, blurred: [] })
  }

  /** Written down before it is given, a picture in full with every look. */
  async function give(req: Request, res: Response, viewer: Viewer, id: EvidenceId, view: Shown): Promise<void> {
    const { size, blurred, caseId, viewing } = view
    const mark = size === 'full' ? markFor(viewer, now()) : null
    if (size === 'thumb') needs.thumbs?.add(viewer, caseId)
    else {
      const about = [id, caseId, viewing, blurred.length > 0 && 'blurred'].filter(Boolean).join(' ')
      await audit.write({ at: now(), who: viewer.personId, what: 'evidence-seen', about })
    }
    const tag = tagOf(id, size, mark, blurred)
    res.set(headers).set('Cache-Control', cached[size]).set('ETag', tag)
    if (req.get('if-none-match') === tag) return void res.status(304).end()
    const drawn = await needs.pictures.drawn(id, { size, blurred, mark })
    if (!drawn) return refuse(req, res, 404, 'evidence-unknown')
    res.type(drawn.type).send(Buffer.from(drawn.bytes))
  }

  function toBeAsked(req: Request, res: Response, caseId: CaseId): void {
    const language = languageOf(req)
    res.status(403).set('Cache-Control', 'no-store')
    res.json({ ok: false, refusal: 'viewing-needed', words: refusals['viewing-needed'][language], caseId })
  }

  router.use('/api/evidence', originGuard(needs.origins))
  router.head(path, senders.limit, howFar)
  router.put(path, senders.limit, take)
  router.get(path, show)
  return { router, close: () => {} }
}

type Shown = Omit<Extract<View, { how: 'shown' }>, 'caseId'> & { caseId?: CaseId }

/** An erased picture, or one whose time is over, must not live on in a browser: small ones for a minute, whole ones ask each time. */
const cached: Record<Size, string> = { thumb: 'private, max-age=60', full: 'private, no-cache' }

/** Never kept by anything in between, and not for who signs in next at the same browser. */
const headers = {
  Vary: 'Cookie',
  'Content-Disposition': 'inline',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

const markEvery = 10 * 60_000
const shanghai = 8 * 3_600_000

/** Who looks, and when to ten minutes, by the clock of Shanghai: `LI 2026-11-21 08:10`. The audit has the second. */
export function markFor(viewer: Pick<Viewer, 'personId'>, at: Instant): string {
  const time = new Date(Math.floor(at / markEvery) * markEvery + shanghai).toISOString()
  return `${kioskOf(viewer) ?? viewer.personId} ${time.slice(0, 10)} ${time.slice(11, 16)}`
}

/** Another for every mark and every blur, so that nobody is answered "as before" with what they had before. */
function tagOf(id: EvidenceId, size: Size, mark: string | null, blurred: readonly PersonBox[]): string {
  if (mark === null && blurred.length === 0) return `"${id}-${size}"`
  const how = createHash('sha256')
    .update(JSON.stringify([mark, blurred]))
    .digest('hex')
    .slice(0, 16)
  return `"${id}-${size}-${how}"`
}

const sizeOf = (asked: unknown): Size | null =>
  asked === undefined || asked === 'full' ? 'full' : asked === 'thumb' ? 'thumb' : null

/** What it says of itself decides nothing but this: a packed body or a page is not what this door takes. */
function isPlainPicture(req: Request): boolean {
  const type = req.get('content-type') ?? 'application/octet-stream'
  return !req.get('content-encoding') && /^(image\/|application\/octet-stream\b)/i.test(type)
}
