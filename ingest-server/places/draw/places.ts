// The tree of places: blocks cut into areas, areas into micro-grids, micro-grids into building groups, welded into one mesh.
import { areasOf, planOf, type Area, type Piece } from './areas.ts'
import type { Bearing } from './bearing.ts'
import { divide } from './divide.ts'
import type { Facts } from './facts.ts'
import { dissolve, weld, type Loop } from './mesh.ts'
import { anticlockwise, isInside, toPlane, type XY } from '../plane.ts'

export const leavesInAll = 440

export interface Leaf {
  /** From 1, as the sheet claims its cells. */
  number: number
  loop: Loop
}
export interface Grid {
  code: string
  loop: Loop
  leaves: Leaf[]
}
export interface DrawnArea {
  code: string
  short: string
  loop: Loop
  grids: Grid[]
}
export interface Block {
  id: string
  name: string
  loop: Loop
  areas: DrawnArea[]
}
export interface Tree {
  loop: Loop
  blocks: Block[]
}

export function drawTree(facts: Facts, spots: XY[], bearing: Bearing): Tree {
  const rings = facts.streetBlocks.map((block) => anticlockwise(block.ring.slice(0, -1).map(toPlane)))
  const seamless = weldBlocks(rings)
  const blocks = facts.streetBlocks.map((block, i) => ({
    name: block.name,
    piece: { ring: seamless[i] ?? [], spots: [] as XY[] },
  }))
  deal(
    blocks.map((b) => b.piece),
    spots,
  )

  const cut = blocks.map(({ name, piece }) => ({ name, areas: areasOf(piece, planOf[name] ?? [], facts, bearing) }))
  const share = shares(cut.flatMap((b) => b.areas))
  const pieces = cut.map((block) => ({
    ...block,
    areas: block.areas.map((area) => ({ ...area, grids: gridsOf(area, share.get(area) ?? 20, bearing) })),
  }))

  const loops = weld(
    seamless,
    pieces.flatMap((b) => b.areas.flatMap((a) => a.grids.flatMap((g) => g.map((leaf) => leaf.ring)))),
  )
  let number = 0
  const drawn = pieces.map((block, b): Block => {
    const areas = block.areas.map((area): DrawnArea => {
      const grids = area.grids.map((leaves, g): Grid => {
        const code = `${area.code}${String(g + 1).padStart(3, '0')}`
        const own = leaves.map((): Leaf => ({ number: number + 1, loop: loops[number++] as Loop }))
        return {
          code,
          leaves: own,
          loop: dissolve(
            own.map((leaf) => leaf.loop),
            code,
          ),
        }
      })
      return {
        code: area.code,
        short: area.short,
        grids,
        loop: dissolve(
          grids.map((g) => g.loop),
          area.short,
        ),
      }
    })
    return {
      id: `310101020-b${b + 1}`,
      name: block.name,
      areas,
      loop: dissolve(
        areas.map((a) => a.loop),
        block.name,
      ),
    }
  })
  return {
    blocks: drawn,
    loop: dissolve(
      drawn.map((b) => b.loop),
      'the sub-district',
    ),
  }
}

/** The facts' blocks are thinned each on its own; where one has a corner on the other's edge both shall have it. */
function weldBlocks(rings: XY[][]): XY[][] {
  const onEdge = 5
  return rings.map((ring) =>
    ring.flatMap((a, i) => {
      const b = ring[(i + 1) % ring.length] as XY
      const length = Math.hypot(b[0] - a[0], b[1] - a[1])
      const between = rings
        .flat()
        .map((p) => ({ p, t: ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length ** 2 }))
        .filter(({ p, t }) => {
          if (t * length < 0.5 || (1 - t) * length < 0.5) return false
          return (
            Math.hypot(p[0] - a[0] - t * (b[0] - a[0]), p[1] - a[1] - t * (b[1] - a[1])) < onEdge &&
            !ring.some((q) => Math.hypot(p[0] - q[0], p[1] - q[1]) < 0.5)
          )
        })
      return [a, ...between.sort((p, q) => p.t - q.t).map(({ p }) => p)]
    }),
  )
}

function deal(pieces: Piece[], spots: XY[]): void {
  for (const spot of spots) pieces.find((piece) => isInside(piece.ring, spot))?.spots.push(spot)
}

/** How many building groups each area has: more ground, more groups, but a wide waterfront is not a crowded lane. */
function shares(areas: Area[]): Map<Area, number> {
  const weights = areas.map((area) => area.spots.length ** 0.5)
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((w) => (w / sum) * leavesInAll)
  const whole = exact.map(Math.floor)
  const rest = exact.map((x, i) => ({ i, over: x - Math.floor(x) })).sort((a, b) => b.over - a.over)
  const missing = leavesInAll - whole.reduce((a, b) => a + b, 0)
  for (const { i } of rest.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1
  return new Map(areas.map((area, i) => [area, whole[i] ?? 0]))
}

function gridsOf(area: Area, leaves: number, bearing: Bearing): Piece[][] {
  const grids = divide(area, Math.max(4, Math.min(7, Math.round(leaves / 4.4))), bearing)
  const each = Math.floor(leaves / grids.length)
  const more = leaves - each * grids.length
  return grids.map((grid, i) => divide(grid, each + (i < more ? 1 : 0), bearing))
}
