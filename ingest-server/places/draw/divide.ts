// Dividing an area into as many parts as it must have, each with the same amount of buildable ground, square to the streets.
import { share, type Piece } from './areas.ts'
import type { Bearing } from './bearing.ts'
import { cutStraight } from './cut.ts'
import { dot, middle, minus, type Ring, type XY } from '../plane.ts'

/** In reading order: north before south, west before east, as far as the cuts allow. */
export function divide(piece: Piece, parts: number, bearing: Bearing): Piece[] {
  if (parts <= 1) return [piece]
  const cut = bestCut(piece, parts, bearing)
  return [...divide(cut.first, cut.firstParts, bearing), ...divide(cut.second, parts - cut.firstParts, bearing)]
}

interface Cut {
  first: Piece
  second: Piece
  firstParts: number
  badness: number
}

function bestCut(piece: Piece, parts: number, bearing: Bearing): Cut {
  const spots = piece.spots.length >= parts ? piece.spots : piece.ring
  const centre = middle(spots)
  const angle = bearing(centre)
  const cuts: Cut[] = []
  // With a cut along the angle left is north; with one across it, turned back by a right angle, left is west when reversed.
  for (const turn of [0, Math.PI / 2])
    for (const firstParts of new Set([
      Math.ceil(parts / 2),
      Math.floor(parts / 2),
      Math.ceil(parts / 3),
      Math.floor((parts * 2) / 3),
      1,
      parts - 1,
    ])) {
      if (firstParts < 1 || firstParts >= parts) continue
      const up: XY = [-Math.sin(angle + turn), Math.cos(angle + turn)]
      const heights = spots.map((p) => dot(minus(p, centre), up)).sort((a, b) => b - a)
      const h = heights[Math.floor((heights.length * firstParts) / parts)] ?? 0
      const { left, right } = cutStraight(piece.ring, [centre[0] + up[0] * h, centre[1] + up[1] * h], angle + turn)
      const [one] = left
      const [other] = right
      if (!one || !other || left.length > 1 || right.length > 1) continue
      const [first, second] = share(piece.spots, one, other)
      const uneven = 0.6 * Math.abs(firstParts / parts - 0.5)
      cuts.push({ first, second, firstParts, badness: Math.max(long(first, angle), long(second, angle)) + uneven })
    }
  const [sound] = cuts.sort((a, b) => a.badness - b.badness)
  if (!sound) throw new Error(`no straight cut divides a piece of ${piece.ring.length} corners in two`)
  return sound
}

/** How many times longer than wide, seen square to the streets. */
function long(piece: Piece, angle: number): number {
  const points: Ring = piece.spots.length > 3 ? piece.spots : piece.ring
  const us = points.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle))
  const vs = points.map(([x, y]) => y * Math.cos(angle) - x * Math.sin(angle))
  const wide = Math.max(...us) - Math.min(...us) + 4
  const high = Math.max(...vs) - Math.min(...vs) + 4
  return Math.max(wide / high, high / wide)
}
