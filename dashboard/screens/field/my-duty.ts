// My own turns, what is asked of me, and what the turn before left for me. Pure.
import type { Duty, HandOver, Shift } from '#contract/duty'
import type { Instant, PersonId, PlaceId } from '#contract/ids'

export interface MyDuty {
  /** The one that runs, or the next one to come. */
  now: Shift | null
  next: Shift | null
  /** Colleagues who ask me to take theirs. */
  asked: Shift[]
  /** Left for my places, the newest first; those nobody has taken over before the others. */
  notes: HandOver[]
}

export function myDuty(duty: Duty, me: PersonId, places: readonly PlaceId[], now: Instant): MyDuty {
  const mine = duty.shifts.filter((shift) => shift.personId === me && shift.to > now).sort((a, b) => a.from - b.from)
  const running = mine.find((shift) => shift.from <= now) ?? null
  return {
    now: running,
    next: mine.find((shift) => shift.from > now) ?? null,
    asked: duty.shifts.filter((shift) => shift.swap?.with === me && shift.to > now),
    notes: duty.handOvers
      .filter((note) => places.includes(note.placeId))
      .sort((a, b) => Number(Boolean(a.taken)) - Number(Boolean(b.taken)) || b.at - a.at),
  }
}
