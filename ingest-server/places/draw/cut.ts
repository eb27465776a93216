// Cutting a polygon in two, along a straight line or along a street.
import { difference, intersection } from 'polyclip-ts'
import { along, anticlockwise, distance, minus, signedArea, type Ring, type XY } from '../plane.ts'

const far = 6_000

/** The pieces left and right of the line, slivers under a square metre dropped. */
export interface Halves {
  left: Ring[]
  right: Ring[]
}

function halves(ring: Ring, leftSide: Ring): Halves {
  const keep = (pieces: readonly (readonly (readonly [number, number])[])[][]): Ring[] =>
    pieces
      .map((piece) => anticlockwise((piece[0] ?? []).slice(1).map(([x, y]): XY => [x, y])))
      .filter((piece) => Math.abs(signedArea(piece)) > 1)
  return { left: keep(intersection([ring], [leftSide])), right: keep(difference([ring], [leftSide])) }
}

/** Left of a line through `p` that runs in direction `angle`. */
export function cutStraight(ring: Ring, p: XY, angle: number): Halves {
  return halves(ring, [
    along(p, angle, -far, 0),
    along(p, angle, far, 0),
    along(p, angle, far, far),
    along(p, angle, -far, far),
  ])
}

/** Along a street, which is thought of as going on straight past both its ends. */
export function cutAlong(ring: Ring, street: Ring): Halves {
  const first = street[0] as XY
  const last = street.at(-1) as XY
  const start = beyond(street[1] as XY, first)
  const end = beyond(street.at(-2) as XY, last)
  const angle = Math.atan2(last[1] - first[1], last[0] - first[0])
  return halves(ring, [start, ...street, end, along(end, angle, 0, far), along(start, angle, 0, far)])
}

function beyond(from: XY, to: XY): XY {
  const way = minus(to, from)
  const scale = far / distance(from, to)
  return [to[0] + way[0] * scale, to[1] + way[1] * scale]
}
