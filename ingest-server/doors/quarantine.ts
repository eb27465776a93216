// What could not be understood, for those who can mend it: the list, one message whole, and once more through the door.
import { isUtf8 } from 'node:buffer'
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { QuarantineId, SourceId } from '#contract/ids'
import type { QuarantineList, ReplayAnswer } from '#contract/quarantine'
import { refusalNames, refusals } from '#contract/refusal'
import type { Role } from '#contract/roles'
import type { Quarantine, QuarantineFilter } from '../records/port-quarantine.ts'
import { languageOf, sendJson, statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import type { openReplay } from './quarantine-replay.ts'
import { maskedAnswer, maskedBody, maskedLabel } from './quarantine-masked.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { parseJson, textOf } from './vendors/json.ts'
import { isNo, type No } from './vendors/reading.ts'
import { shapeNo } from './vendors/shape.ts'

interface QuarantineDoorNeeds {
  quarantine: Pick<Quarantine, 'list' | 'open' | 'counts'>
  replays: ReturnType<typeof openReplay>
  viewerOf: ViewerOf
  origins: readonly string[]
  /** What the command line asked for is looked for by it. */
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

const mayLook: ReadonlySet<Role> = new Set<Role>(['administrator', 'duty-officer'])
const Limit = z.coerce.number().int().min(1).max(500).catch(100)
const isReplayed = { no: false, yes: true, all: undefined } as const
const Filter = z.object({
  refusal: z.enum(refusalNames).optional().catch(undefined),
  source: SourceId.optional().catch(undefined),
  replayed: z.enum(['no', 'yes', 'all']).catch('all'),
  before: z.coerce.number().int().min(0).optional().catch(undefined),
})
/** As large as what a source may send, once more as JSON text. */
const mostBytes = 4 * 1024 * 1024
export const Mended = z.object({ body: z.string().min(1).optional() })

export function openQuarantineDoor({ quarantine, replays, viewerOf, origins, every, onFault }: QuarantineDoorNeeds) {
  const router = Router()
  let looking = false
  /** Who keeps the system mends mappings, and handles nobody's report. */
  const isKeeper = (req: Request): boolean => viewerOf(req)?.role === 'administrator'

  async function list(req: Request, res: Response): Promise<void> {
    const { source: sourceId, replayed, refusal, before } = Filter.parse(req.query)
    const filter: QuarantineFilter = { sourceId, refusal, before, replayed: isReplayed[replayed] }
    const rows = await quarantine.list(Limit.parse(req.query.limit), filter)
    const kept = isKeeper(req) ? rows.map((row) => maskedLabel(row, languageOf(req))) : rows
    res.json({ kept, ...(await quarantine.counts()) } satisfies QuarantineList)
  }

  async function one(req: Request, res: Response): Promise<void> {
    const id = QuarantineId.safeParse(req.params.id).data
    const found = id ? await quarantine.open(id) : null
    if (!found) return no(req, res, 'quarantine-unknown')
    const { body, ...label } = found
    const bytes = Buffer.from(body)
    if (isKeeper(req)) {
      const masked = isUtf8(bytes) ? maskedBody(bytes.toString('utf8'), languageOf(req)) : null
      return void res.json({ ...maskedLabel(label, languageOf(req)), masked })
    }
    // As text where it is text: a person is to read it. Pictures and broken encodings come as base64, so no byte is lost.
    res.json({ ...label, ...(isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') }) })
  }

  async function replay(req: Request, res: Response): Promise<void> {
    const [viewer, id] = [viewerOf(req), QuarantineId.safeParse(req.params.id).data]
    if (!viewer || !id) return no(req, res, 'quarantine-unknown')
    const sent = await readBody(req, mostBytes)
    if (sent === 'gone') return
    const mended = sent === 'too-large' ? { refusal: sent } : readMended(sent)
    if (isNo(mended)) return say(req, res, mended, [])
    // What they were not shown they do not write anew.
    if (mended.body !== undefined && isKeeper(req)) return no(req, res, 'role-not-allowed')
    const body = mended.body === undefined ? undefined : Buffer.from(mended.body)
    const tried = await replays.replay(id, { by: viewer.personId, body, language: languageOf(req) })
    const answers = isKeeper(req) ? tried.answers.map((one) => maskedAnswer(one, languageOf(req))) : tried.answers
    if (tried.done) return void res.json({ results: answers } satisfies ReplayAnswer)
    say(req, res, isKeeper(req) ? { refusal: tried.no.refusal } : tried.no, answers)
  }

  function look(): void {
    if (looking) return
    looking = true
    replays
      .takeAsked()
      .catch(onFault)
      .finally(() => void (looking = false))
  }

  router.use('/api/quarantine', originGuard(origins), (req, res, next) => {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayLook.has(viewer.role)) return no(req, res, 'role-not-allowed')
    next()
  })
  router.get('/api/quarantine', list)
  router.get('/api/quarantine/:id', one)
  router.post('/api/quarantine/:id/replay', replay)
  return { router, close: every(1000, look) }
}

/** No body at all is the message as it came. */
function readMended(body: Buffer): z.infer<typeof Mended> | No {
  if (body.length === 0) return {}
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  const mended = Mended.safeParse(parsed.value)
  return mended.success ? mended.data : shapeNo(mended.error, parsed.value)
}

function say(req: Request, res: Response, { refusal, words }: No, results: ReplayAnswer['results']): void {
  // What was said of the report itself is already in the asker's language.
  const said = results.flatMap((result) => (result.ok ? [] : [result.words]))[0]
  sendJson(res, statusFor(refusal), {
    ...{ ok: false, refusal, words: said ?? (words ?? refusals[refusal])[languageOf(req)] },
    ...(results.length > 0 && { results }),
  })
}
