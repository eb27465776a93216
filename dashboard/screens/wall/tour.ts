// The tour of the wall: where it stands, when it goes on, what holds it; and the view of the hour. Told by what has passed, never by a clock of its own.
import type { Instant } from '#contract/ids'
import type { Place } from '#contract/places'
import type { WallSite, WallView } from '#contract/wall-site'
import { minuteOfDay } from '../../words/moments.ts'
import { minutesOf } from './night.ts'

export type Tour = NonNullable<WallSite['tour']>

export interface TourState {
  /** Null: as the site says. */
  isOn: boolean | null
  isHeld: boolean
  /** Which stop, and how long it has stood there. */
  at: number
  spentMs: number
}

export const atStart: TourState = { isOn: null, isHeld: false, at: 0, spentMs: 0 }

/** Whoever touched the wall wants to look at what they touched. */
export const touchMs = 120_000

/** Where the site names none: the whole and its blocks, half a minute each, and off until somebody wants it. */
export const ownTour = (blocks: readonly Pick<Place, 'id'>[]): Tour => ({
  seconds: 30,
  stops: [{ kind: 'whole' }, ...blocks.map(({ id }): WallView => ({ kind: 'place', placeId: id }))],
  on: false,
})

export type Holding = 'off' | 'alarm' | 'held' | 'touched' | null

export interface Around {
  /** Somebody must sign for a level I or II: the wall shows the whole until they have. */
  isAlarm: boolean
  /** Milliseconds since a hand was last at the wall. */
  sinceTouch: number
}

export function holding(state: TourState, tour: Tour, around: Around): Holding {
  if (!(state.isOn ?? tour.on)) return 'off'
  if (around.isAlarm) return 'alarm'
  if (state.isHeld) return 'held'
  return around.sinceTouch < touchMs ? 'touched' : null
}

/** `passedMs` of standing in sight. */
export function passed(state: TourState, tour: Tour, around: Around, passedMs: number): TourState {
  if (holding(state, tour, around)) return state
  const spentMs = state.spentMs + passedMs
  return spentMs < tour.seconds * 1_000 ? { ...state, spentMs } : stepped(state, tour, 1)
}

export function stepped(state: TourState, tour: Tour, by: 1 | -1): TourState {
  const stops = tour.stops.length
  return { ...state, at: (stopAt(state, tour) + by + stops) % stops, spentMs: 0 }
}

/** A tour made shorter since begins again at its start. */
export const stopAt = ({ at }: Pick<TourState, 'at'>, tour: Tour): number => (at < tour.stops.length ? at : 0)

export function viewOf(state: TourState, tour: Tour, around: Around): WallView | null {
  const why = holding(state, tour, around)
  return why === 'off' || why === 'alarm' ? null : (tour.stops[stopAt(state, tour)] ?? null)
}

/** The last that has begun holds, through midnight too. */
export function presetAt(presets: WallSite['presets'], now: Instant): WallView | null {
  const minutes = minuteOfDay(now)
  const inOrder = presets.map(({ from, view }) => ({ from: minutesOf(from), view })).sort((a, b) => a.from - b.from)
  return (inOrder.filter(({ from }) => from <= minutes).at(-1) ?? inOrder.at(-1))?.view ?? null
}

/** As it was kept over a reload; whatever else was kept there is no tour. */
export function tourFrom(kept: unknown): TourState {
  if (typeof kept !== 'object' || kept === null) return atStart
  const { isOn, isHeld, at } = kept as Partial<TourState>
  return {
    isOn: typeof isOn === 'boolean' ? isOn : null,
    isHeld: isHeld === true,
    at: Number.isInteger(at) && (at as number) >= 0 ? (at as number) : 0,
    spentMs: 0,
  }
}
