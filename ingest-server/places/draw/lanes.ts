// The lanes between places: wide between areas, a path between building groups. They are voids of the plan, and lines of the map.
import { key, toRing, type Corner, type Loop } from './mesh.ts'
import type { Tree } from './places.ts'
import { distance, distanceToSegment, signedArea, type Ring, type XY } from '../plane.ts'
import { cell, type Sheet } from './sheet.ts'

export type LaneClass = 'street' | 'lane' | 'path'
/** Half a lane's width in metres. */
export const laneHalfWidth: Record<LaneClass, number> = { street: 5, lane: 3.2, path: 1.4 }

export interface Lane {
  class: LaneClass
  line: Ring
}

/** Paints the lanes on the sheet, claims every leaf's cells, and gives the lanes back as lines. */
export function drawLanes(tree: Tree, ground: Sheet): Lane[] {
  const lanes: Lane[] = []
  const areas = tree.blocks.flatMap((block) => block.areas)
  for (const area of areas)
    for (const grid of area.grids) for (const leaf of grid.leaves) ground.claim(toRing(leaf.loop), leaf.number)

  const levels: [LaneClass, Loop[]][] = [
    ['street', areas.map((a) => a.loop)],
    // Where a micro-grid is as big as an area elsewhere, a street and not a lane parts it from the next.
    [
      'street',
      areas.flatMap((a) => a.grids.map((g) => g.loop).filter((loop) => Math.abs(signedArea(toRing(loop))) > 33_000)),
    ],
    ['lane', areas.flatMap((a) => a.grids.map((g) => g.loop))],
    ['path', areas.flatMap((a) => a.grids.flatMap((g) => g.leaves.map((l) => l.loop)))],
  ]
  const seen = new Set([tree.loop, ...tree.blocks.map((b) => b.loop)].flatMap((loop) => sides(loop).map(edgeName)))
  /** True once for every border: the second of two neighbours finds it drawn. */
  const isNew = (a: Corner, b: Corner): boolean =>
    !seen.has(edgeName([a, b])) && seen.add(edgeName([a, b])) !== undefined
  for (const [laneClass, loops] of levels)
    for (const loop of loops) for (const line of runsOf(loop, isNew, ground)) lanes.push({ class: laneClass, line })
  for (const lane of lanes)
    for (let i = 1; i < lane.line.length; i++)
      ground.stroke(lane.line[i - 1] as Ring[number], lane.line[i] as Ring[number], laneHalfWidth[lane.class], cell.gap)
  return lanes
}

const sides = (loop: Loop): [Corner, Corner][] => loop.map((a, i) => [a, loop[(i + 1) % loop.length] as Corner])
const edgeName = ([a, b]: [Corner, Corner]): string => (key(a) < key(b) ? `${key(a)} ${key(b)}` : `${key(b)} ${key(a)}`)

/** Runs of wanted edges, cut off where they leave free ground: no lane runs down the middle of a street or into a river. */
function runsOf(loop: Loop, wanted: (a: Corner, b: Corner) => boolean, ground: Sheet): Ring[] {
  const runs: Ring[] = []
  let run: Ring = []
  const end = () => {
    if (run.length > 2) runs.push(straightened(run))
    run = []
  }
  for (const [a, b] of sides(loop)) {
    if (!wanted(a, b)) {
      end()
      continue
    }
    const [p, q] = toRing([a, b]) as [XY, XY]
    const steps = Math.max(2, Math.ceil(distance(p, q) / 4))
    for (let i = run.length > 0 ? 1 : 0; i <= steps; i++) {
      const at: XY = [p[0] + ((q[0] - p[0]) * i) / steps, p[1] + ((q[1] - p[1]) * i) / steps]
      if (ground.isFree(at)) run.push(at)
      else end()
    }
  }
  end()
  return runs
}

/** Without the points in the middle of a straight stretch. */
function straightened(line: Ring): Ring {
  return line.filter((p, i) => {
    const [before, after] = [line[i - 1], line[i + 1]]
    return !before || !after || distanceToSegment(p, before, after) > 0.05
  })
}
