// Addresses for building groups: a true street nearby, an invented lane, as many numbers as there are houses.
import type { Facts } from './facts.ts'
import { toRing } from './mesh.ts'
import type { Grid } from './places.ts'
import { distance, distanceToSegment, middle, minus, segments, toPlane, type Ring, type XY } from '../plane.ts'
import { firstNumber, roadEn } from './words.ts'

export interface Address {
  zh: string
  en: string
}

interface Street {
  name: string
  line: Ring
}

/** Makes one address after the other; no lane number is given twice on a street. */
export function addressBook(facts: Facts) {
  const streets: Street[] = facts.roads
    .filter((road) => road.class !== 'tunnel')
    .map((road) => ({ name: road.name.split('/').at(-1) ?? road.name, line: road.line.map(toPlane) }))
  const taken = new Set<string>()

  /** `houses` holds how many houses stand in each of the grid's leaves, in their order. */
  return function addresses(grid: Grid, houses: number[]): Address[] {
    const centre = middle(toRing(grid.loop))
    const { street, metres, side } = nearest(streets, centre)
    let lane = (firstNumber[street.name] ?? 100) + 2 * Math.round(metres / 7) + (side > 0 ? 0 : 1)
    while (taken.has(`${street.name}${lane}`)) lane += 2
    taken.add(`${street.name}${lane}`)
    let door = 1
    return houses.map((count) => {
      const first = door
      const last = door + Math.max(1, count) - 1
      door = last + 1
      const numbers = first === last ? `${first}` : `${first}-${last}`
      const word = first === last ? 'No.' : 'Nos.'
      return {
        zh: `${street.name}${lane}弄${numbers}号`,
        en: `${word} ${numbers}, Lane ${lane}, ${roadEn[street.name] ?? street.name}`,
      }
    })
  }
}

/** The street passing closest, how far along it, and on which side. */
function nearest(streets: Street[], p: XY): { street: Street; metres: number; side: number } {
  const all = streets.flatMap((street) => {
    let before = 0
    return segments(street.line).map(([a, b]) => {
      const [way, to] = [minus(b, a), minus(p, a)]
      const from = before
      before += distance(a, b)
      return {
        street,
        off: distanceToSegment(p, a, b),
        metres: from + Math.max(0, Math.min(distance(a, b), (way[0] * to[0] + way[1] * to[1]) / distance(a, b))),
        side: way[0] * to[1] - way[1] * to[0],
      }
    })
  })
  return all.reduce((best, next) => (next.off < best.off ? next : best))
}
