// How Open311 is answered: in the format that was asked for, a no in the form GeoReport v2 gives it, and only for this street.
import type { Request, RequestHandler, Response } from 'express'
import type { Ground } from '#contract/ground'
import { refusals } from '#contract/refusal'
import { languageOf } from './intake-answer.ts'
import type { PostedForm } from './open311-form.ts'
import { writeFailures, type Format } from './open311-write.ts'
import type { No } from './vendors/reading.ts'

export const requestShape = { list: 'service_requests', one: 'request' }

/** `.json` and `.xml` say in what; without either whoever asks for XML gets it. */
export const suffix: RequestHandler = (req, res, next) => {
  const [path = '', ...query] = req.url.split('?')
  const format = /\.(json|xml)$/.exec(path)?.[1]
  res.locals.format = format ?? (req.accepts(['json', 'xml', 'text/xml']) === 'json' ? 'json' : 'xml')
  if (format) req.url = [path.slice(0, -format.length - 1), ...query].join('?')
  next()
}
export const formatOf = (res: Response): Format => (res.locals.format === 'xml' ? 'xml' : 'json')

export function fail(req: Request, res: Response, { refusal, words }: No, status: number): void {
  const description = (words ?? refusals[refusal])[languageOf(req)]
  writeFailures(res, formatOf(res), status, [{ code: String(status), description }])
}

/** One server, one street: whoever names another is told so. */
export function isOurs({ query }: Request, { subdistrict }: Pick<Ground, 'subdistrict'>, form?: PostedForm): boolean {
  const named = form?.fields.get('jurisdiction_id') ?? query.jurisdiction_id
  return named === undefined || named === '' || named === subdistrict.id
}

export const noJurisdiction: No = {
  refusal: 'outside-subdistrict',
  words: { zh: '没有这个 jurisdiction_id。', en: 'There is no such jurisdiction_id here.' },
}
export const nothingHere: No = {
  refusal: 'dialect-unknown',
  words: {
    zh: 'Open311 没有这个地址，见 /open311/discovery.json。',
    en: 'Nothing of Open311 is here: see /open311/discovery.json.',
  },
}
