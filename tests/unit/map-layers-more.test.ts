// Heat, risk, places and the site's own tiles, as the map draws and says them.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FeatureCollection } from 'geojson'
import { riskFormula, type Heat } from '#contract/heat'
import type { CameraId, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Place } from '#contract/places'
import { groundLayers, type Ground } from '../../dashboard/map/ground.ts'
import { groundStyle } from '../../dashboard/map/ground-style.ts'
import { classesOf, figuresOf, heatIn, steps } from '../../dashboard/map/heat.ts'
import { heatLayers } from '../../dashboard/map/heat-layer.ts'
import { nearEdges } from '../../dashboard/map/near-edges.ts'
import { tileLayers, tileSource } from '../../dashboard/map/own-tiles.ts'
import { boundsOfPlace, chainOf, childrenOf, placeTapped } from '../../dashboard/map/places-on-map.ts'
import { placeSays } from '../../dashboard/map/place-says.ts'
import { zoomFor, type MapSkin } from '../../dashboard/map/skin.ts'
import { aCase, aPerson, morning } from '../suites/builders.ts'

const file = (layer: string) => JSON.parse(readFileSync(`map-data/${layer}.geojson`, 'utf8')) as FeatureCollection
const ground = Object.fromEntries(groundLayers.map((layer) => [layer, file(layer)])) as unknown as Ground
const places = new Map(
  (['boundary', 'street-blocks', 'residential-areas', 'micro-grids', 'building-groups'] as const)
    .flatMap((layer) => ground[layer].features.map((feature) => feature.properties as Place))
    .map((place) => [place.id, place]),
)
const [block, area, grid, group] = [
  '310101020-b1',
  '310101020017',
  '310101020017001',
  '310101020017001-01',
] as PlaceId[]
const greys = { ground: '#14171a', ink1: '#eceef0', ink2: '#a9b1b8', ink3: '#8b959e', border: '#6f7a84' }
const levels = { level1: '#f2555a', level2: '#f08c2e', level3: '#e8c547', level4: '#5b9be0', over: '#f2555a' }
const skin = { ...greys, ...levels, building: '#343b43', buildingHigh: '#343b43', fonts: ['sans'], rem: 36 } as MapSkin
const row = { opened: 0, serious: 0, over: 0, falseAlarms: 0, recurrences: 0 }
const heat: Heat = {
  ...{ days: 30, from: morning - 30 * 86_400_000, at: morning, revision: 7 },
  rows: [
    { ...row, placeId: group!, opened: 8, serious: 2, recurrences: 3 },
    { ...row, placeId: '310101020017001-02' as PlaceId, opened: 2 },
    { ...row, placeId: '310101020001001-01' as PlaceId, falseAlarms: 5 },
  ],
  risk: {
    formula: riskFormula,
    cells: [{ placeId: grid!, points: 29, counts: { serious: 2, recurrences: 3, over: 0, silent: 0, opened: 10 } }],
  },
}

describe('heat and risk', () => {
  it('[SN244] figures stand in four steps with round edges, twice as light about twice as much; nothing is in none', () => {
    const classes = classesOf(new Map([1, 3, 9, 14, 19, 40, 0].map((n, i) => [`p${i}` as PlaceId, n])))
    expect(classes.from).toEqual([1, 10, 20, 30])
    expect([...classes.byPlace.values()]).toEqual([1, 1, 1, 2, 2, 4])
    for (const most of [1, 2, 3, 5, 17, 240, 9_999]) {
      const { from, byPlace } = classesOf(new Map([['p' as PlaceId, most]]))
      for (const [i, edge] of from.entries()) if (i > 0) expect(edge).toBeGreaterThan(from[i - 1]!)
      expect(steps).toContain(byPlace.get('p' as PlaceId))
    }
    expect(classesOf(new Map()).byPlace.size).toBe(0)
  })
  it('[SN244] neither is ever drawn in the colour of a level or a lamp: lightness and hatching alone', () => {
    for (const layer of ['heat', 'risk'] as const) {
      const drawn = JSON.stringify(heatLayers({ layer, classes: classesOf(figuresOf(heat, layer)) }, skin))
      for (const colour of Object.values(levels)) expect(drawn).not.toContain(colour)
      expect(drawn).toContain('hatch-')
      expect(drawn).toContain(layer === 'heat' ? 'buildingGroup' : 'micro-grids')
    }
  })
  it('[SN244] what only cried wolf is not warm', () => {
    expect(classesOf(figuresOf(heat, 'heat')).byPlace.has('310101020001001-01' as PlaceId)).toBe(false)
  })
  it('[SN244] of a wider place it is the sum of what lies in it', () => {
    const parentOf = (id: PlaceId) => places.get(id)?.parentId ?? null
    expect(heatIn(heat, grid!, parentOf)).toMatchObject({ opened: 10, serious: 2, recurrences: 3 })
    expect(heatIn(heat, block!, parentOf).opened).toBe(10)
    expect(heatIn(heat, '310101020' as PlaceId, parentOf)).toMatchObject({ opened: 10, falseAlarms: 5 })
  })
})

describe('places', () => {
  it('[SN245] a tap goes one further down inside what is chosen, beside it to its neighbour, off the map to nothing', () => {
    const path = [block!, area!, grid!]
    expect(placeTapped(path, [])).toBe(block)
    expect(placeTapped(path, [block!])).toBe(area)
    expect(placeTapped(path, [block!, area!])).toBe(grid)
    expect(placeTapped(path, path)).toBe(area)
    expect(placeTapped(['b2', 'a2', 'g2'] as PlaceId[], [block!, area!])).toBe('a2')
    expect(placeTapped([], path)).toBeNull()
    expect(placeTapped([block!], [block!])).toBeNull()
  })
  it('[SN245] every place of the tree can be framed, inside its parent, and is found by its children', () => {
    for (const place of places.values()) {
      const bounds = boundsOfPlace(ground, place)
      expect(bounds, place.id).not.toBeNull()
      const [west, south, east, north] = bounds!
      expect(
        place.label[0] >= west && place.label[0] <= east && place.label[1] >= south && place.label[1] <= north,
      ).toBe(true)
    }
    expect(chainOf(places, group!)).toEqual([block, area, grid, group])
    expect(chainOf(places, '310101020' as PlaceId)).toEqual([])
    expect(childrenOf(places, area!).every(({ level }) => level === 'micro-grid')).toBe(true)
  })
  it('[SN245] its facts: what is open by level, who looks after it, what its risk is made of', () => {
    const path = ['310101020', block, area, grid, group] as PlaceId[]
    const officer = aPerson('li', { name: '李志强', post: 'grid', placeIds: [area!], onDuty: true })
    const said = placeSays({
      ...{ id: grid!, town: { places, cameras: new Map() }, now: morning, heat, nameOf: (id) => id, whole: '全街道' },
      cases: [
        aCase({ path, level: 1 }),
        aCase({ path, level: 4 }),
        aCase({ path, level: 2, unsure: true }),
        aCase({ path, level: 3, stage: 'closed' }),
        aCase({ path: path.slice(0, 2) }),
      ],
      staff: [officer, aPerson('shen', { post: 'station', placeIds: [block!] }) as Person],
      silent: new Set<CameraId>(),
      layer: 'risk',
    })
    expect(said).toMatchObject({
      open: { 1: 1, 2: 0, 3: 0, 4: 1 },
      unsigned: 1,
      unsure: 1,
      owners: { post: 'grid', names: ['李志强'] },
      heat: null,
    })
    expect(said.above.map(({ id }) => id)).toEqual([null, block, area])
    expect(said.risk).toMatchObject({ points: 2 * 5 + 3 * 3 + 10, counts: { serious: 2 } })
  })
  it('[SN246] edges and names of areas, then micro-grids, then building groups come as the view comes closer, on any screen', () => {
    const style = (rem: number) => groundStyle({ ground, skin: { ...skin, rem }, language: 'zh', showsAreas: false })
    globalThis.location ??= { origin: 'http://wall' } as Location
    const from = (rem: number, id: string) => style(rem).layers.find((layer) => layer.id === id)?.minzoom ?? 0
    expect(from(36, 'area-edges')).toBe(nearEdges.areas)
    expect(from(36, 'grid-edges')).toBeGreaterThan(from(36, 'area-edges'))
    expect(from(36, 'names-groups')).toBeGreaterThan(from(36, 'names-grids'))
    // Half as large a picture shows the same ground one zoom further out.
    expect(from(18, 'grid-edges')).toBe(from(36, 'grid-edges') - 1)
    expect(zoomFor({ rem: 36 }, 16)).toBe(16)
    const names = (style(36).sources.names as { data: FeatureCollection }).data.features
    expect(names.filter(({ properties }) => properties?.kind === 'grid')).toHaveLength(95)
    expect(names.some(({ properties }) => properties?.kind === 'grid' && properties.text === '第1微网格')).toBe(true)
  })
})

describe('a layer of the site’s own', () => {
  const tiles = { url: '/tiles/{z}/{x}/{y}.png', crs: 'cgcs2000', attribution: '© 天地图', vectorLayers: [] } as const
  it('[SN240] lies under everything, without colour, credited, and the plan lets it through; without it there is none', () => {
    globalThis.location ??= { origin: 'http://wall' } as Location
    const wish = { skin, language: 'zh', showsAreas: false } as const
    const bare = groundStyle({ ground, ...wish })
    expect(bare.sources).not.toHaveProperty('own-tiles')
    const style = groundStyle({ ground: { ...ground, tiles: { ...tiles, vectorLayers: [] } }, ...wish })
    expect(style.layers[0]).toMatchObject({ id: 'own-tiles', type: 'raster', paint: { 'raster-saturation': -1 } })
    expect(style.layers.find(({ id }) => id === 'buildings')?.paint).toMatchObject({ 'fill-opacity': 0.35 })
    expect(bare.layers.find(({ id }) => id === 'buildings')?.paint).toMatchObject({ 'fill-opacity': 1 })
  })
  it('[SN240] a path of our own is asked of our own origin; of vector tiles only what was named is drawn', () => {
    expect(tileSource({ ...tiles, vectorLayers: [] }, 'https://wall')).toMatchObject({
      tiles: ['https://wall/tiles/{z}/{x}/{y}.png'],
      attribution: '© 天地图',
    })
    const vector = { ...tiles, url: 'https://t/{z}/{x}/{y}.pbf', vectorLayers: ['road', 'wall'] }
    expect(tileSource(vector, 'https://wall')).toMatchObject({ type: 'vector', tiles: ['https://t/{z}/{x}/{y}.pbf'] })
    expect(tileLayers(vector, skin).map((layer) => 'source-layer' in layer && layer['source-layer'])).toEqual([
      'road',
      'wall',
    ])
  })
})
