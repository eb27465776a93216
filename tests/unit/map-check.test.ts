// The map's own inspection: silent on the map we ship, and not fooled by any fault planted in it.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CameraId, FacilityId, PlaceId } from '#contract/ids'
import type { Crs, LonLat } from '#contract/point'
import { faultsOf, tellFaults } from '../../ingest-server/places/check.ts'
import { fromWgs84 } from '../../ingest-server/places/datum.ts'
import type { LayerName, Layers } from '../../ingest-server/places/layers.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'

const sound = readLayers(join(import.meta.dirname, '../../map-data'))
const withFault = (plant: (layers: Layers) => void): string[] => {
  const layers = structuredClone(sound)
  plant(layers)
  return faultsOf(layers).map((f) => f.sentence)
}
const ringOf = (
  layers: Layers,
  name: 'boundary' | 'street-blocks' | 'micro-grids' | 'building-groups' | 'buildings',
  feature = 0,
): LonLat[] => (layers[name].features[feature]!.geometry.coordinates as LonLat[][])[0]!

it('[PL14] the map we ship has no fault', () => {
  expect(faultsOf(sound)).toEqual([])
})

describe('[PL15] every planted fault is found', () => {
  const faults: Record<string, [plant: (layers: Layers) => void, says: RegExp]> = {
    'an open ring': [(l) => ringOf(l, 'buildings').pop(), /buildings\.geojson: .* does not end where it begins/],
    'a ring without ground': [(l) => flatten(ringOf(l, 'buildings')), /without any ground/],
    'a point said twice': [
      (l) => ringOf(l, 'micro-grids').splice(1, 0, ringOf(l, 'micro-grids')[0]!),
      /micro-grids\.geojson: .* same point twice/,
    ],
    'a ring that crosses itself': [
      (l) => ringOf(l, 'buildings').splice(1, 2, ringOf(l, 'buildings')[2]!, ringOf(l, 'buildings')[1]!),
      /buildings\.geojson: .* crosses itself/,
    ],
    'a ring wound the wrong way': [
      (l) => ringOf(l, 'micro-grids').reverse(),
      /micro-grids\.geojson: .* runs clockwise/,
    ],
    'two siblings on the same ground': [(l) => copyRing(l, 0, 1), /both claim \d+ m²/],
    'a gap inside a parent': [
      (l) => l['building-groups'].features.splice(3, 1),
      /building-groups\.geojson: leaves \d+ m² of \d{15} to nobody/,
    ],
    'a child that sticks out': [(l) => swell(ringOf(l, 'building-groups')), /sticks \d+ m² out of/],
    'a level nobody divided': [
      (l) =>
        (l['building-groups'].features = l['building-groups'].features.filter(
          (f) => f.properties.parentId !== '310101020001001',
        )),
      /nothing in it lies under 310101020001001/,
    ],
    'a parent that is not there': [
      (l) => (l['micro-grids'].features[0]!.properties.parentId = PlaceId.parse('nowhere')),
      /names the parent nowhere/,
    ],
    'a parent of the wrong level': [
      (l) => (l['micro-grids'].features[0]!.properties.parentId = PlaceId.parse('310101020-b1')),
      /its parent must be a residential-area/,
    ],
    'a place in the wrong file': [
      (l) => (l['micro-grids'].features[0]!.properties.level = 'building-group'),
      /every place is a micro-grid/,
    ],
    'an id given twice': [
      (l) => (l['micro-grids'].features[0]!.properties.id = l['micro-grids'].features[1]!.properties.id),
      /is given twice/,
    ],
    'a camera id given twice': [
      (l) => (l.cameras.features[0]!.properties.id = l.cameras.features[1]!.properties.id),
      /cameras\.geojson: the id .* is given twice/,
    ],
    'a code with a digit missing': [
      (l) => (l['micro-grids'].features[0]!.properties.code = '31010102000100'),
      /has 15 digits/,
    ],
    'a code of another area': [
      (l) => (l['micro-grids'].features[0]!.properties.code = '310101020099001'),
      /must begin with its residential area/,
    ],
    'a thing outside its place': [(l) => moveCamera(l, [0.001, 0]), /cam-\S+ claims \S+ but stands outside it/],
    'a thing in two spots': [
      (l) => (l.facilities.features[0]!.geometry.coordinates = [121.47, 31.2]),
      /drawn in one spot and says/,
    ],
    'a thing in an unknown place': [
      (l) => (l.facilities.features[0]!.properties.placeId = PlaceId.parse('nowhere')),
      /claims the place nowhere/,
    ],
    'a camera that watches nothing known': [
      (l) => (l.cameras.features[0]!.properties.watches = FacilityId.parse('shed-000-00')),
      /watches shed-000-00/,
    ],
    'a house across a border': [(l) => swell(ringOf(l, 'buildings')), /buildings\.geojson: .* reaches out of/],
    'a house in an unknown group': [
      (l) => (l.buildings.features[0]!.properties.buildingGroup = 'nowhere'),
      /claims the building group nowhere/,
    ],
    'a label outside its place': [
      (l) => (l['micro-grids'].features[0]!.properties.label = [121.49, 31.2]),
      /the label of \d+ stands outside it/,
    ],
    'two sub-districts': [
      (l) => l.boundary.features.push(structuredClone(l.boundary.features[0]!)),
      /holds 2 features/,
    ],
  }

  it.each(Object.entries(faults))('[PL15] %s', (_, [plant, says]) => {
    expect(withFault(plant).join('\n')).toMatch(says)
  })
})

describe('[PL16] a layer drawn in another datum is named, and with its datum', () => {
  const shifted: LayerName[] = [
    'boundary',
    'street-blocks',
    'residential-areas',
    'micro-grids',
    'building-groups',
    'buildings',
    'cameras',
    'facilities',
    'green',
  ]
  const datums: [Crs, string][] = [
    ['gcj02', 'GCJ-02'],
    ['bd09', 'BD-09'],
  ]

  it.each(shifted.flatMap((name) => datums.map(([crs, word]) => ({ name, crs, word }))))(
    '[PL16] $name in $word',
    ({ name, crs, word }) => {
      const sentences = withFault((layers) => shift(layers, name, crs))

      expect(sentences[0]).toMatch(new RegExp(`^${name}\\.geojson: looks like ${word}: .*convert it to WGS-84`))
      expect(sentences).toHaveLength(1)
    },
  )
})

it('[PL15] a layer with a thousand faults says a screenful and how many more', () => {
  const layers = structuredClone(sound)
  for (const f of layers.buildings.features) f.properties.buildingGroup = 'nowhere'
  const said = tellFaults(faultsOf(layers))

  expect(said.length).toBeLessThan(20)
  expect(said.at(-1)).toMatch(/and \d{4} more .*buildings/)
})

function copyRing(layers: Layers, from: number, to: number): void {
  layers['building-groups'].features[to]!.geometry = structuredClone(layers['building-groups'].features[from]!.geometry)
}

/** Six times its size, round its first corner. */
function swell(ring: LonLat[]): void {
  const [lon, lat] = ring[0]!
  for (const [i, p] of ring.entries()) ring[i] = [lon + (p[0] - lon) * 6, lat + (p[1] - lat) * 6]
}

/** Out along a line and back. */
function flatten(ring: LonLat[]): void {
  ring.splice(0, ring.length, [121.47, 31.2], [121.472, 31.2], [121.471, 31.2], [121.47, 31.2])
}

function moveCamera(layers: Layers, [x, y]: LonLat): void {
  const camera = layers.cameras.features[0]!
  expect(CameraId.safeParse(camera.properties.id).success).toBe(true)
  camera.properties.at = [camera.properties.at[0] + x, camera.properties.at[1] + y]
  camera.geometry.coordinates = camera.properties.at
}

function shift(layers: Layers, name: LayerName, crs: Crs): void {
  const moved = (c: unknown): unknown =>
    Array.isArray(c) && typeof c[0] === 'number' ? fromWgs84(c as LonLat, crs) : (c as unknown[]).map(moved)
  for (const { geometry, properties } of layers[name].features) {
    geometry.coordinates = moved(geometry.coordinates) as never
    for (const key of ['at', 'label'] as const)
      if (key in properties) Object.assign(properties, { [key]: moved((properties as Record<string, unknown>)[key]) })
  }
}
