// The doors of a district or a city: a street of another system says how it stands, signed; the duty officer sends an order down by number.
import express, { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { CaseId, SourceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import { refusals, type Refusal } from '#contract/refusal'
import type { UrgeShown } from '#contract/roll'
import { StreetId } from '#contract/streets'
import { SummarySaid, type SummaryHeard } from '#contract/summary'
import type { Audit, Sources } from '../records/port.ts'
import { answerSignature } from './roll-outward.ts'
import { summariesPath } from './roll-port.ts'
import type { RollBoard } from './roll-board.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { isSigned, lateness, signatureIn } from './source-signature.ts'

interface RollDoorNeeds {
  board: Pick<RollBoard, 'hear' | 'urge'>
  self: { words: Words }
  sources: Pick<Sources, 'live' | 'secretsOf'>
  audit: Audit
  viewerOf: ViewerOf
  origins: readonly string[]
  now: () => Instant
}

export const UrgeSaid = z.strictObject({
  street: StreetId,
  number: CaseId,
  reason: z.string().trim().min(1).max(500),
})

/** What a street of another system is called among the sources: `street-310101020`. */
export const sourceOfStreet = (street: StreetId): SourceId => SourceId.parse(`street-${street}`)

const largest = '512kb'

export function openRollDoor({ board, self, sources, audit, viewerOf, origins, now }: RollDoorNeeds) {
  const router = Router()

  /** Who it is, by a signature with a secret of its source; null for anybody else. */
  function whoSigned(req: Request, body: Uint8Array): { from: StreetId; secrets: readonly Uint8Array[] } | null {
    const from = StreetId.safeParse(req.get('sanping-street')).data
    const source = from && sourceOfStreet(from)
    const signature = signatureIn(req.headers)
    if (!from || !source || !sources.live().has(source) || !signature || 'refusal' in signature) return null
    if (lateness(signature, now())) return null
    const secrets = sources.secretsOf(source)
    return isSigned(signature, body, secrets) ? { from, secrets } : null
  }

  function hear(req: Request, res: Response): void {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    const who = whoSigned(req, body)
    if (!who) return say(res, 401, 'signature-wrong')
    const said = SummarySaid.safeParse(jsonOf(body))
    if (!said.success || said.data.summary.street !== who.from) return say(res, 422, 'wrong-shape')
    const heard: SummaryHeard = board.hear(who.from, said.data)
    const text = JSON.stringify(heard)
    // Orders come with it: who asked can tell that it was us.
    res
      .status(heard.ok ? 200 : 409)
      .set({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
      .set(answerSignature(req.get('webhook-id') ?? '', text, who.secrets))
      .send(text)
  }

  async function urge(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (viewer.role !== 'duty-officer') return no(req, res, 'role-not-allowed')
    const said = UrgeSaid.safeParse(req.body)
    if (!said.success) return no(req, res, 'wrong-shape')
    const { street, number, reason } = said.data
    // Written down first: an order nobody knows the giver of would be worse than a line too many.
    await audit.write({ at: now(), who: viewer.personId, what: 'case-urged-below', about: `${street} ${number}` })
    const sent: UrgeShown | null = board.urge({ street, number, reason, from: self.words.zh })
    if (!sent) return no(req, res, 'case-not-found')
    res.set('Cache-Control', 'no-store').json(sent)
  }

  router.post(summariesPath, express.raw({ type: () => true, limit: largest }), hear)
  router.post('/api/roll/urge', originGuard(origins), express.json({ limit: '8kb' }), urge)
  return { router }
}

const say = (res: Response, status: number, refusal: Refusal): void =>
  void res.status(status).json({ ok: false, refusal, words: refusals[refusal].zh })

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
