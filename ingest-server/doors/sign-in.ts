// Who is it: name, password, a new password where one is owed, a code where one is set up. The same at every door that asks.
import type { Request } from 'express'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import type { KnownDevices, SecondFactors, SignInTries } from '../records/port-identity.ts'
import type { Accounts } from '../records/port-people.ts'
import type { Audit } from '../records/port.ts'
import { whyNotPassword } from '../records/usual-passwords.ts'
import type { AnyRefusal } from './identity-refusal.ts'
import { addressOf } from './session-limits.ts'
import { deviceTokenOf } from './session-device.ts'

export interface SignInNeeds {
  accounts: Pick<Accounts, 'check' | 'people' | 'mustChange' | 'setPassword'>
  factors: Pick<SecondFactors, 'has' | 'check'>
  signInTries: SignInTries
  devices: Pick<KnownDevices, 'knows'>
  audit: Audit
  now: () => Instant
}

export interface Asked {
  name: string
  password: string
  code?: string | undefined
  /** In the place of a password that somebody else gave. */
  fresh?: string | undefined
}

/** `until`: when they may try again. `provenAt`: a code was right. */
export type Proved = { person: Person; provenAt: Instant | null } | { refusal: AnyRefusal; until?: Instant }

export interface SignIn {
  /** Counted before it is looked at; what is wrong costs a try, whichever part of it. */
  prove(asked: Asked, req: Request): Promise<Proved>
  /** A code alone, of somebody who is signed in. */
  proveCode(person: Person, code: string, req: Request): Promise<Extract<Proved, { refusal: AnyRefusal }> | null>
}

export const openSignIn = ({ accounts, factors, signInTries, audit, now }: SignInNeeds): SignIn => {
  const write = (who: string, what: string, about: string) => audit.write({ at: now(), who, what, about })

  async function failed(name: string, what: string, req: Request): Promise<void> {
    // A password typed into the field for the name must not stand in the audit: only names that are somebody's are written.
    const who = [...accounts.people().keys()].find((id) => id === name) ?? 'unknown'
    await write(who, what, addressOf(req))
    const until = await signInTries.waits(name, now())
    if (until !== null) await write(who, 'sign-in-locked', `${addressOf(req)} → ${new Date(until).toISOString()}`)
  }

  /** Null: right. */
  async function codeOf(person: Person, code: string, req: Request): Promise<AnyRefusal | null> {
    const said = await factors.check(person.id, code, now())
    if (said === 'recovered') await write(person.id, 'recovery-code-used', addressOf(req))
    if (said === 'right' || said === 'recovered') return null
    await failed(person.id, 'code-failed', req)
    return said === 'spent' ? 'code-spent' : 'code-wrong'
  }

  return {
    async prove({ name, password, code, fresh }, req) {
      const trying = { name, address: addressOf(req), device: deviceTokenOf(req) }
      const until = await signInTries.begin(trying, now())
      if (until !== null) return { refusal: 'sign-in-waits', until }
      const id = await accounts.check(name, password)
      const person = id === null ? undefined : accounts.people().get(id)
      if (!person) {
        await failed(name, 'sign-in-failed', req)
        return { refusal: 'wrong-password' }
      }
      const owed = await accounts.mustChange(person.id)
      if (owed && fresh === undefined) return { refusal: 'password-must-change' }
      const weak = owed && fresh !== undefined ? whyNotFresh(person, password, fresh) : null
      if (weak) return { refusal: weak }
      const asksCode = factors.has(person.id)
      if (asksCode && !code) return { refusal: 'code-needed' }
      const wrong = asksCode && code ? await codeOf(person, code, req) : null
      if (wrong) return { refusal: wrong }
      if (owed && fresh !== undefined) {
        await accounts.setPassword(person.id, fresh)
        await write(person.id, 'password-changed', person.id)
      }
      await signInTries.passed(trying)
      return { person, provenAt: asksCode ? now() : null }
    },
    async proveCode(person, code, req) {
      const trying = { name: person.id, address: addressOf(req), device: deviceTokenOf(req) }
      const until = await signInTries.begin(trying, now())
      if (until !== null) return { refusal: 'sign-in-waits', until }
      const wrong = await codeOf(person, code, req)
      if (wrong === null) await signInTries.passed(trying)
      return wrong === null ? null : { refusal: wrong }
    },
  }
}

export const whyNotFresh = (person: Person, before: string, fresh: string): AnyRefusal | null =>
  before === fresh
    ? 'password-must-change'
    : whyNotPassword(fresh, { role: person.role, names: [person.id, person.name, 'sanping'] })
