// The accounts: kept by the security administrator alone. The first administrator may make one of each other kind, once.
import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import type { Ground } from '#contract/ground'
import { PersonId, PlaceId, type Instant } from '#contract/ids'
import { Person, type Viewer } from '#contract/person'
import { isAdministrator, posts, roles, type Role } from '#contract/roles'
import { drawPassword } from '../records/first-administrator.ts'
import { AccountName } from '../records/names.ts'
import type { KnownDevices, SecondFactors, SignInTries } from '../records/port-identity.ts'
import { NameTaken, type Accounts, type Sessions } from '../records/port-people.ts'
import type { Audit } from '../records/port.ts'
import type { Random } from '../records/token.ts'
import { mayChange, mayMake, missingAdministrators } from './accounts-rules.ts'
import { say, type AnyRefusal } from './identity-refusal.ts'
import { unreadable } from './session.ts'
import { originGuard } from './session-origin.ts'
import type { ViewerOf } from './session-viewer.ts'
import { openStepUp } from './step-up.ts'

export interface AccountsNeeds {
  accounts: Accounts
  sessions: Sessions
  factors: SecondFactors
  signInTries: SignInTries
  devices: KnownDevices
  audit: Audit
  ground: Pick<Ground, 'places'>
  viewerOf: ViewerOf
  random: Random
  now: () => Instant
  origins: readonly string[]
}

const staffRoles = roles.filter((role): role is Exclude<Role, 'wall'> => role !== 'wall')
const Rights = z.object({
  name: Person.shape.name,
  role: z.enum(staffRoles),
  post: z.enum(posts),
  body: Person.shape.body,
  placeIds: z.array(PlaceId).max(200),
  skills: z.array(z.string().max(40)).max(40),
})
export const AccountChange = Rights.partial()
export const NewAccount = Rights.partial().extend({
  id: AccountName,
  name: Rights.shape.name,
  role: Rights.shape.role,
  post: Rights.shape.post,
})

type Deed = (of: { by: Viewer; person: Person; req: Request; res: Response }) => Promise<void>

export function openAccountsDoor(needs: AccountsNeeds) {
  const { accounts, sessions, factors, signInTries, devices, audit, ground, viewerOf, random, now } = needs
  const router = Router()
  const stepUp = openStepUp({ sessions, factors, now })
  const write = (by: Viewer, what: string, about: string) => audit.write({ at: now(), who: by.personId, what, about })
  const knowsPlaces = (ids: readonly PlaceId[] = []) => ids.every((id) => ground.places.has(id))

  async function list(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return say(req, res, 'not-signed-in')
    const keeps = viewer.role === 'security-administrator'
    if (!keeps && viewer.role !== 'administrator') return say(req, res, 'role-not-allowed')
    const people = [...accounts.people().values()].filter(({ role }) => keeps || isAdministrator(role))
    const rows = people.map(async (person) => {
      const seen = sessions.listOf(person.id)
      return {
        ...person,
        code: factors.has(person.id),
        waitsUntil: await signInTries.waits(person.id, now()),
        sessions: seen.length,
        seenAt: seen.length > 0 ? Math.max(...seen.map(({ seenAt }) => seenAt)) : null,
      }
    })
    res.json({
      accounts: await Promise.all(rows),
      mayMake: keeps ? staffRoles : await missingAdministrators(accounts),
    })
  }

  /** A code of the last minutes, of whoever keeps accounts. */
  const grave =
    (then: (by: Viewer, req: Request, res: Response) => Promise<void>, also: readonly Role[] = []): RequestHandler =>
    async (req, res) => {
      const by = viewerOf(req)
      if (!by) return say(req, res, 'not-signed-in')
      if (by.role !== 'security-administrator' && !also.includes(by.role)) return say(req, res, 'role-not-allowed')
      const refusal = stepUp(by, req)
      return refusal ? say(req, res, refusal) : then(by, req, res)
    }

  const onAccount = (deed: Deed) =>
    grave(async (by, req, res) => {
      const id = PersonId.safeParse(req.params.id).data
      const person = id && accounts.people().get(id)
      if (!person) return say(req, res, 'account-unknown')
      await deed({ by, person, req, res })
    })

  const add = grave(
    async (by, req, res) => {
      const asked = NewAccount.safeParse(req.body)
      if (!asked.success || !knowsPlaces(asked.data.placeIds)) return say(req, res, 'wrong-shape')
      const { id, body = '', placeIds = [], skills = [], ...rest } = asked.data
      const refusal = await mayMake(by, rest.role, accounts)
      if (refusal) return say(req, res, refusal)
      const password = drawPassword(random)
      const person = { ...rest, id: PersonId.parse(id), body, placeIds, skills, password, given: true }
      const taken = await accounts.add(person, now()).catch(unlessTaken)
      if (taken) return say(req, res, taken)
      await write(by, 'user-added', `${id} ${rest.role} ${placeIds.join(',')}`.trim())
      res.status(201).json({ password })
    },
    ['administrator'],
  )

  const change = onAccount(async ({ by, person, req, res }) => {
    const asked = AccountChange.safeParse(req.body)
    if (!asked.success || !knowsPlaces(asked.data.placeIds)) return say(req, res, 'wrong-shape')
    const wished = asked.data as Partial<Omit<Person, 'id'>>
    const refusal = mayChange(by, person, wished)
    if (refusal) return say(req, res, refusal)
    await accounts.change(person.id, wished)
    const changed = { ...person, ...wished }
    await write(by, 'user-changed', `${person.id} ${rightsOf(person)} → ${rightsOf(changed)}`)
    // Rights are a session's from its beginning: with others, another session.
    if (rightsOf(person) !== rightsOf(changed)) await sessions.endAll(person.id, null, 'administrator', now())
    res.status(204).end()
  })

  const withdraw = onAccount(async ({ by, person, req, res }) => {
    const keepers = [...accounts.people().values()].filter(({ role }) => role === 'security-administrator')
    if (keepers.length === 1 && keepers[0]?.id === person.id) return say(req, res, 'administrator-last')
    if (person.id === by.personId) return say(req, res, 'account-own')
    await sessions.endAll(person.id, null, 'administrator', now())
    await accounts.withdraw(person.id)
    await factors.reset(person.id)
    await devices.forgetAll(person.id)
    await write(by, 'user-withdrawn', person.id)
    res.status(204).end()
  })

  /** A password of their own they change by their own page, with the one before. */
  const givePassword = onAccount(async ({ by, person, req, res }) => {
    if (person.id === by.personId) return say(req, res, 'account-own')
    const password = drawPassword(random)
    await sessions.endAll(person.id, null, 'administrator', now())
    await accounts.setPassword(person.id, password, 'given')
    await devices.forgetAll(person.id)
    await write(by, 'password-set', person.id)
    res.json({ password })
  })

  const resetCode = onAccount(async ({ by, person, req, res }) => {
    if (person.id === by.personId) return say(req, res, 'account-own')
    await factors.reset(person.id)
    await sessions.endAll(person.id, null, 'administrator', now())
    await write(by, 'code-reset', person.id)
    res.status(204).end()
  })

  const unlock = onAccount(async ({ by, person, res }) => {
    await signInTries.unlock(person.id)
    await write(by, 'user-unlocked', person.id)
    res.status(204).end()
  })

  const endSessions = onAccount(async ({ by, person, res }) => {
    const ended = await sessions.endAll(person.id, null, 'administrator', now())
    await write(by, 'sessions-ended', `${person.id} ${ended}`)
    res.json({ ended })
  })

  const looseSso = onAccount(async ({ by, person, res }) => {
    await accounts.looseSubject(person.id)
    await write(by, 'sso-loosened', person.id)
    res.status(204).end()
  })

  const json = express.json({ limit: '16kb' })
  router.use('/api/accounts', originGuard(needs.origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/accounts', list)
  router.post('/api/accounts', json, add)
  router.put('/api/accounts/:id', json, change)
  router.delete('/api/accounts/:id', withdraw)
  router.post('/api/accounts/:id/password', givePassword)
  router.post('/api/accounts/:id/unlock', unlock)
  router.delete('/api/accounts/:id/code', resetCode)
  router.delete('/api/accounts/:id/sessions', endSessions)
  router.delete('/api/accounts/:id/sso', looseSso)
  router.use('/api/accounts', unreadable)
  return { router, close: () => {} }
}

const rightsOf = ({ role, post, placeIds }: Pick<Person, 'role' | 'post' | 'placeIds'>): string =>
  `${role}/${post}/${[...placeIds].sort().join(',')}`

function unlessTaken(fault: unknown): AnyRefusal {
  if (fault instanceof NameTaken) return 'account-taken'
  throw fault
}
