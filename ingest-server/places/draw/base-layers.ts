// The ground under the places: streets, viaducts, metro, river, green, and who lives next door.
import { union } from 'polyclip-ts'
import type { LonLat } from '#contract/point'
import type { Facts } from './facts.ts'
import { laneHalfWidth, type Lane } from './lanes.ts'
import { halfWidth, viaductHalfWidth } from './obstacles.ts'
import { anticlockwise, isInside, signedArea, toPlane, type Ring, type XY } from '../plane.ts'
import { cutAtBoundary, onLand, stubsOfEnds } from './stubs.ts'
import { neighbourEn, roadEn, stationEn } from './words.ts'
import { lineString, multiLine, point, polygon, type Feature } from './write.ts'

const ringOf = (line: readonly LonLat[]): Ring => anticlockwise(line.slice(0, -1).map(toPlane))

export function roads(facts: Facts, lanes: Lane[], boundary: Ring): Feature[] {
  const river = ringOf(facts.river.ring)
  const isLand = (p: XY) => !isInside(river, p)
  const named = facts.roads.flatMap((road) => {
    const line = road.line.map(toPlane)
    const shared = {
      name: road.name,
      nameEn: roadEn[road.name] ?? road.name,
      class: road.class,
      width: 2 * (halfWidth[road.class] ?? 8),
    }
    const cuts = cutAtBoundary(line, boundary).flatMap((cut) =>
      onLand(cut.line, isLand).map((stretch) => ({
        properties: { ...shared, part: cut.part, illustrative: false },
        geometry: lineString(stretch),
      })),
    )
    const beyond = road.class === 'tunnel' ? [] : stubsOfEnds(line, boundary, isLand)
    return [
      ...cuts,
      ...beyond.map((stub) => ({
        properties: { ...shared, part: 'stub', illustrative: true },
        geometry: lineString(stub),
      })),
    ]
  })
  const nameless = (['street', 'lane'] as const).map((laneClass) => ({
    properties: {
      name: null,
      nameEn: null,
      class: laneClass,
      width: 2 * laneHalfWidth[laneClass],
      part: 'inside',
      illustrative: true,
    },
    geometry: multiLine(lanes.filter((lane) => lane.class === laneClass).map((lane) => lane.line)),
  }))
  return [...named, ...nameless]
}

export function viaducts(facts: Facts, boundary: Ring): Feature[] {
  return facts.elevatedRoads.flatMap((viaduct) => {
    const isRamp = viaduct.name.startsWith('匝道')
    const name = isRamp ? '匝道' : viaduct.name
    const cuts = viaduct.lines.flatMap((line) => cutAtBoundary(line.map(toPlane), boundary))
    return (['inside', 'stub'] as const).flatMap((part): Feature[] => {
      const lines = cuts.filter((cut) => cut.part === part).map((cut) => cut.line)
      const properties = {
        name,
        nameEn: roadEn[viaduct.name] ?? name,
        class: isRamp ? 'ramp' : 'main',
        width: (viaductHalfWidth[viaduct.name] ?? 8) * (isRamp ? 1.2 : 1),
        part,
        illustrative: false,
      }
      return lines.length > 0 ? [{ properties, geometry: multiLine(lines) }] : []
    })
  })
}

export function metro(facts: Facts): Feature[] {
  const lines = facts.metroLines.map((line) => ({
    properties: {
      kind: 'line',
      name: line.name,
      nameEn: `Metro Line ${line.name.match(/\d+/)?.[0] ?? ''}`,
      illustrative: false,
    },
    geometry: multiLine(line.lines.map((l) => l.map(toPlane))),
  }))
  const stations = facts.metroStations.map((station) => ({
    properties: {
      kind: 'station',
      name: `${station.name}站`,
      nameEn: `${stationEn[station.name] ?? station.name} Station`,
      lines: station.lines,
      illustrative: false,
    },
    geometry: point(station.at),
  }))
  return [...lines, ...stations]
}

export function river(facts: Facts): Feature[] {
  return [
    {
      properties: { name: facts.river.name, nameEn: 'Huangpu River', illustrative: false },
      geometry: polygon(ringOf(facts.river.ring)),
    },
  ]
}

export function green(facts: Facts): Feature[] {
  return facts.green.map((park) => ({
    properties: { inSubdistrict: park.inSubDistrict, illustrative: false },
    geometry: polygon(uncrossed(ringOf(park.ring))),
  }))
}

/** Thinning makes a park's outline cross itself by a metre here and there: its largest piece is the park. */
function uncrossed(ring: Ring): Ring {
  const pieces = union([ring]).map((piece) => anticlockwise((piece[0] ?? []).slice(1)))
  return pieces.reduce((a, b) => (signedArea(b) > signedArea(a) ? b : a))
}

/** Where the neighbours' names stand clear of the boundary, on their own ground. */
const neighbourLabels: Record<string, LonLat> = {
  打浦桥街道: [121.4668, 31.2066],
  半淞园路街道: [121.4866, 31.2029],
  斜土路街道: [121.4622, 31.1985],
}

export function neighbours(facts: Facts): Feature[] {
  return Object.entries(neighbourLabels).map(([name, at]) => {
    const ring = facts.neighbours.find((n) => n.name === name)?.ring
    if (!ring || !isInside(ringOf(ring), toPlane(at)))
      throw new Error(`the label of ${name} does not stand on its own ground`)
    return { properties: { name, nameEn: neighbourEn[name] ?? name, illustrative: false }, geometry: point(at) }
  })
}
