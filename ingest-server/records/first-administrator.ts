// Somebody must be able to sign in to an empty house: the first administrator, with a password shown once.
import { PersonId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Accounts } from './port-people.ts'
import type { Random } from './token.ts'

/** No 0/O, no 1/l/I: it is read off a terminal and typed. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Four groups of four letters out of 32: 80 bits. */
export const drawPassword = (random: Random): string =>
  [...random(16)].map((byte, at) => (at % 4 === 0 && at > 0 ? '-' : '') + letters[byte % letters.length]).join('')

/** Null where somebody can sign in already. */
export async function firstAdministrator(
  accounts: Accounts,
  random: Random,
  now: Instant,
): Promise<{ id: PersonId; password: string } | null> {
  if (accounts.people().size > 0) return null
  const id = PersonId.parse('admin')
  const password = drawPassword(random)
  await accounts.add(
    {
      id,
      password,
      name: '管理员',
      role: 'administrator',
      post: 'command',
      body: '',
      placeIds: [],
      skills: [],
      given: true,
    },
    now,
  )
  return { id, password }
}
