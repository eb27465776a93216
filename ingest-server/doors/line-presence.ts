// Where the phones are: in memory only, the last place and twenty minutes of trail, forgotten when they have long been silent.
import type { Instant, PersonId } from '#contract/ids'
import type { Presence } from '#contract/person'
import type { PlacedPoint } from '#contract/point'

const trailMinutes = 20
/** A phone reports every few seconds; a line on the map needs a point every ten. */
const trailStep = 10_000
const kept = trailMinutes * 60_000

export interface Presences {
  moved(personId: PersonId, to: PlacedPoint, at: Instant): void
  /** As they stand now; who has not been heard of for twenty minutes is no longer among them. */
  all(now: Instant): Presence[]
  forget(personId: PersonId): void
}

export function openPresences(): Presences {
  const known = new Map<PersonId, Omit<Presence, 'trail'> & { trail: { at: Instant; wgs84: Presence['wgs84'] }[] }>()

  return {
    moved(personId, { given, wgs84 }, at) {
      const trail = (known.get(personId)?.trail ?? []).filter((one) => at - one.at < kept)
      const last = trail.at(-1)
      if (!last || at - last.at >= trailStep) trail.push({ at, wgs84 })
      const { accuracy } = given
      known.set(personId, { personId, wgs84, at, ...(accuracy !== undefined && { accuracy }), trail })
    },
    all(now) {
      for (const [id, { at }] of known) if (now - at >= kept) known.delete(id)
      return [...known.values()].map(({ trail, ...presence }) => ({
        ...presence,
        trail: trail.filter((one) => now - one.at < kept).map((one) => one.wgs84),
      }))
    },
    forget: (personId) => void known.delete(personId),
  }
}
