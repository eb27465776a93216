// The doors at which people are kept: my account, all accounts, the audit, the site's sign-in service.
import type { Router } from 'express'
import type { Ground } from '#contract/ground'
import { openAccountsDoor } from '../doors/accounts.ts'
import { openAuditDoor } from '../doors/audit.ts'
import { openOwnAccountDoor } from '../doors/own-account.ts'
import { openCookieGiver } from '../doors/session.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { SignIn } from '../doors/sign-in.ts'
import { openSsoProvider } from '../doors/sso-provider.ts'
import { openSsoDoor } from '../doors/sso.ts'
import type { Journal } from '../journal/journal.ts'
import { verify } from '../journal/verify.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import type { World } from './world.ts'

interface Needs {
  config: Pick<Config, 'origins' | 'secure'> & Partial<Pick<Config, 'sso'>>
  records: Records
  signIn: SignIn
  ground: Ground
  viewerOf: ViewerOf
  world: Pick<World, 'now' | 'random'>
  journal: Journal
  fetch: typeof fetch
  onFault: (fault: unknown) => void
}

export function openIdentityDoors(needs: Needs): { router: Router; close: () => void }[] {
  const { config, records, signIn, ground, viewerOf, world, journal, fetch, onFault } = needs
  const { now, random } = world
  const { origins, secure, sso } = config
  const provider = sso ? openSsoProvider({ setting: sso, fetch, now }) : null
  const give = openCookieGiver({ ...records, now, secure })
  return [
    openOwnAccountDoor({ ...records, signIn, now, origins, secure }),
    openAccountsDoor({ ...records, ground, viewerOf, random, now, origins }),
    openAuditDoor({
      ...{ audit: records.audit, auditBook: records.auditBook, viewerOf, now, origins },
      verify: () => verify(journal, [], { deep: false }),
    }),
    openSsoDoor({ ...records, provider, signIn, give, now, origins, secure, onFault }),
  ]
}
