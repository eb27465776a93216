// The desk's other pages: which there are, who may open them, and the address each has.
import { roles, takesPart, type Role } from '#contract/roles'

export const deskPages = [
  'boards',
  'roster',
  'windows',
  'devices',
  'kpi',
  'hygiene',
  'daily',
  'past',
  'viewing',
  'quarantine',
  'responsibility',
  'scenarios',
  'neighbours',
  'notices',
  'operation',
  'accounts',
  'wishes',
  'audit',
  'own',
] as const
export type DeskPage = (typeof deskPages)[number]

/** Those that stand in the bar where there is room; all of them stand behind 更多. */
export const inTheBar: readonly DeskPage[] = ['boards', 'roster', 'kpi']

const rolesWithPart = roles.filter(takesPart)
/** Absent: whoever has a part in cases. */
const leads: readonly Role[] = ['duty-officer', 'chief']
const watch: readonly Role[] = ['duty-officer', 'administrator']
const only: Partial<Record<DeskPage, readonly Role[]>> = {
  devices: [...leads, 'administrator'],
  kpi: leads,
  hygiene: leads,
  daily: leads,
  past: leads,
  viewing: [...rolesWithPart, 'administrator', 'security-administrator'],
  quarantine: watch,
  responsibility: [...rolesWithPart, 'administrator'],
  scenarios: [...rolesWithPart, 'administrator'],
  neighbours: watch,
  notices: watch,
  operation: ['administrator'],
  accounts: ['administrator', 'security-administrator'],
  wishes: ['security-administrator'],
  audit: ['audit-administrator'],
  own: roles.filter((role) => role !== 'wall'),
}

/** Who has no part in cases begins at what is theirs to keep: no list, however empty. */
export const homeOf: Partial<Record<Role, DeskPage>> = {
  administrator: 'operation',
  'security-administrator': 'accounts',
  'audit-administrator': 'audit',
}

/** What stands in their bar beside it; all that is theirs stands behind 更多. */
export const besideHome: Partial<Record<Role, readonly DeskPage[]>> = {
  administrator: ['devices', 'quarantine', 'scenarios'],
  'security-administrator': ['wishes'],
}

export const mayOpen = (page: DeskPage, role: Role | undefined): boolean =>
  role !== undefined && (only[page] ?? rolesWithPart).includes(role)

/** Whether the number of a case leads to it. */
export const opensCases = (role: Role | undefined): boolean => role !== undefined && takesPart(role)

/** `#/kpi`. Null is the desk itself, with its three lists. `about`: what of it is to be looked at, `#/quarantine/edge-box-1`. */
export const addressOf = (page: DeskPage | null, about?: string): string =>
  (page ? `#/${page}` : '#/') + (about === undefined ? '' : `/${encodeURIComponent(about)}`)

/** Null where the address names the page alone. */
export function aboutAt(hash: string): string | null {
  const [, about] = hash.replace(/^#\/?/, '').split('/')
  try {
    return about ? decodeURIComponent(about) : null
  } catch {
    // An address that was cut in the middle of a sign names nothing.
    return null
  }
}

export function pageAt(hash: string): DeskPage | null {
  const name = hash.replace(/^#\/?/, '').split('/')[0]
  return deskPages.find((page) => page === name) ?? null
}
