// The door of the machines: POST /api/in/:dialect, each report answered in words, nothing lost without a trace.
import { Router } from 'express'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IntakeAnswer } from '#contract/outcome'
import { refusals } from '#contract/refusal'
import type { SourceTested } from '#contract/source-test'
import { languageOf, sendJson, sendText, statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import { isPassing, type IntakeRoad, type Parcel, type Taken } from './intake-road.ts'
import { addressedIn, intakeUrl } from './source-address.ts'
import { openSourceProof, type ProofNeeds, type Proven, type Unproven } from './source-proof.ts'
import type { Answered, Replays } from './source-replays.ts'
import type { SourceTallies } from './source-tallies.ts'
import { isNo, mediaType, type No } from './vendors/reading.ts'

interface IntakeNeeds extends ProofNeeds {
  road: IntakeRoad
  replays?: Replays
  /** A test's token leads here instead. */
  test?: (parcel: Parcel) => Promise<SourceTested>
  tallies?: Pick<SourceTallies, 'turnedAway'>
  /** How long it took from here until the line had it, by a clock that runs ever forwards. */
  lag?: { seconds: () => number; handed(seconds: number): void }
  /** An id to find a fault by in the log. */
  newId: () => string
  onFault: (id: string, cause: unknown) => void
}

interface IntakeDoor {
  /** The same door for an express app. */
  router: Router
  /**
   * True where the request is the door's, which then answers it. Before express: its routing alone costs as much
   * as reading, checking and deciding a report together.
   */
  take(req: IncomingMessage, res: ServerResponse): boolean
}

const megabyte = 1024 * 1024
const most = (contentType: string): number => (mediaType(contentType).startsWith('multipart/') ? 12 : 2) * megabyte

export function openIntakeDoor(needs: IntakeNeeds): IntakeDoor {
  const { road, replays, test, tallies } = needs
  const proof = openSourceProof(needs)

  function take(req: IncomingMessage, res: ServerResponse): boolean {
    const url = req.method === 'POST' ? intakeUrl(req.url ?? '') : null
    if (url === null) return false
    answer(req, res, url).catch((cause: unknown) => fault(req, res, cause, needs))
    return true
  }

  async function answer(req: IncomingMessage, res: ServerResponse, url: string): Promise<void> {
    const cameAt = needs.lag?.seconds() ?? 0
    const { dialect, ...address } = addressedIn(url)
    const proven = await proof.claim(req, address)
    if (isNo(proven)) return unproven(req, res, proven)
    const { source } = proven
    // Whoever only says whose signature it is has said nothing yet: that is asked once the body shows it.
    const isProved = proven.signature === undefined
    if (isProved && !admitted(req, res, proven)) return
    const { headers } = req
    const contentType = headers['content-type'] ?? ''
    const body = await readBody(req, most(contentType))
    if (body === 'gone') return
    if (body === 'too-large') return sendOne(req, res, { refusal: 'too-large' }, { connection: 'close' })
    const no = proof.check(proven, body)
    if (no) return unproven(req, res, { ...no, source })
    if (!isProved && !admitted(req, res, proven)) return
    const parcel = { source, dialect, contentType, body, language: languageOf(req), headers }
    // A house without a road for tests takes none, least of all as an alarm.
    if (proven.by === 'test')
      return test ? sendTested(res, await test(parcel)) : sendOne(req, res, { refusal: 'source-unknown' })
    if (isDryRun(url)) return sendTaken(res, await road.weigh(parcel))
    await settle(req, res, proven, parcel, cameAt)
  }

  /** False where it is to come again later, which it has been told then. */
  function admitted(req: IncomingMessage, res: ServerResponse, { source, by }: Proven): boolean {
    const refusal = by === 'test' ? null : road.admit(source)
    if (refusal) sendOne(req, res, { refusal }, { 'retry-after': road.againAfter(source) })
    return refusal === null
  }

  async function settle(req: IncomingMessage, res: ServerResponse, proven: Proven, parcel: Parcel, cameAt: number) {
    const packedNo = packed(req)
    const work = async (): Promise<Answered> => {
      const taken = await (packedNo ? road.turnAway(parcel, packedNo) : road.take(parcel))
      // The desk tells the line before it answers us.
      if (needs.lag && taken.results.some(isNews)) needs.lag.handed(needs.lag.seconds() - cameAt)
      return { status: statusOf(taken), text: JSON.stringify(taken), settled: !isPassing(taken) }
    }
    const { signature, source } = proven
    const answered = signature && replays ? await replays.once(source.id, signature, parcel.body, work) : await work()
    if (answered === 'used') return unproven(req, res, { refusal: 'webhook-id-used', source })
    sendText(res, answered.status, answered.text, answered.settled ? {} : { 'retry-after': road.againAfter(source) })
  }

  /** Whose it would be is told how it was refused; what was not proved is not kept. */
  function unproven(req: IncomingMessage, res: ServerResponse, { source, challenge, ...no }: Unproven): void {
    const words = (no.words ?? refusals[no.refusal]).zh
    if (source) tallies?.turnedAway(source.id, no.refusal, words)
    const asks = no.refusal === 'source-unknown' ? ['Bearer', ...(challenge ? [challenge] : [])] : []
    sendOne(req, res, no, asks.length > 0 ? { 'www-authenticate': asks } : {})
  }

  const router = Router()
  router.use((req, res, next) => {
    if (!take(req, res)) next()
  })
  return { router, take }
}

/** What was said before goes nowhere. */
const isNews = (answer: IntakeAnswer): boolean => answer.ok && answer.how !== undefined && answer.how !== 'repeated'

/** A compressed body is not unpacked: a few kilobytes can become gigabytes. */
function packed(req: IncomingMessage): No | null {
  const encoding = req.headers['content-encoding']
  return encoding === undefined || encoding === 'identity' ? null : { refusal: 'content-type-wrong' }
}

/** `?dry-run=1`: said what would come of it, and nothing done. */
const isDryRun = (url: string): boolean => /[?&]dry-run=1(&|$)/.test(url)
const sendTaken = (res: ServerResponse, taken: Taken): void =>
  sendJson(res, statusOf(taken), { ...taken, dryRun: true })

type Headers = Parameters<typeof sendJson>[3]

function sendOne(req: IncomingMessage, res: ServerResponse, { refusal, words }: No, headers: Headers = {}): void {
  const result = { ok: false, refusal, words: (words ?? refusals[refusal])[languageOf(req)] }
  sendJson(res, statusFor(refusal), { results: [result], ignored: 0 }, headers)
}

/** In the shape of any answer, so that a tool that knows only those sees what it must: whether it went well. */
const sendTested = (res: ServerResponse, tested: SourceTested): void =>
  sendJson(res, tested.ok ? 200 : 422, { results: [], ignored: 0, tested })

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
