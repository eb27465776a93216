// What the grid of turns draws: groups of people, their week, the stretches in which nobody stands. Made by whoever knows the roster.
export interface TurnSays {
  /** The shift's. */
  id: string
  /** Of the day, 0 … 1. */
  from: number
  to: number
  /** In what of it lies in this day: 08–20, and of a night 20– and –08. */
  words: string
  whole: string
  isNow: boolean
  /** Somebody is asked to take it over. */
  isAsked: boolean
}
export interface RosterRowSays {
  key: string
  name: string
  isNow: boolean
  /** Said under the name where there are no turns to be seen. */
  note?: string | undefined
  days: readonly (readonly TurnSays[])[]
}
export interface RosterGroupSays {
  key: string
  words: string
  /** By day, the stretches without enough people. */
  gaps: readonly (readonly { from: number; to: number; words: string }[])[]
  rows: readonly RosterRowSays[]
}
