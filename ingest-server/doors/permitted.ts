// What a rule of the registry says: who may come to a door, how far they see there, what proves who they are, what is written down.
import type { Role } from '#contract/roles'

/**
 * `anybody`: what is behind it is public, or the door itself asks for a proof that is no session (a source's key, a link, a
 * receipt). A list: only a session of one of these roles.
 */
export type Who = 'anybody' | readonly Role[]

/** How much of the street is behind it: all of it, the cases and places of the asker's own ground, one case by its link, or none. */
export type Reach = 'street' | 'own' | 'case' | 'none'

/** What shows who it is. `nothing`: it is for everybody; `here`: it comes from this very machine, or by a session. */
export type Proof = 'session' | 'key' | 'link' | 'receipt' | 'password' | 'here' | 'nothing'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'

export interface RouteRule {
  method: Method
  /** As express writes it; a `*` at the end stands for whatever follows. */
  path: string
  who: Who
  reach: Reach
  proof: Proof
  /** The audit's word for it; null where nothing is written down. */
  audit: string | null
  /** False only where no cookie counts, or nothing is changed: a page of somebody else's may then not act through it. */
  origin: boolean
  /** Of these, whoever has an authenticator gives a code of the last minutes. */
  fresh?: readonly Role[]
  /** An answer that is still under way ends with the right to it. */
  cut: boolean
}

export const everyone: readonly Role[] = [
  'duty-officer',
  'chief',
  'officer',
  'property',
  'wall',
  'administrator',
  'security-administrator',
  'audit-administrator',
]
/** Who sees the board at all. */
export const lookers: readonly Role[] = ['duty-officer', 'chief', 'officer', 'property', 'wall']
export const people = everyone.filter((role) => role !== 'wall')
/** Whoever works on cases. */
export const staff = lookers.filter((role) => role !== 'wall')
/** Those the street answers to. */
export const leaders: readonly Role[] = ['duty-officer', 'chief']
/** Whoever sees to it that what is sent in is heard and what is told goes out: of the cases, the one of them; of the system, the other. */
export const watch: readonly Role[] = ['duty-officer', 'administrator']
export const administrator: readonly Role[] = ['administrator']
export const security: readonly Role[] = ['security-administrator']
export const auditor: readonly Role[] = ['audit-administrator']
export const walls: readonly Role[] = ['wall']
