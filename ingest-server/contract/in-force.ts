// Is a place what it says it is on that day? A boundary that is cut anew is a new place; the old one keeps its past. No zod: screens ask this too.
import type { Place } from './places.ts'

type Dated = Pick<Place, 'from' | 'until'>

export const isDated = ({ from, until }: Dated): boolean => from !== undefined || until !== undefined

/** `date`: a local day, `2026-11-21`; null asks for what has no last day. Both its first day and its last belong to a place. */
export const isInForce = ({ from, until }: Dated, date: string | null): boolean =>
  date === null ? until === undefined : (from === undefined || from <= date) && (until === undefined || date <= until)
