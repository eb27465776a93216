// An Open311 client files a request: read, made ours, sent down the one road; what only a person can place waits under a token.
import type { Request, Response } from 'express'
import type { ScenarioBook } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import { QuarantineId, type EvidenceId, type Instant } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import type { Quarantine } from '../records/port-quarantine.ts'
import type { Evidence, Source, Sources } from '../records/port.ts'
import { languageOf, retryAfter, statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import type { IntakeRoad, Parcel } from './intake-road.ts'
import { fail, formatOf, isOurs, noJurisdiction, requestShape } from './open311-answers.ts'
import { readForm, type PostedForm } from './open311-form.ts'
import { filed } from './open311-post.ts'
import { write, writeFailures } from './open311-write.ts'
import { isNo } from './vendors/reading.ts'

export interface FilingNeeds {
  road: IntakeRoad
  sources: Pick<Sources, 'byKey'>
  evidence: Pick<Evidence, 'keep'>
  quarantine: Pick<Quarantine, 'open'>
  scenarios: Pick<ScenarioBook, 'byMatter'>
  ground: Pick<Ground, 'places' | 'facilities' | 'subdistrict'>
  now: () => Instant
}

const mostBytes = 12 * 1024 * 1024

export function openFiling({ road, sources, evidence, quarantine, scenarios, ground, now }: FilingNeeds) {
  async function file(req: Request, res: Response): Promise<void> {
    if (req.get('content-encoding')) return fail(req, res, { refusal: 'content-type-wrong' }, 400)
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    if (body === 'too-large') return fail(req, res.set('Connection', 'close'), { refusal: body }, 400)
    const form = await readForm(body, req.get('content-type') ?? '')
    if (isNo(form)) return fail(req, res, form, 400)
    const source = sources.byKey(keyIn(req, form))
    if (!source) return fail(req, res, { refusal: 'source-unknown' }, 403)
    // GeoReport knows keys and no signatures: the key of one that must sign opens nothing.
    if (source.mustSign) return fail(req, res, { refusal: 'signature-missing' }, 403)
    if (!isOurs(req, ground, form)) return fail(req, res, noJurisdiction, 404)
    const refusal = road.admit(source)
    if (refusal) return fail(req, res.set('Retry-After', String(retryAfter)), { refusal }, statusFor(refusal))
    await take(req, res, source, form)
  }

  async function take(req: Request, res: Response, source: Source, form: PostedForm): Promise<void> {
    const idempotencyKey = req.get('idempotency-key')?.slice(0, 100)
    // Looked at before a picture is kept: whoever sends nonsense with it has not filled the disk.
    const given = filed({ form, idempotencyKey, ground, now: now() })
    if (isNo(given)) return fail(req, res, given, 400)
    const parcel = (report: unknown): Parcel => ({
      ...{ source, dialect: 'sanping', contentType: 'application/json', language: languageOf(req) },
      body: Buffer.from(JSON.stringify(report)),
    })
    if (!scenarios.byMatter.get(given.serviceCode)?.scenario.resident) {
      const { results } = await road.turnAway(parcel(given.report), { refusal: 'matter-unknown' })
      return answer(res, results[0], '', 404)
    }
    const kept = await Promise.all(form.media.map((picture) => evidence.keep(picture, now())))
    const pictures = [...new Set(kept.filter((id): id is EvidenceId => id !== null))]
    const { results } = await road.take(parcel({ ...given.report, evidence: pictures }))
    const [result] = results
    if (given.inWordsOnly && result && !result.ok && result.refusal === 'place-missing' && result.quarantineId)
      return made(res, { token: result.quarantineId, service_notice: notices.placing[languageOf(req)] })
    answer(res, result, noticeOf(req, form, kept.includes(null)), 400)
  }

  /** What waits for a person to find its place has no number yet; once it was sent on it has. */
  async function trade(req: Request, res: Response): Promise<void> {
    const token = QuarantineId.safeParse(req.params.token)
    const row = token.success ? await quarantine.open(token.data) : null
    if (!row || row.dialect !== 'sanping') return fail(req, res, { refusal: 'quarantine-unknown' }, 404)
    const [done] = row.replayed?.answers ?? []
    const number = done?.ok ? (done.caseId ?? null) : null
    write(res, formatOf(res), 200, [{ service_request_id: number, token: row.id }], requestShape)
  }

  return { file, trade }
}

function keyIn(req: Request, { fields }: PostedForm): string {
  const bearer = /^bearer (.+)$/i.exec(req.get('authorization') ?? '')?.[1]
  const { api_key: asked } = req.query
  return (fields.get('api_key') ?? (typeof asked === 'string' ? asked : bearer) ?? '').trim()
}

const made = (res: Response, one: object) =>
  write(res, formatOf(res), 201, [{ ...one, account_id: null }], requestShape)

/** `status`: of a no that stays one however often it is sent. */
function answer(res: Response, result: IntakeAnswer | undefined, notice: string, status: number): void {
  if (result?.ok) return made(res, { service_request_id: result.caseId ?? null, service_notice: notice || null })
  const own = result ? statusFor(result.refusal) : status
  const isPassing = own === 429 || own === 503
  if (isPassing) res.set('Retry-After', String(retryAfter))
  const code = isPassing ? own : status
  writeFailures(res, formatOf(res), code, [{ code: String(code), description: result?.words ?? '' }])
}

function noticeOf(req: Request, { fields }: PostedForm, isAnyRefused: boolean): string {
  const said = [...(fields.get('media_url') ? [notices.mediaUrl] : []), ...(isAnyRefused ? [notices.notPicture] : [])]
  return said.map((words) => words[languageOf(req)]).join(' ')
}

const notices = {
  mediaUrl: { zh: 'media_url 记下了，没有去取。', en: 'media_url was written down and not fetched.' },
  notPicture: { zh: '有附件不是能用的图片，没有收。', en: 'An attachment is no picture that can be used.' },
  placing: { zh: '要由人找到地点，请用 token 查询编号。', en: 'Somebody has to find the place: ask by the token.' },
}
