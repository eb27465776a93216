// The accounts and the audit at the server, for the two who keep them.
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Role } from '#contract/roles'
import { ask, posted, query, type Asked, type Fetch } from './ask.ts'
import { done } from './own-account.ts'

export interface Account extends Person {
  code: boolean
  waitsUntil: Instant | null
  sessions: number
  seenAt: Instant | null
}
export interface Accounts {
  accounts: Account[]
  mayMake: Role[]
}
export type Rights = Pick<Person, 'name' | 'role' | 'post' | 'body' | 'placeIds'>
export type AccountDeed = 'password' | 'unlock' | 'code' | 'sessions' | 'sso' | 'withdraw'

export interface AuditLine {
  line: number
  at: Instant
  who: string
  what: string
  about: string
}
export type Verdict = { at: Instant } & (
  { sound: true; head: { revision: number } } | { sound: false; revision: number; why: string }
)
export interface AuditPage {
  lines: AuditLine[]
  more: boolean
  whats: string[]
  journal: Verdict | null
}
export interface AuditSearch {
  who: string
  what: string
  about: string
  from: Instant | null
  until: Instant | null
}

const at = (id: string) => `/api/accounts/${encodeURIComponent(id)}`
export const askAccounts = (fetch: Fetch): Promise<Asked<Accounts>> => ask(fetch, '/api/accounts')
export const addAccount = (fetch: Fetch, id: string, rights: Rights): Promise<Asked<{ password: string }>> =>
  ask(fetch, '/api/accounts', posted('POST', { id, ...rights }))
export const changeAccount = (fetch: Fetch, id: string, rights: Partial<Rights>): Promise<Asked<object>> =>
  ask(done(fetch), at(id), posted('PUT', rights))

const deeds: Record<AccountDeed, [method: string, path: string]> = {
  password: ['POST', '/password'],
  unlock: ['POST', '/unlock'],
  code: ['DELETE', '/code'],
  sessions: ['DELETE', '/sessions'],
  sso: ['DELETE', '/sso'],
  withdraw: ['DELETE', ''],
}
/** A new password comes back with `password`, shown this once. */
export function doToAccount(fetch: Fetch, id: string, deed: AccountDeed): Promise<Asked<{ password?: string }>> {
  const [method, path] = deeds[deed]
  return ask(done(fetch), `${at(id)}${path}`, { method })
}

export const askAudit = (fetch: Fetch, search: AuditSearch, before: number | null): Promise<Asked<AuditPage>> =>
  ask(fetch, `/api/audit${query({ ...search, before })}`)
export const auditSheet = (search: AuditSearch): string => `/api/audit.csv${query({ ...search })}`
export const verifyJournal = (fetch: Fetch): Promise<Asked<Verdict>> =>
  ask(fetch, '/api/audit/verify', { method: 'POST' })
