// Open311 GeoReport v2: any client that speaks it files a request here and follows it, in JSON or XML.
import { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Archive } from '../archive/archive.ts'
import type { ScenarioBook } from '../case-engine/known.ts'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Desk } from '../desk/port.ts'
import { languageOf } from './intake-answer.ts'
import { fail, formatOf, isOurs, noJurisdiction, nothingHere, requestShape, suffix } from './open311-answers.ts'
import { Open311Asked, casesAsked, pageOf } from './open311-asked.ts'
import { openFiling, type FilingNeeds } from './open311-filing.ts'
import { askedFor, definitionOf, requestOf, servicesOf } from './open311-says.ts'
import { write } from './open311-write.ts'
import { addressOf, countAs, limitTries, type Count } from './session-limits.ts'
import { shapeNo } from './vendors/shape.ts'

export interface Open311Needs extends FilingNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'get' | 'search'>
  /** Live: the services are what the scenarios say when they are asked for. */
  scenarios: Pick<ScenarioBook, 'all' | 'byId' | 'byMatter'>
  bodyOf: (id: PersonId) => string | undefined
  /** Reads of one address in a minute; posts that failed count four times. */
  perMinute: number
  /** Counts of a minute by their name, where they are shared. */
  countOf?: (name: string) => Count
}

export function openOpen311Door(needs: Open311Needs) {
  const { desk, archive, scenarios, ground, now } = needs
  const router = Router()
  const { file, trade } = openFiling(needs)
  const say = (req: Request, res: Response, refusal: Refusal) => fail(req, res, { refusal }, 429)
  const perAddress = { now, windowMs: 60_000, keyOf: addressOf, refusal: 'try-later' as const, say }
  const mayRead = limitTries({ ...perAddress, limit: needs.perMinute, ...countAs(needs, 'open311 reads') })
  const mayPost = limitTries({
    ...perAddress,
    limit: Math.ceil(needs.perMinute / 4),
    onlyFailed: true,
    ...countAs(needs, 'open311 posts'),
  })

  const list = (req: Request, res: Response) =>
    write(res, formatOf(res), 200, servicesOf(scenarios, languageOf(req)), { list: 'services', one: 'service' })

  function define(req: Request, res: Response): void {
    const code = String(req.params.code)
    if (!scenarios.byMatter.get(code)?.scenario.resident) return fail(req, res, { refusal: 'matter-unknown' }, 404)
    write(res, formatOf(res), 200, definitionOf(code, languageOf(req)), { list: 'service_definition' })
  }

  async function find(req: Request, res: Response): Promise<void> {
    const asked = Open311Asked.safeParse({ ...req.query, ...(req.params.id && { service_request_id: req.params.id }) })
    if (!asked.success) return fail(req, res, shapeNo(asked.error, req.query), 400)
    const cases = await casesAsked(asked.data, now(), {
      board: () => desk.board(),
      archived: archive.get,
      ended: (from, limit) => archive.search({ from, limit }),
    })
    const wanted = cases.flatMap((subject) => {
      const code = askedFor(subject, scenarios)
      return code !== null && (asked.data.service_code?.includes(code) ?? true) ? [{ subject, code }] : []
    })
    if (req.params.id && wanted.length === 0) return fail(req, res, { refusal: 'case-not-found' }, 404)
    const told = { ...needs, againAs, language: languageOf(req) }
    const page = pageOf(wanted, asked.data).map(({ subject, code }) => requestOf(subject, code, told))
    write(res, formatOf(res), 200, page, requestShape)
  }

  const againAs = ({ children = [] }: Case) =>
    children.find((id) => desk.board().cases.get(id)?.lineage?.how === 'reopened')

  const ours: RequestHandler = (req, res, next) => (isOurs(req, ground) ? next() : fail(req, res, noJurisdiction, 404))

  router.use('/open311', suffix)
  for (const path of ['/open311/discovery', '/open311/v2/discovery'])
    router.get(path, mayRead, (req, res) => write(res, formatOf(res), 200, discoveryOf(req), { list: 'discovery' }))
  router.get('/open311/v2/services', mayRead, ours, list)
  router.get('/open311/v2/services/:code', mayRead, ours, define)
  router.get('/open311/v2/requests', mayRead, ours, find)
  router.get('/open311/v2/requests/:id', mayRead, ours, find)
  router.get('/open311/v2/tokens/:token', mayRead, ours, trade)
  router.post('/open311/v2/requests', mayPost, file)
  router.use('/open311', (req, res) => fail(req, res, nothingHere, 404))
  return { router, close: () => {} }
}

/** When the form of what is said here last changed. */
const changeset = '2026-11-21T00:00:00Z'

/** At the address this very server was asked by. */
function discoveryOf(req: Request) {
  const isChinese = languageOf(req) === 'zh'
  return {
    changeset,
    contact: isChinese ? '街道城市运行管理中心' : 'The operations centre of the sub-district',
    key_service: isChinese
      ? '请街道管理员登记来源，它的密钥就是 api_key。'
      : 'Ask the administrator of the sub-district for a source: its key is the api_key.',
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: `${req.protocol}://${req.get('host') ?? ''}/open311/v2`,
        changeset,
        type: 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  }
}
