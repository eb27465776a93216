// What residents ask of the security administrator, at the server: the list, what a yes would erase, and the word on it.
import type { Instant } from '#contract/ids'
import type { PersonalWish, WishNo, WishWeight } from '#contract/personal-wish'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export type ListedWish = PersonalWish & { answerBy: Instant | null }
export interface WishList {
  now: Instant
  /** Of whoever decided or asks to see more. Of residents there is none. */
  names: Record<string, string>
  wishes: ListedWish[]
}
export interface WishDecided {
  erased: Omit<WishWeight, 'stillOpen'> | null
}

const at = (id: string) => `/api/personal/wishes/${encodeURIComponent(id)}`
export const askWishes = (fetch: Fetch): Promise<Asked<WishList>> => ask(fetch, '/api/personal/wishes')
export const weighWish = (fetch: Fetch, id: string): Promise<Asked<{ weighs: WishWeight | null }>> => ask(fetch, at(id))
export const grantWish = (fetch: Fetch, id: string): Promise<Asked<WishDecided>> =>
  ask(fetch, at(id), posted('POST', { grant: true }))
export const refuseWish = (fetch: Fetch, id: string, { reason, words }: WishNo): Promise<Asked<WishDecided>> =>
  ask(fetch, at(id), posted('POST', { grant: false, reason, ...(words && { words }) }))
