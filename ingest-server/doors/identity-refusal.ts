// A no to whoever signs in or keeps accounts, over HTTP.
import type { Request, Response } from 'express'
import type { Words } from '#contract/language'
import { refusals, type Refusal } from '#contract/refusal'
import { identityRefusals, type IdentityRefusal } from '#contract/refusal-identity'
import { languageOf, statusFor } from './intake-answer.ts'

export type AnyRefusal = Refusal | IdentityRefusal

const statuses: Record<IdentityRefusal, number> = {
  'password-short-for-administrator': 400,
  'password-usual': 400,
  'code-needed': 401,
  'code-wrong': 401,
  'code-spent': 401,
  'session-too-many': 401,
  'session-ended-elsewhere': 401,
  'session-ended-administrator': 401,
  'session-ended-sso': 401,
  'password-must-change': 403,
  'code-not-enrolled': 403,
  'code-again': 403,
  'sso-refused': 403,
  'sso-nobody': 403,
  'sso-other': 403,
  'administrator-made': 403,
  'account-own': 403,
  'account-unknown': 404,
  'session-unknown': 404,
  'sso-off': 404,
  'account-taken': 409,
  'administrator-apart': 409,
  'administrator-last': 409,
  'code-enrolled': 409,
  'sign-in-waits': 429,
  'sso-unreachable': 503,
}
const allWords: Readonly<Record<AnyRefusal, Words>> = { ...refusals, ...identityRefusals }
const isOwn = (refusal: AnyRefusal): refusal is IdentityRefusal => refusal in identityRefusals

export const statusOf = (refusal: AnyRefusal): number =>
  isOwn(refusal) ? statuses[refusal] : refusal === 'password-too-short' ? 400 : statusFor(refusal)

/** `more`: what the screen needs besides, such as until when it is to wait. */
export function say(
  req: Request,
  res: Response,
  refusal: AnyRefusal,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const words = allWords[refusal][languageOf(req)]
  res
    .status(statusOf(refusal))
    .set('Cache-Control', 'no-store')
    .json({ ok: false, refusal, words, ...more })
}
