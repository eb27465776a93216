// A row drawn aside by a finger: when that is a wish, and when it is only somebody scrolling. Pure: pixels in, an answer out.

export type Side = 'left' | 'right'
/** Which sides do anything on this row. */
export type Open = Readonly<Record<Side, boolean>>

/** So far before it is known which way the finger goes. */
const slack = 10
/** Letting go beyond it does the deed; before it the row goes back. */
export const far = 96
/** Beyond the deed it only gives way a little. */
const give = 0.25

export interface Swipe {
  /** How far the row is drawn; to the right above zero. */
  dx: number
  /** The side whose deed would be done now; null where letting go does nothing. */
  armed: Side | null
  /** A finger on its way up or down the list is left to the list for good. */
  way: 'unknown' | 'aside' | 'scroll'
}

export const atRest: Swipe = { dx: 0, armed: null, way: 'unknown' }

/** `dx`, `dy`: from where the finger came down. */
export function drawn(before: Swipe, dx: number, dy: number, open: Open): Swipe {
  if (before.way === 'scroll') return before
  const way = before.way === 'aside' ? 'aside' : wayOf(dx, dy)
  if (way !== 'aside') return { ...atRest, way }
  const side: Side = dx > 0 ? 'right' : 'left'
  if (!open[side]) return { dx: 0, armed: null, way }
  const length = Math.abs(dx)
  const shown = length <= far ? length : far + (length - far) * give
  return { dx: dx > 0 ? shown : -shown, armed: length >= far ? side : null, way }
}

/** Aside only where it is plainly so: twice as far across as along. */
function wayOf(dx: number, dy: number): Swipe['way'] {
  if (Math.hypot(dx, dy) < slack) return 'unknown'
  return Math.abs(dx) >= Math.abs(dy) * 2 ? 'aside' : 'scroll'
}
