// Do the children of a place cover it exactly: no two on the same ground, none sticking out, no ground left over?
import Flatbush from 'flatbush'
import { difference, intersection } from 'polyclip-ts'
import type { LonLat } from '#contract/point'
import { boxOf, polygonsOf } from '../ground.ts'
import { placeLayers, type Layers, type Polygons } from '../layers.ts'
import { signedArea, toPlane, type Ring } from '../plane.ts'
import { fault, type Fault } from './fault.ts'

/** Square metres: what two people who trace the same kerb may differ by. */
const tolerance = 2

type Rings = [number, number][][]
interface Piece {
  id: string
  rings: Rings[]
}

export function coverFaults(layers: Layers): Fault[] {
  return placeLayers.slice(1).flatMap((name, i) => {
    const parents = layers[placeLayers[i] ?? 'boundary'].features
    const children = layers[name].features
    return [
      ...parents.flatMap((parent) => {
        const own = children
          .filter((child) => child.properties.parentId === parent.properties.id)
          .map((child) => piece(child.properties.id, child.geometry))
        if (own.length === 0)
          return [
            fault(name, `nothing in it lies under ${parent.properties.id}: every place is divided to the last level`),
          ]
        return parentFaults(piece(parent.properties.id, parent.geometry), own).map((sentence) => fault(name, sentence))
      }),
    ]
  })
}

const piece = (id: string, geometry: Polygons): Piece => ({ id, rings: polygonsOf(geometry) as Rings[] })

function parentFaults(parent: Piece, own: Piece[]): string[] {
  if (tilesExactly(parent, own)) return []
  const left = squareMetres(difference(parent.rings, ...own.map((child) => child.rings)))
  const out = own
    .map((child) => ({ child, over: squareMetres(difference(child.rings, parent.rings)) }))
    .filter(({ over }) => over > tolerance)
  return [
    ...(left > tolerance
      ? [`leaves ${Math.round(left)} m² of ${parent.id} to nobody: stretch its places until they meet`]
      : []),
    ...out.map(
      ({ child, over }) => `${child.id} sticks ${Math.round(over)} m² out of ${parent.id}: cut it back to the border`,
    ),
    ...overlaps(own),
  ]
}

function overlaps(own: Piece[]): string[] {
  const boxes = new Flatbush(own.length)
  for (const child of own) boxes.add(...boxOf(child.rings.flat() as LonLat[][]))
  boxes.finish()
  return own.flatMap((child, i) =>
    boxes
      .search(...boxOf(child.rings.flat() as LonLat[][]), (j) => j > i)
      .flatMap((j) => {
        const other = own[j] as Piece
        const both = squareMetres(intersection(child.rings, other.rings))
        return both > tolerance
          ? [`${child.id} and ${other.id} both claim ${Math.round(both)} m²: give it to one of them`]
          : []
      }),
  )
}

/** The cheap answer: when every border is walked once each way but for the parent's own, nothing can be wrong. */
function tilesExactly(parent: Piece, own: Piece[]): boolean {
  const walked = new Set<string>()
  for (const [a, b] of own.flatMap(borders)) {
    if (walked.delete(`${b} ${a}`)) continue
    // Walked twice the same way: two that lie exactly one upon the other.
    if (walked.has(`${a} ${b}`)) return false
    walked.add(`${a} ${b}`)
  }
  const around = borders(parent)
  return around.length === walked.size && around.every(([a, b]) => walked.has(`${a} ${b}`))
}

function borders(of: Piece): [string, string][] {
  return of.rings.flat().flatMap((ring) => ring.slice(1).map((b, i): [string, string] => [String(ring[i]), String(b)]))
}

function squareMetres(rings: readonly (readonly (readonly (readonly [number, number])[])[])[]): number {
  const flat = (ring: readonly (readonly [number, number])[]): Ring =>
    ring.slice(1).map(([lon, lat]) => toPlane([lon, lat]))
  return rings
    .flatMap((polygon) => polygon.map((ring, i) => Math.abs(signedArea(flat(ring))) * (i === 0 ? 1 : -1)))
    .reduce((a, b) => a + b, 0)
}
