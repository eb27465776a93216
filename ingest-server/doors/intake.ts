// The door of the machines: POST /api/in/:dialect, each report answered in words, nothing lost without a trace.
import { Router } from 'express'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IntakeAnswer } from '#contract/outcome'
import { refusals, type Refusal } from '#contract/refusal'
import type { Source, Sources } from '../records/port.ts'
import { languageOf, retryAfter, sendJson, statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import { isPassing, type IntakeRoad, type Taken } from './intake-road.ts'
import { mediaType, type No } from './vendors/reading.ts'

export interface IntakeNeeds {
  road: IntakeRoad
  sources: Pick<Sources, 'byKey'>
  /** How long it took from here until the line had it, by a clock that runs ever forwards. */
  lag?: { seconds: () => number; handed(seconds: number): void }
  /** An id to find a fault by in the log. */
  newId: () => string
  onFault: (id: string, cause: unknown) => void
}

export interface IntakeDoor {
  /** The same door for an express app. */
  router: Router
  /**
   * True where the request is the door's, which then answers it. Before express: its routing alone costs as much
   * as reading, checking and deciding a report together.
   */
  take(req: IncomingMessage, res: ServerResponse): boolean
}

const prefix = '/api/in/'
const megabyte = 1024 * 1024
const most = (contentType: string): number => (mediaType(contentType).startsWith('multipart/') ? 12 : 2) * megabyte

export function openIntakeDoor(needs: IntakeNeeds): IntakeDoor {
  const { road } = needs

  function take(req: IncomingMessage, res: ServerResponse): boolean {
    const url = req.url ?? ''
    if (req.method !== 'POST' || !url.startsWith(prefix)) return false
    answer(req, res, nameIn(url)).catch((cause: unknown) => fault(req, res, cause, needs))
    return true
  }

  async function answer(req: IncomingMessage, res: ServerResponse, dialect: string): Promise<void> {
    const cameAt = needs.lag?.seconds() ?? 0
    const source = sourceOf(req, needs.sources)
    if (!source) return sendOne(req, res, 'source-unknown')
    const refusal = road.admit(source)
    if (refusal) return sendOne(req, res, refusal)
    const { headers } = req
    const contentType = headers['content-type'] ?? ''
    const body = await readBody(req, most(contentType))
    if (body === 'gone') return
    if (body === 'too-large') return sendOne(req, res, 'too-large')
    const parcel = { source, dialect, contentType, body, language: languageOf(req), headers }
    const no = packed(req)
    const taken = await (no ? road.turnAway(parcel, no) : road.take(parcel))
    // The desk tells the line before it answers us.
    if (needs.lag && taken.results.some(isNews)) needs.lag.handed(needs.lag.seconds() - cameAt)
    sendJson(res, statusOf(taken), taken, isPassing(taken) ? { 'retry-after': retryAfter } : {})
  }

  const router = Router()
  router.use((req, res, next) => {
    if (!take(req, res)) next()
  })
  return { router, take }
}

/** What was said before goes nowhere. */
const isNews = (answer: IntakeAnswer): boolean => answer.ok && answer.how !== undefined && answer.how !== 'repeated'

function nameIn(url: string): string {
  const end = url.indexOf('?')
  return url.slice(prefix.length, end === -1 ? undefined : end).slice(0, 60)
}

function sourceOf(req: IncomingMessage, sources: Pick<Sources, 'byKey'>): Source | null {
  const given = req.headers.authorization
  return given !== undefined && /^bearer /i.test(given) ? sources.byKey(given.slice(7).trim()) : null
}

/** A compressed body is not unpacked: a few kilobytes can become gigabytes. */
function packed(req: IncomingMessage): No | null {
  const encoding = req.headers['content-encoding']
  return encoding === undefined || encoding === 'identity' ? null : { refusal: 'content-type-wrong' }
}

function sendOne(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  const result = { ok: false, refusal, words: refusals[refusal][languageOf(req)] }
  const headers = {
    ...(refusal === 'overloaded' && { 'retry-after': retryAfter }),
    ...(refusal === 'source-unknown' && { 'www-authenticate': 'Bearer' }),
    ...(refusal === 'too-large' && { connection: 'close' }),
  }
  sendJson(res, statusFor(refusal), { results: [result], ignored: 0 }, headers)
}

/** 200 where all is settled, 207 where only some is; where nothing is, what the refusals have in common. */
function statusOf({ results, ignored }: Taken): number {
  const statuses = new Set(results.map((result) => (result.ok ? 200 : statusFor(result.refusal))))
  if (statuses.size === 0) return 200
  if (statuses.has(200)) return statuses.size === 1 ? 200 : 207
  if (ignored > 0) return 207
  const [first] = statuses
  return statuses.size === 1 ? (first ?? 422) : statuses.has(429) ? 429 : 422
}

/** Ours, not the sender's: said as such, with an id that stands in the log beside the cause. */
function fault(req: IncomingMessage, res: ServerResponse, cause: unknown, needs: IntakeNeeds): void {
  const id = needs.newId()
  needs.onFault(id, cause)
  if (res.headersSent) return void res.destroy()
  const words = {
    zh: `服务器内部出错，编号 ${id}，请稍后重发。`,
    en: `The server itself failed, number ${id}: send again later.`,
  }
  sendJson(res, 500, { fault: id, words: words[languageOf(req)] })
}
