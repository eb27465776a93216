// Makes every layer of the map out of its control points. The same seed gives the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs'
import * as base from './base-layers.ts'
import { bearings } from './bearing.ts'
import { drawCameras } from './cameras.ts'
import { chance } from './chance.ts'
import { readFacts, type Facts } from './facts.ts'
import { drawHouses, type House } from './houses.ts'
import { drawLanes } from './lanes.ts'
import { toRing } from './mesh.ts'
import { emptySheet } from './obstacles.ts'
import { placeLayers } from './place-layers.ts'
import { drawTree, type Tree } from './places.ts'
import { isInside, toLonLat, toPlane } from '../plane.ts'
import { cell, type Sheet } from './sheet.ts'
import { cameraFeatures, facilityFeatures, stationFeatures } from './thing-layers.ts'
import { drawThings, leavesOf } from './things.ts'
import { origin, writeLayer, type Feature } from './write.ts'

export const seed = 310101020

const traced = 'control points traced from OpenStreetMap (map-data/facts)'
const ours = `drawn by ingest-server/places/draw with seed ${seed}; no public source`

/** Draws into `folder` and tells of each layer as it is written. */
export function drawMap(factsFile: string, folder: string, tell: (line: string) => void): void {
  const facts = readFacts(factsFile)
  const ground = emptySheet(facts)
  const bearing = bearings([...facts.roads.map((r) => r.line.map(toPlane)), facts.river.ring.slice(2, 36).map(toPlane)])
  const tree = drawTree(facts, ground.freePoints(4), bearing)
  tell('places cut')
  const lanes = drawLanes(tree, ground)
  const houses = drawHouses(facts, tree, ground, bearing, chance(seed))
  tell('houses stand')
  const open = openGround(facts, tree, houses)
  const things = drawThings(facts, tree, open, chance(seed + 1))
  const cameras = drawCameras(facts, tree, things, houses, open, chance(seed + 2))
  const places = placeLayers(facts, tree, houses, open)
  const boundary = toRing(tree.loop)

  mkdirSync(folder, { recursive: true })
  const write = (name: string, title: string, source: string, illustrative: boolean, features: Feature[]) => {
    const bytes = writeLayer(folder, name, origin(title, source, illustrative), features)
    tell(
      `${name.padEnd(18)} ${String(features.length).padStart(5)} features ${String(Math.ceil(bytes / 1024)).padStart(5)} KB`,
    )
  }
  write('boundary', '五里桥街道 boundary', traced, false, places.boundary)
  write('street-blocks', '三个街区 street-blocks', `${traced}, cut by the viaducts`, false, places['street-blocks'])
  write(
    'residential-areas',
    '19 居民区 residential areas: names and codes are NBS 2022, shapes are not',
    ours,
    true,
    places['residential-areas'],
  )
  write('micro-grids', '微网格 micro-grids', ours, true, places['micro-grids'])
  write('building-groups', '440 楼组 building groups, addresses invented', ours, true, places['building-groups'])
  write('buildings', 'figure-ground plan of the houses', ours, true, places.buildings)
  write('roads', 'streets; classes street and lane are illustrative', traced, false, base.roads(facts, lanes, boundary))
  write('viaducts', 'viaducts and ramps', traced, false, base.viaducts(facts, boundary))
  write('metro', 'metro lines and stations', traced, false, base.metro(facts))
  write('river', '黄浦江', traced, false, base.river(facts))
  write('green', 'parks and lawns', traced, false, base.green(facts))
  write('neighbours', 'names of the neighbouring sub-districts', traced, false, base.neighbours(facts))
  write('grid-stations', '网格站 grid stations', ours, true, stationFeatures(tree, open, chance(seed + 3)))
  write(
    'facilities',
    'bike-sheds, rubbish rooms, micro fire stations, hydrants',
    ours,
    true,
    facilityFeatures(things, places.leafIds),
  )
  write('cameras', 'cameras', ours, true, cameraFeatures(cameras, places.leafIds))
  writeAbove(folder)
}

/** A fresh sheet with nothing on it but the houses: things stand in lanes and yards. */
function openGround(facts: Facts, tree: Tree, houses: House[]): Sheet {
  const open = emptySheet(facts)
  for (const block of tree.blocks)
    for (const area of block.areas) for (const leaf of leavesOf(area)) open.claim(toRing(leaf.loop), leaf.number)
  for (const house of houses) {
    open.fill(house.outer, cell.house)
    for (const [i, a] of house.outer.entries())
      open.stroke(a, house.outer[(i + 1) % house.outer.length] ?? a, 1, cell.house)
  }
  // Cells are a metre wide and borders are not: whose ground a spot is, is asked of the outline itself,
  // and of the spot as it will be written, which is rounded.
  const leaves = tree.blocks
    .flatMap((block) => block.areas.flatMap(leavesOf))
    .map((leaf) => ({ number: leaf.number, ring: toRing(leaf.loop) }))
  return { ...open, leafAt: (p) => leaves.find((leaf) => isInside(leaf.ring, toPlane(toLonLat(p))))?.number ?? 0 }
}

function writeAbove(folder: string): void {
  const places = [
    {
      id: '310000',
      level: 'city',
      name: '上海市',
      nameEn: 'Shanghai',
      code: '310000',
      parentId: null,
      label: [121.4737, 31.2304],
      illustrative: false,
    },
    {
      id: '310101',
      level: 'district',
      name: '黄浦区',
      nameEn: 'Huangpu District',
      code: '310101',
      parentId: '310000',
      label: [121.4846, 31.2315],
      illustrative: false,
    },
  ]
  const above = { origin: origin('the city and the district, without a shape', 'GB/T 2260 codes', false), places }
  const text = JSON.stringify(above, null, 2).replace(/\[\s+([\d.]+),\s+([\d.]+)\s+\]/g, '[$1, $2]')
  writeFileSync(`${folder}/places.json`, `${text}\n`)
}
