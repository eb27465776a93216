// The drawn map: the same bytes every time, true to the facts, and furnished as the scenarios need it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pointInPolygon from 'point-in-polygon-hao'
import { expect, it } from 'vitest'
import type { LonLat } from '#contract/point'
import { drawMap } from '../../ingest-server/places/draw/draw.ts'
import { readFacts } from '../../ingest-server/places/draw/facts.ts'
import { halfWidth } from '../../ingest-server/places/draw/obstacles.ts'
import { openGround, polygonsOf } from '../../ingest-server/places/ground.ts'
import { distance, distanceToLine, toPlane } from '../../ingest-server/places/plane.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'

const home = join(import.meta.dirname, '../../map-data')
const facts = readFacts(join(home, 'facts/control-points.json'))
const layers = readLayers(home)
const ground = openGround(layers)
const sheds = layers.facilities.features.map((f) => f.properties).filter((f) => f.kind === 'bike-shed')
const cameras = layers.cameras.features.map((f) => f.properties)

it('[PL17] the same seed draws the same bytes, and they are the ones we ship', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'draw-'))
  drawMap(join(home, 'facts/control-points.json'), folder, () => {})
  for (const file of readdirSync(folder))
    expect(readFileSync(join(folder, file), 'utf8') === readFileSync(join(home, file), 'utf8'), file).toBe(true)
  rmSync(folder, { recursive: true })
})

it('[PL18] every committee whose estate is known lies in the area of its name', () => {
  const known = facts.residentsCommittees.list.filter((c) => c.anchor !== null)
  expect(known).toHaveLength(10)
  for (const { anchor, name } of known) {
    const path = ground.pathOf(ground.leafAt(anchor!)!)
    expect(ground.places.get(path[2]!)?.name).toBe(name)
  }
})

it('[PL19] what has no public source says so', () => {
  for (const name of [
    'residential-areas',
    'micro-grids',
    'building-groups',
    'grid-stations',
    'facilities',
    'cameras',
  ] as const) {
    expect(layers[name].origin.illustrative).toBe(true)
    expect(layers[name].features.every((f) => f.properties.illustrative)).toBe(true)
  }
  expect(layers.buildings.origin.illustrative).toBe(true)
})

it('[PL20] every area has two sheds within 45 m of each other, and a micro fire station', () => {
  for (const { properties: area } of layers['residential-areas'].features) {
    const own = sheds.filter((shed) => ground.pathOf(shed.placeId)[2] === area.id)
    const near = own.some((a, i) => own.slice(i + 1).some((b) => distance(toPlane(a.at), toPlane(b.at)) <= 45))
    expect(near, area.name).toBe(true)
    const stations = [...ground.facilities.values()].filter(
      (f) => f.kind === 'micro-fire-station' && ground.pathOf(f.placeId)[2] === area.id,
    )
    expect(stations).toHaveLength(1)
  }
})

it('[PL21] every shed is in view of two cameras, two neighbouring ones of ten', () => {
  const eyes = (id: string) => cameras.filter((c) => c.watches === id).length
  expect(sheds.length).toBeGreaterThanOrEqual(70)
  for (const shed of sheds) expect(eyes(shed.id)).toBeGreaterThanOrEqual(2)
  expect(sheds.filter((s) => eyes(s.id) === 10).map((s) => s.id)).toEqual(['shed-001-01', 'shed-001-02'])
})

it('[PL22] no house stands on a street, in the river or on the green', () => {
  const streets = facts.roads.map((road) => ({ line: road.line.map(toPlane), half: halfWidth[road.class] ?? 8 }))
  const water = [...layers.river.features, ...layers.green.features].flatMap((f) => polygonsOf(f.geometry))
  for (const { geometry, properties } of layers.buildings.features)
    for (const corner of polygonsOf(geometry)[0]![0]! as LonLat[]) {
      expect(
        water.some((rings) => pointInPolygon(corner, rings) === true),
        properties.id,
      ).toBe(false)
      for (const { line, half } of streets) expect(distanceToLine(toPlane(corner), line)).toBeGreaterThan(half - 1.5)
    }
})
