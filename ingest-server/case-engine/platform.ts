// A platform that gave us an order and speaks of it afterwards: urges, adds, grants or refuses what was asked of it, says how its call back went.
import type { Actor, Case } from '#contract/case'
import type { PersonWish, Wish } from '#contract/command'
import type { Instant, PersonId, SourceId } from '#contract/ids'
import type { Doer } from './doer.ts'

export type PlatformWish = Extract<PersonWish, { type: 'urge' | 'note' | 'approve' | 'reject' | 'callback' }>

const platformWishes: Record<PlatformWish['type'], true> = {
  urge: true,
  note: true,
  approve: true,
  reject: true,
  callback: true,
}
export const isPlatforms = (wish: Wish): wish is PlatformWish => wish.type in platformWishes

/** Only a hotline's order: a camera platform that sent an alert has nothing to say to what we do about it. */
export const isOrderOf = ({ sources }: Pick<Case, 'sources'>, id: SourceId): boolean =>
  sources.some(({ key, channel }) => channel === 'hotline' && key.startsWith(`${id}/`))

/** What is said from above of a case that is not an order of theirs: asked how it stands, or told. Nothing is granted so. */
export const isSaidFromAbove = (wish: PlatformWish, above: string | undefined): boolean =>
  above !== undefined && (wish.type === 'urge' || wish.type === 'note')

/**
 * It stands above the street and asks as a duty officer may; besides, a scenario may keep a grant for it alone (`platform`).
 * In the story it goes by its own name, as the source it is.
 */
export const platformDoer = (
  by: Extract<Actor, { kind: 'source' }>,
  now: Instant,
  name: string | undefined = by.id,
): Doer => ({
  person: {
    id: by.id as string as PersonId,
    ...{ name, role: 'duty-officer', post: 'command', body: '' },
    ...{ placeIds: [], skills: [], onDuty: false, platform: true },
  },
  ...{ by, now, claimedAt: undefined },
})
