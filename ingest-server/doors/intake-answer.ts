// How a door answers over HTTP: in the asker's language, with a status for every refusal.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '#contract/language'
import type { Refusal } from '#contract/refusal'

/** Chinese, unless the asker puts English before it. */
export function languageOf(req: IncomingMessage): Language {
  const wanted = req.headers['accept-language']
  if (wanted === undefined) return 'zh'
  const [zh, en] = [wanted.search(/\bzh\b/i), wanted.search(/\ben\b/i)]
  return en !== -1 && (zh === -1 || en < zh) ? 'en' : 'zh'
}

/** 422 for whatever was read well and still cannot be taken. */
const statuses: Partial<Record<Refusal, number>> = {
  'bad-json': 400,
  'bad-xml': 400,
  'bad-multipart': 400,
  'nothing-in-it': 400,
  'not-signed-in': 401,
  'wrong-password': 401,
  'source-unknown': 401,
  'signature-missing': 401,
  'signature-wrong': 401,
  'signature-late': 401,
  'key-in-address': 403,
  'origin-not-allowed': 403,
  'role-not-allowed': 403,
  'operator-needed': 403,
  'not-your-area': 403,
  'not-assigned-to-you': 403,
  'dialect-unknown': 404,
  'case-not-found': 404,
  'neighbour-unknown': 404,
  'notice-unknown': 404,
  'push-service-unknown': 422,
  'layer-unknown': 404,
  'quarantine-unknown': 404,
  'sender-unknown': 404,
  'link-unknown': 404,
  'wall-unknown': 404,
  'replayed-already': 409,
  'webhook-id-used': 409,
  'stage-not-allowed': 409,
  'already-so': 409,
  'too-large': 413,
  'too-many': 413,
  'content-type-wrong': 415,
  overloaded: 429,
  'over-quota': 429,
  'try-later': 429,
  'too-many-looks': 429,
  'viewing-needed': 403,
  'own-request': 403,
  'viewing-unknown': 404,
  'viewing-decided': 409,
  'erased-by-rule': 410,
  'wish-decided': 409,
  'not-in-step': 503,
}
export const statusFor = (refusal: Refusal): number => statuses[refusal] ?? 422

/** Seconds after which a busy house may be asked again. */
export const retryAfter = 1

export const sendJson = (
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string | number | string[]>> = {},
): void => sendText(res, status, JSON.stringify(body), headers)

/** The same, where it is JSON already. */
export function sendText(
  res: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string | number | string[]>> = {},
): void {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  })
  res.end(text)
}
