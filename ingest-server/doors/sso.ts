// Signing in by the site's own sign-in service: there and back again, to the screen somebody came from; and out again when it says so.
import express, { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { PersonId, Instant } from '#contract/ids'
import { PersonId as AnyPersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { SecondFactors, SpentOnce, Tickets } from '../records/port-identity.ts'
import type { Accounts, Sessions } from '../records/port-people.ts'
import type { Audit } from '../records/port.ts'
import { say, type AnyRefusal } from './identity-refusal.ts'
import { no, unreadable, type CookieGiver } from './session.ts'
import { addressOf } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { cookieOf, forgetCookie, keepCookie } from './session-cookie.ts'
import type { SignIn } from './sign-in.ts'
import { SsoUnreachable, Under, type SsoProvider } from './sso-provider.ts'

export interface SsoNeeds {
  /** Null where the site has none. */
  provider: SsoProvider | null
  accounts: Pick<Accounts, 'people' | 'bindSubject'>
  sessions: Pick<Sessions, 'endSso'>
  factors: Pick<SecondFactors, 'has'>
  tickets: Tickets
  spent: SpentOnce
  audit: Audit
  signIn: SignIn
  give: CookieGiver
  now: () => Instant
  origins: readonly string[]
  secure: boolean
  onFault?: (fault: unknown) => void
}

const cookie = 'sanping-sso'
const path = '/api/session/oidc'
/** So long somebody may take over there. */
const goodFor = 10 * 60_000
/** Our own screens, with nothing behind that could lead elsewhere. */
const ownPath = /^\/(desk|field|wall)(#\/[\w/.-]{0,100})?$/
export const WithCode = z.object({ code: z.string().min(1).max(40) })
const Half = z.object({
  id: AnyPersonId,
  subject: z.string(),
  session: z.string().nullable(),
  back: z.string(),
  at: z.number(),
})

export function openSsoDoor(needs: SsoNeeds) {
  const { provider, accounts, sessions, factors, tickets, spent, audit, now, secure } = needs
  const router = Router()
  const write = (who: string, what: string, about: string) => audit.write({ at: now(), who, what, about })

  // A browser that comes back from the service brings no Strict cookie along: this one is Lax, sealed, and good for nothing else.
  const keep = (res: Response, ticket: string) =>
    keepCookie(res, cookie, ticket, { sameSite: 'lax', path, secure, maxAge: goodFor })
  const forget = (res: Response) => forgetCookie(res, cookie, { sameSite: 'lax', path, secure })
  const kept = <T>(req: Request, purpose: string, shape: z.ZodType<T>): T | null => {
    const text = tickets.open(purpose, cookieOf(req, cookie) ?? '')
    return text === null ? null : (shape.safeParse(JSON.parse(text)).data ?? null)
  }

  /** One of our origins: the one that was asked at, if it is one. */
  const originOf = (req: Request): string =>
    needs.origins.find((origin) => new URL(origin).host === req.get('Host')) ?? needs.origins[0] ?? ''
  const backTo = (res: Response, back: string, refusal?: AnyRefusal) => {
    const [page = '/desk', hash] = back.split('#')
    res.redirect(303, `${page}${refusal ? `?sso=${refusal}` : ''}${hash === undefined ? '' : `#${hash}`}`)
  }
  const refusalOf = (fault: unknown): AnyRefusal =>
    fault instanceof SsoUnreachable ? 'sso-unreachable' : 'sso-refused'

  async function go(req: Request, res: Response): Promise<void> {
    const asked = String(req.query.back ?? '/desk')
    const back = ownPath.test(asked) ? asked : '/desk'
    if (!provider) return backTo(res, back, 'sso-off')
    try {
      const { to, under } = await provider.begin(`${originOf(req)}${path}/back`, back)
      keep(res, tickets.seal('sso under way', JSON.stringify(under)))
      res.redirect(303, to.href)
    } catch (fault) {
      needs.onFault?.(fault)
      backTo(res, back, refusalOf(fault))
    }
  }

  async function come(req: Request, res: Response): Promise<void> {
    const under = kept(req, 'sso under way', Under)
    forget(res)
    if (!provider || !under || now() - under.at > goodFor) return backTo(res, under?.back ?? '/desk', 'sso-refused')
    // Once, whoever brings it and whichever process it comes to.
    if (!(await spent.spend(`sso ${under.state}`, under.at + 2 * goodFor)))
      return backTo(res, under.back, 'sso-refused')
    try {
      const came = await provider.finish(new URL(req.originalUrl, originOf(req)), under)
      const person = accounts.people().get(came.name as PersonId)
      if (!person) return await refused(req, res, under.back, 'sso-nobody', came.name)
      if (!(await accounts.bindSubject(person.id, came.subject)))
        return await refused(req, res, under.back, 'sso-other', person.id)
      const { subject, session } = came
      if (factors.has(person.id) && !came.strong) {
        const half = { id: person.id, subject, session, back: under.back, at: now() }
        keep(res, tickets.seal('sso half', JSON.stringify(half)))
        return backTo(res, under.back, 'code-needed')
      }
      await enter(req, res, person, { subject, session }, came.strong)
      backTo(res, under.back)
    } catch (fault) {
      needs.onFault?.(fault)
      await refused(req, res, under.back, refusalOf(fault), '')
    }
  }

  async function refused(req: Request, res: Response, back: string, refusal: AnyRefusal, name: string): Promise<void> {
    const about = [addressOf(req), refusal, name.slice(0, 60)].filter((one) => one !== '').join(' ')
    await write('unknown', 'sso-refused', about)
    backTo(res, back, refusal)
  }

  async function enter(
    req: Request,
    res: Response,
    person: Person,
    sso: { subject: string; session: string | null },
    strong: boolean,
  ): Promise<void> {
    await needs.give(req, res, person, { sso, ...(strong && { provenAt: now() }) })
    await write(person.id, 'signed-in', `${addressOf(req)} sso${strong ? ' mfa' : ''}`)
  }

  /** Somebody with a code of ours, whom the service let in by a password alone. */
  async function proveCode(req: Request, res: Response): Promise<void> {
    const half = kept(req, 'sso half', Half)
    const person = half && accounts.people().get(half.id)
    const asked = WithCode.safeParse(req.body)
    if (!half || !person || now() - half.at > goodFor) return say(req, res, 'sso-refused')
    if (!asked.success) return say(req, res, 'wrong-shape')
    const wrong = await needs.signIn.proveCode(person, asked.data.code, req)
    if (wrong) return no(req, res, wrong, now())
    forget(res)
    await enter(req, res, person, half, true)
    res.json({ personId: person.id, name: person.name, role: person.role, placeIds: person.placeIds })
  }

  /** OpenID Connect Back-Channel Logout 1.0: from the service itself, believed for its signature alone. */
  async function gone(req: Request, res: Response): Promise<void> {
    res.set('Cache-Control', 'no-store')
    const token: unknown = (req.body as Record<string, unknown> | undefined)?.logout_token
    if (!provider || typeof token !== 'string') return void res.status(400).json({ error: 'invalid_request' })
    try {
      const { jti, until, session, subject } = await provider.gone(token)
      if (!(await spent.spend(`logout ${jti}`, until))) throw new Error('it was shown before')
      const ended = await sessions.endSso(session === undefined ? { subject: subject ?? '' } : { session }, now())
      await write('sso', 'sso-ended', `${subject ?? session ?? ''} ${ended}`)
      res.status(200).end()
    } catch (fault) {
      needs.onFault?.(fault)
      res.status(400).json({ error: 'invalid_request' })
    }
  }

  router.get('/api/session/ways', (_req, res) => void res.json({ sso: provider !== null }))
  router.get(path, go)
  router.get(`${path}/back`, come)
  router.post(`${path}/code`, originGuard(needs.origins), express.json({ limit: '4kb' }), proveCode)
  router.post(`${path}/logout`, express.urlencoded({ extended: false, limit: '32kb' }), gone)
  router.use(path, unreadable)
  return { router, close: () => {} }
}
