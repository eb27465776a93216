// What stands about: bike-sheds, rubbish rooms, micro fire stations, hydrants. No public list exists; all of it is drawn.
import type { z } from 'zod'
import type { Facility, FacilityKind } from '#contract/places'
import type { Chance } from './chance.ts'
import type { Facts } from './facts.ts'
import { toRing } from './mesh.ts'
import { halfWidth } from './obstacles.ts'
import type { DrawnArea, Leaf, Tree } from './places.ts'
import { along, distance, segments, toPlane, type Ring, type XY } from '../plane.ts'
import type { Sheet } from './sheet.ts'

export type FacilityDraft = z.input<typeof Facility>

/** A thing and where it stands on the sheet, so that cameras can be hung near it. */
export interface Thing {
  kind: FacilityKind
  area: DrawnArea
  number: number
  at: XY
  leaf: number
}

const shedPair = { least: 24, most: 41 }
const hydrantsInAll = 90

export function drawThings(facts: Facts, tree: Tree, ground: Sheet, dice: Chance): Thing[] {
  const areas = tree.blocks.flatMap((b) => b.areas)
  return [
    ...areas.flatMap((area, i) => sheds(area, i < 13 ? 4 : 3, ground, dice)),
    ...areas.flatMap((area, i) => rubbishRooms(area, i < 3 ? 4 : 3, ground, dice)),
    ...areas.map((area): Thing =>
      thing('micro-fire-station', area, 1, freeSpot(dice.pick(leavesOf(area)), ground, dice), ground),
    ),
    ...hydrants(facts, areas, ground),
  ]
}

/** The first two of an area always stand next to each other: a fire at the next shed is a second case, and must be told apart. */
function sheds(area: DrawnArea, count: number, ground: Sheet, dice: Chance): Thing[] {
  const [first, second] = pair(area, ground, dice)
  const placed = [first, second]
  for (let tries = 0; placed.length < count && tries < 500; tries++) {
    const at = freeSpot(dice.pick(leavesOf(area)), ground, dice)
    if (placed.every((other) => distance(other, at) > 60)) placed.push(at)
  }
  return placed.map((at, i) => thing('bike-shed', area, i + 1, at, ground))
}

function pair(area: DrawnArea, ground: Sheet, dice: Chance): [XY, XY] {
  const own = new Set(leavesOf(area).map((leaf) => leaf.number))
  for (let tries = 0; tries < 400; tries++) {
    const first = freeSpot(dice.pick(leavesOf(area)), ground, dice)
    const second = along(first, dice.between(0, 2 * Math.PI), dice.between(shedPair.least, shedPair.most), 0)
    if (ground.isFree(second) && own.has(ground.leafAt(second))) return [first, second]
  }
  throw new Error(`no room for two sheds side by side in ${area.short}`)
}

function rubbishRooms(area: DrawnArea, count: number, ground: Sheet, dice: Chance): Thing[] {
  return Array.from({ length: count }, (_, i) =>
    thing('rubbish-room', area, i + 1, freeSpot(dice.pick(leavesOf(area)), ground, dice), ground),
  )
}

/** On the pavements of the named streets, evenly. */
function hydrants(facts: Facts, areas: DrawnArea[], ground: Sheet): Thing[] {
  const kerbs = kerbPoints(facts, 30).filter((at) => ground.leafAt(at) > 0)
  const chosen = Array.from(
    { length: hydrantsInAll },
    (_, i) => kerbs[Math.floor((i * kerbs.length) / hydrantsInAll)] as XY,
  )
  const counted = new Map<DrawnArea, number>()
  return chosen.map((at) => {
    const area = areas.find((a) => leavesOf(a).some((leaf) => leaf.number === ground.leafAt(at))) as DrawnArea
    counted.set(area, (counted.get(area) ?? 0) + 1)
    return thing('hydrant', area, counted.get(area) ?? 1, at, ground)
  })
}

/** Points on the kerbs of the named streets, every `step` metres, now on one side, now on the other. */
export function kerbPoints(facts: Facts, step: number): XY[] {
  return facts.roads
    .filter((road) => road.class !== 'tunnel')
    .flatMap((road) => {
      const line: Ring = road.line.map(toPlane)
      const off = (halfWidth[road.class] ?? 8) - 1.5
      let count = 0
      return segments(line).flatMap(([a, b]) => {
        const angle = Math.atan2(b[1] - a[1], b[0] - a[0])
        const points: XY[] = []
        for (let s = step / 2; s < distance(a, b); s += step)
          points.push(along(a, angle, s, count++ % 2 === 0 ? off : -off))
        return points
      })
    })
}

export const leavesOf = (area: DrawnArea): Leaf[] => area.grids.flatMap((grid) => grid.leaves)

const thing = (kind: FacilityKind, area: DrawnArea, number: number, at: XY, ground: Sheet): Thing => ({
  kind,
  area,
  number,
  at,
  leaf: ground.leafAt(at),
})

/** Some open metre of a leaf; its lanes count, its houses do not. */
export function freeSpot(leaf: Leaf, ground: Sheet, dice: Chance): XY {
  const ring = toRing(leaf.loop)
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])]
  for (let tries = 0; tries < 4_000; tries++) {
    const p: XY = [dice.between(Math.min(...xs), Math.max(...xs)), dice.between(Math.min(...ys), Math.max(...ys))]
    const isOpen = [p, along(p, 0, 2, 0), along(p, 0, -2, 0), along(p, 0, 0, 2), along(p, 0, 0, -2)].every((q) =>
      ground.isFree(q, leaf.number),
    )
    if (isOpen) return p
  }
  throw new Error(`no open metre in leaf ${leaf.number}`)
}
