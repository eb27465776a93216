// The figure-ground plan: houses along the streets first, then each micro-grid filled with rows of its own style.
import type { Bearing } from './bearing.ts'
import type { Chance } from './chance.ts'
import type { Facts } from './facts.ts'
import { drawStyle, infill, type HouseStyle } from './house-styles.ts'
import { toRing } from './mesh.ts'
import { halfWidth } from './obstacles.ts'
import type { DrawnArea, Leaf, Tree } from './places.ts'
import { along, distance, isInside, middle, segments, signedArea, toPlane, type Ring, type XY } from '../plane.ts'
import { cell, type Sheet } from './sheet.ts'

export interface House {
  leaf: number
  outer: Ring
  /** The yard, for a house that runs all the way round one. */
  inner?: Ring
  floors: number
}

export function drawHouses(facts: Facts, tree: Tree, ground: Sheet, bearing: Bearing, dice: Chance): House[] {
  const houses: House[] = []
  for (const road of facts.roads)
    if (road.class !== 'tunnel')
      houses.push(...streetFronts(road.line.map(toPlane), halfWidth[road.class] ?? 8, ground, dice))
  const areas = tree.blocks.flatMap((b) => b.areas)
  for (const area of areas) houses.push(...areaHouses(area, ground, bearing, dice))
  // What is left over between the rows stays a yard; only corners wider than one are filled with small houses.
  for (const house of houses) block(house.outer, 8, ground)
  for (const area of areas)
    for (const grid of area.grids) {
      const angle = bearing(middle(toRing(grid.loop)))
      houses.push(...grid.leaves.flatMap((leaf) => leafHouses(leaf, infill, angle, ground, dice)))
    }
  const outlines = new Map(
    areas.flatMap((area) =>
      area.grids.flatMap((grid) => grid.leaves.map((leaf) => [leaf.number, toRing(leaf.loop)] as const)),
    ),
  )
  return houses.filter((house) => house.outer.every((corner) => isInside(outlines.get(house.leaf) ?? [corner], corner)))
}

/** Shop houses that face the street, a few metres behind its edge, with gaps where the lanes come out. */
function streetFronts(line: Ring, half: number, ground: Sheet, dice: Chance): House[] {
  const houses: House[] = []
  for (const side of [1, -1])
    for (const [a, b] of segments(line)) {
      const angle = Math.atan2(b[1] - a[1], b[0] - a[0])
      for (let s = 4; s < distance(a, b);) {
        const [length, depth, alley] = [dice.between(20, 46), dice.between(10, 14), dice.between(5, 9)]
        const skip = dice.next() < 0.3
        const near = side * (half + 2.5)
        const ring = rectangle(a, angle, s, s + length, near, near + side * depth)
        const leaf = skip || s + length > distance(a, b) ? 0 : leafUnder(ring, ground)
        if (leaf > 0) {
          houses.push({ leaf, outer: ring, floors: dice.whole(3, 7) })
          block(ring, 7, ground)
          s += length + alley
        } else s += skip ? length : 4
      }
    }
  return houses
}

function areaHouses(area: DrawnArea, ground: Sheet, bearing: Bearing, dice: Chance): House[] {
  return area.grids.flatMap((grid) => {
    const style = drawStyle(area.short, dice)
    const angle = bearing(middle(toRing(grid.loop)))
    // Where a building group is as big as an estate elsewhere, it has a style of its own.
    return grid.leaves.flatMap((leaf) => {
      const isWide = Math.abs(signedArea(toRing(leaf.loop))) > 8_000 && dice.next() < 0.5
      return leafHouses(leaf, isWide ? drawStyle(area.short, dice) : style, angle, ground, dice)
    })
  })
}

/** Rows from the south end up: a row stands where it finds enough free length, else it is tried a metre further north. */
function leafHouses(leaf: Leaf, style: HouseStyle, angle: number, ground: Sheet, dice: Chance): House[] {
  const ring = toRing(leaf.loop)
  const origin = middle(ring)
  const corners = ring.map((p) => along([0, 0], -angle, p[0] - origin[0], p[1] - origin[1]))
  const [us, vs] = [corners.map((c) => c[0]), corners.map((c) => c[1])]
  const [west, east, north] = [Math.min(...us), Math.max(...us), Math.max(...vs)]
  const houses: House[] = []
  for (let v = Math.min(...vs); v < north;) {
    const depth = dice.between(...style.depth)
    const runs = freeRuns(v, depth)
    const useful = runs.filter(([from, to]) => to - from >= style.length[0] * 0.55)
    const filled = useful.reduce((sum, [from, to]) => sum + to - from, 0)
    if (filled < Math.min(style.length[0], (east - west) * 0.3)) {
      v += 1
      continue
    }
    for (const [from, to] of useful)
      for (const [u, length] of houseLengths(to - from, style, dice)) {
        const outer = rectangle(origin, angle, from + u, from + u + length, v, v + depth)
        const wing = style.court
        const yard = wing > 0 && length > wing * 2.6 && depth > wing * 2.4
        houses.push({
          leaf: leaf.number,
          outer,
          ...(yard
            ? { inner: rectangle(origin, angle, from + u + wing, from + u + length - wing, v + wing, v + depth - wing) }
            : {}),
          floors: dice.whole(...style.floors),
        })
        block(outer, 2, ground)
      }
    v += depth + dice.between(...style.yard)
  }
  return houses

  function freeRuns(v: number, depth: number): [number, number][] {
    const runs: [number, number][] = []
    let from: number | null = null
    for (let u = west; u <= east + 1; u += 1) {
      const free = columnIsFree(u, v, depth)
      if (free && from === null) from = u
      if (!free && from !== null) {
        runs.push([from, u - 1])
        from = null
      }
    }
    return runs
  }

  function columnIsFree(u: number, v: number, depth: number): boolean {
    for (let d = 0; d < depth + 0.9; d += 0.9)
      if (!ground.isFree(along(origin, angle, u, v + Math.min(d, depth)), leaf.number)) return false
    return true
  }
}

/** Splits a run into equal houses near the style's length: `[start, length]` each. */
function houseLengths(run: number, style: HouseStyle, dice: Chance): [number, number][] {
  const wish = dice.between(...style.length)
  const alley = dice.between(...style.alley)
  const count = Math.max(1, Math.round((run + alley) / (wish + alley)))
  const length = Math.min((run + alley) / count - alley, style.length[1] * 1.15)
  const slack = run - count * length - (count - 1) * alley
  const step = length + alley + (count > 1 ? slack / (count - 1) : 0)
  return Array.from({ length: count }, (_, i) => [i * step, length])
}

function rectangle(p: XY, angle: number, u0: number, u1: number, v0: number, v1: number): Ring {
  return [along(p, angle, u0, v0), along(p, angle, u1, v0), along(p, angle, u1, v1), along(p, angle, u0, v1)]
}

/** The leaf whose free ground a rectangle stands on entirely, or 0. */
function leafUnder(ring: Ring, ground: Sheet): number {
  const [a, b, c, d] = ring as [XY, XY, XY, XY]
  const leaf = ground.leafAt(a)
  const steps = Math.ceil(distance(a, b))
  const across = Math.ceil(distance(a, d))
  for (let i = 0; i <= steps; i++)
    for (let j = 0; j <= across; j++) {
      const [s, t] = [i / steps, j / across]
      const p: XY = [
        (a[0] * (1 - s) + b[0] * s) * (1 - t) + (d[0] * (1 - s) + c[0] * s) * t,
        (a[1] * (1 - s) + b[1] * s) * (1 - t) + (d[1] * (1 - s) + c[1] * s) * t,
      ]
      if (!ground.isFree(p, leaf)) return 0
    }
  return leaf
}

function block(ring: Ring, margin: number, ground: Sheet): void {
  ground.fill(ring, cell.house)
  for (const [i, a] of ring.entries()) ground.stroke(a, ring[(i + 1) % ring.length] as XY, margin, cell.house)
}
