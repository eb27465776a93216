// Pictures in and out: sent in parts by hash, shown only to who may see a case that holds them.
import { Router, type Request, type Response } from 'express'
import { EvidenceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Retention } from '../records/port-personal.ts'
import type { Audit, Evidence, Sources } from '../records/port.ts'
import type { MayView, Size } from './evidence-cases.ts'
import { rangeOf, type Range } from './evidence-range.ts'
import { openSenders } from './evidence-senders.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface EvidenceDoorNeeds {
  evidence: Evidence
  sources: Sources
  audit: Audit
  viewerOf: ViewerOf
  mayView: MayView
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
    if (!(await mayView(viewer, id, size)) && !senders.sentLately(id, `person:${viewer.personId}`))
      return refuse(req, res, 403, 'not-your-area')
    const tag = `"${id}-${size}"`
    res.set(headers).set('ETag', tag)
    if (req.get('if-none-match') === tag) return void res.status(304).end()
    if (size === 'full') await audit.write({ at: now(), who: viewer.personId, what: 'evidence-seen', about: id })
    res.type(file.type)
    res.sendFile(file.path, { dotfiles: 'allow', etag: false, cacheControl: false, lastModified: false })
  }

  router.use('/api/evidence', originGuard(needs.origins))
  router.head(path, senders.limit, howFar)
  router.put(path, senders.limit, take)
  router.get(path, show)
  return { router, close: () => {} }
}

/** Kept by the viewer's own browser for good, since a name stands for these bytes for ever; never by anything in between. */
const headers = {
  'Cache-Control': 'private, max-age=31536000, immutable',
  'Content-Disposition': 'inline',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}

const sizeOf = (asked: unknown): Size | null =>
  asked === undefined || asked === 'full' ? 'full' : asked === 'thumb' ? 'thumb' : null

/** What it says of itself decides nothing but this: a packed body or a page is not what this door takes. */
function isPlainPicture(req: Request): boolean {
  const type = req.get('content-type') ?? 'application/octet-stream'
  return !req.get('content-encoding') && /^(image\/|application\/octet-stream\b)/i.test(type)
}
