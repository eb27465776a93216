// Who may make and change whose account: 三员分立. Nobody becomes an administrator, or stops being one, and nobody changes their own rights.
import type { Person, Viewer } from '#contract/person'
import { isAdministrator, type Role } from '#contract/roles'
import type { Accounts } from '../records/port-people.ts'
import type { AnyRefusal } from './identity-refusal.ts'

/** Whom the first administrator makes, before anybody keeps the accounts. */
const handedOver = ['security-administrator', 'audit-administrator'] as const

/** Of those two, the ones there never were: one that was withdrawn counts, or its like could be had by ending it. */
export async function missingAdministrators(accounts: Pick<Accounts, 'everHeld'>): Promise<Role[]> {
  const ever = await Promise.all(handedOver.map((role) => accounts.everHeld(role)))
  return handedOver.filter((_role, nth) => !ever[nth])
}

export async function mayMake(
  by: Viewer,
  role: Role,
  accounts: Pick<Accounts, 'everHeld'>,
): Promise<AnyRefusal | null> {
  if (by.role === 'security-administrator') return null
  if (!handedOver.some((one) => one === role)) return 'role-not-allowed'
  return (await missingAdministrators(accounts)).includes(role) ? null : 'administrator-made'
}

export function mayChange(by: Viewer, person: Person, wished: Partial<Person>): AnyRefusal | null {
  const { role = person.role } = wished
  const isOtherRight = role !== person.role || wished.post !== undefined || wished.placeIds !== undefined
  if (by.personId === person.id && isOtherRight) return 'account-own'
  if (role !== person.role && (isAdministrator(role) || isAdministrator(person.role))) return 'administrator-apart'
  return null
}
