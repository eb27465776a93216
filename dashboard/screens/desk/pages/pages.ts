// The desk's other pages: which there are, who may open them, and the address each has.
import type { Role } from '#contract/roles'

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
  'audit',
  'own',
] as const
export type DeskPage = (typeof deskPages)[number]

/** Those that stand in the bar where there is room; all of them stand behind 更多. */
export const inTheBar: readonly DeskPage[] = ['boards', 'roster', 'kpi']

/** Absent: whoever has a desk. */
const leads: readonly Role[] = ['duty-officer', 'chief', 'administrator']
const only: Partial<Record<DeskPage, readonly Role[]>> = {
  devices: leads,
  kpi: leads,
  hygiene: leads,
  daily: leads,
  past: leads,
  quarantine: ['duty-officer', 'administrator'],
  neighbours: ['duty-officer', 'administrator'],
  notices: ['duty-officer', 'administrator'],
  operation: ['administrator'],
  accounts: ['administrator', 'security-administrator'],
  audit: ['audit-administrator'],
}

/** Who has no part in cases has one page, and their own account: no list, however empty. */
export const homeOf: Partial<Record<Role, DeskPage>> = {
  'security-administrator': 'accounts',
  'audit-administrator': 'audit',
}

/** Who sees cases and handles none begins at what is theirs to keep; the lists are a press away. */
export const beginsAt: Partial<Record<Role, DeskPage>> = { administrator: 'devices' }

export function mayOpen(page: DeskPage, role: Role | undefined): boolean {
  if (role === undefined) return false
  const home = homeOf[role]
  if (page === 'viewing') return role !== 'audit-administrator' && role !== 'wall'
  return home ? page === home || page === 'own' : (only[page]?.includes(role) ?? true)
}

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
