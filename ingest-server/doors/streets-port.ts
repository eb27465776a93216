// What a street may know of the others of its system, and how it speaks with them.
import type { Words } from '#contract/language'
import { NeighbourId } from '#contract/neighbour'
import type { StreetId } from '#contract/streets'

export interface Streets {
  self: { id: StreetId; words: Words }
  /** Those a case may be handed over to: all that are open, but this one. */
  others(): ReadonlyMap<StreetId, Words>
  /** Where it is asked: `https://dapuqiao.example`; its own where there is no such street any more. */
  originOf(street: StreetId): string
  /** What the one signs with that speaks to the other: `whsec_…`. */
  secretOf(from: StreetId, to: StreetId): string
  fetch: typeof fetch
}

/** All of them are one neighbour: one line in the journal up to which they were told, whatever their number. */
export const streetsNeighbour = NeighbourId.parse('streets')

export const saidPath = '/api/streets/said'
export const picturePath = '/api/streets/pictures'
