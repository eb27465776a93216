// Who sends, and what their words stand for: the mapping is mended here, by hand and in the open.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Ground } from '#contract/ground'
import { CameraId, SourceId, type Instant } from '#contract/ids'
import { refusals, type Refusal } from '#contract/refusal'
import type { Role } from '#contract/roles'
import type { SourceTested } from '#contract/source-test'
import type { Audit, Sources } from '../records/port.ts'
import { languageOf, sendJson, statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { sourceStates, withoutQuotes, type SourceStatesNeeds } from './source-states.ts'
import type { TestSource } from './source-test.ts'
import { parseJson, textOf } from './vendors/json.ts'
import { isNo, type No } from './vendors/reading.ts'
import { shapeNo } from './vendors/shape.ts'

interface SourcesDoorNeeds extends SourceStatesNeeds {
  sources: Pick<Sources, 'list' | 'map' | 'live'>
  audit: Audit
  ground: Pick<Ground, 'cameras'>
  knowsMatter: (matter: string) => boolean
  test: TestSource
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

const mayMend: ReadonlySet<Role> = new Set<Role>(['administrator', 'duty-officer'])
const mostBytes = 256 * 1024
const name = z.string().trim().min(1).max(128)
const few = (map: Record<string, string>) => Object.keys(map).length <= 2000
export const Mapping = z.object({
  /** The vendor's words for what it sees → our matters, or `ignore`. Whole: what is not named is no longer mapped. */
  matters: z.record(name, name).refine(few),
  /** The vendor's camera names → ours. */
  cameras: z.record(name, CameraId).refine(few),
})
type Mapping = z.infer<typeof Mapping>
export const Tested = z.object({
  /** Absent: the dialect it speaks. */
  dialect: name.optional(),
})

export function openSourcesDoor(needs: SourcesDoorNeeds) {
  const { sources, audit, ground, knowsMatter, viewerOf, now } = needs
  const router = Router()

  async function change(req: Request, res: Response): Promise<void> {
    const who = viewerOf(req)?.personId
    const id = SourceId.safeParse(req.params.id).data
    if (!who || !id || !sources.live().has(id)) return say(req, res, { refusal: 'sender-unknown' })
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const mapping = body === 'too-large' ? { refusal: body } : read(body)
    if (isNo(mapping)) return say(req, res, mapping)
    if (!(await sources.map(id, mapping))) return say(req, res, { refusal: 'sender-unknown' })
    await audit.write({ at: now(), who, what: 'source-mapped', about: id })
    res.json({ ok: true, ...mapping })
  }

  async function test(req: Request, res: Response): Promise<void> {
    const who = viewerOf(req)?.personId
    const id = SourceId.safeParse(req.params.id).data
    if (!who || !id || !sources.live().has(id)) return say(req, res, { refusal: 'sender-unknown' })
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const asked = body === 'too-large' ? { refusal: body } : shaped(body, Tested)
    if (isNo(asked)) return say(req, res, asked)
    await audit.write({ at: now(), who, what: 'source-tested', about: id })
    const tested = await needs.test(id, asked.dialect)
    if (isNo(tested)) return say(req, res, tested)
    res.json(tested satisfies SourceTested)
  }

  function read(body: Buffer): Mapping | No {
    const mapping = shaped(body, Mapping)
    if (isNo(mapping)) return mapping
    const { matters, cameras } = mapping
    const strange = Object.values(matters).find((ours) => ours !== 'ignore' && !knowsMatter(ours))
    if (strange !== undefined) return named('matter-unknown', strange)
    const nowhere = Object.values(cameras).find((ours) => !ground.cameras.has(ours))
    return nowhere === undefined ? mapping : named('camera-unknown', nowhere)
  }

  router.use('/api/sources', originGuard(needs.origins), (req, res, next) => {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return say(req, res, { refusal: 'not-signed-in' })
    if (!mayMend.has(viewer.role)) return say(req, res, { refusal: 'role-not-allowed' })
    next()
  })
  router.get('/api/sources', async (req, res) => {
    const states = await sourceStates(needs)
    const isKeeper = viewerOf(req)?.role === 'administrator'
    res.json({ sources: isKeeper ? withoutQuotes(states, languageOf(req)) : states })
  })
  router.put('/api/sources/:id', change)
  router.post('/api/sources/:id/test', test)
  return { router, close: () => {} }
}

function shaped<T extends object>(body: Buffer, schema: z.ZodType<T>): T | No {
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  const read = schema.safeParse(parsed.value)
  return read.success ? read.data : shapeNo(read.error, parsed.value)
}

/** The refusal's sentence, led by the name it is about. */
const named = (refusal: Refusal, what: string): No => ({
  refusal,
  words: { zh: `「${what}」：${refusals[refusal].zh}`, en: `"${what}": ${refusals[refusal].en}` },
})

function say(req: Request, res: Response, { refusal, words }: No): void {
  if (!words) return refuse(req, res, statusFor(refusal), refusal)
  sendJson(res, statusFor(refusal), { ok: false, refusal, words: words[languageOf(req)] })
}
