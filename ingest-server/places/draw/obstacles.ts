// What nobody builds on: streets with their pavements, viaducts, the river, the green.
import type { Facts } from './facts.ts'
import { segments, toPlane, type Ring } from '../plane.ts'
import { cell, sheet, type Sheet } from './sheet.ts'

/** Half of a street's width from wall to wall, in metres. */
export const halfWidth: Record<string, number> = { trunk: 19, secondary: 12, tertiary: 9, tunnel: 8 }
export const viaductHalfWidth: Record<string, number> = {
  内环高架路: 13,
  南北高架路: 13,
  鲁班路: 10,
  '匝道 (ramps)': 6,
}

/** A path round every park, in metres. */
const parkEdge = 3

export function emptySheet(facts: Facts): Sheet {
  const ground = sheet([-1000, -1000], [1950, 1220])
  for (const block of facts.streetBlocks) ground.fill(block.ring.map(toPlane), cell.free)
  ground.fill(facts.river.ring.map(toPlane), cell.void)
  for (const park of facts.green) {
    ground.fill(park.ring.map(toPlane), cell.void)
    strokeLine(ground, park.ring.map(toPlane), parkEdge)
  }
  for (const road of facts.roads) strokeLine(ground, road.line.map(toPlane), halfWidth[road.class] ?? 8)
  for (const viaduct of facts.elevatedRoads)
    for (const line of viaduct.lines) strokeLine(ground, line.map(toPlane), viaductHalfWidth[viaduct.name] ?? 8)
  // The quay: nobody builds to the water's edge.
  strokeLine(ground, facts.river.ring.map(toPlane), 14)
  return ground
}

function strokeLine(ground: Sheet, line: Ring, half: number): void {
  for (const [a, b] of segments(line)) ground.stroke(a, b, half, cell.void)
}
