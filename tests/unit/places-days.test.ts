// Boundaries that are cut anew: a new place from its first day, the old one kept with its past.
import { join } from 'node:path'
import request, { type Response } from 'supertest'
import express from 'express'
import { describe, expect, it } from 'vitest'
import type { Place } from '#contract/places'
import type { PlaceId } from '#contract/ids'
import { openGroundDoor } from '../../ingest-server/doors/ground.ts'
import { faultsOf } from '../../ingest-server/places/check.ts'
import { openGround } from '../../ingest-server/places/ground.ts'
import type { Layers } from '../../ingest-server/places/layers.ts'
import { layerShapes } from '../../ingest-server/places/layers.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'
import { recut } from '../suites/recut.ts'
import { at, calendar } from '../suites/builders.ts'

const shipped = readLayers(join(import.meta.dirname, '../../map-data'))
const before = openGround(shipped)
/** The grid of the first camera goes over to the area beside it on 1 December. */
const camera = shipped.cameras.features[0]!.properties
const oldPath = before.pathOf(camera.placeId)
const [, block, area, grid] = oldPath as [PlaceId, PlaceId, PlaceId, PlaceId]
const other = [...before.places.values()].find(
  (one) => one.level === 'residential-area' && one.parentId === block && one.id !== area,
)!.id
const layers: Layers = recut(shipped, grid, { to: other, on: '2026-12-01' })
const ground = openGround(layers)
const november = at('2026-11-30 23:59')
const december = at('2026-12-01 00:00')
const pathOn = (on: number) => {
  const found = ground.locate({ cameraId: camera.id }, on)
  return 'path' in found ? found.path : []
}

describe('a boundary cut anew', () => {
  it('[PL32] to its last minute a point lies in the old place, from the first of the new day in the new one', () => {
    expect(ground.leafAt(camera.at, november)).toBe(oldPath.at(-1))
    expect(ground.leafAt(camera.at, december)).toBe(`${oldPath.at(-1)}-new`)
    expect(ground.pathOf(ground.leafAt(camera.at, december)!)).toEqual([
      oldPath[0],
      block,
      other,
      `${grid}-new`,
      `${oldPath.at(-1)}-new`,
    ])
    expect(ground.leafAt(camera.at)).toBe(`${oldPath.at(-1)}-new`)
  })

  it('[PL32] a camera nobody has put into the new place yet is found there all the same', () => {
    expect(pathOn(november)).toEqual(oldPath)
    expect(pathOn(december)).toEqual([oldPath[0], block, other, `${grid}-new`, `${oldPath.at(-1)}-new`])
  })

  it('[PL32] the old place keeps its path and its name for what happened in it', () => {
    expect(ground.pathOf(oldPath.at(-1)!)).toEqual(oldPath)
    expect(ground.places.get(grid)).toMatchObject({ until: '2026-11-30' })
  })

  it('[PL33] such a map has no fault: each day of it is checked by itself', () => {
    const coverOnly = faultsOf(layers).filter(({ sentence }) => /claim|leaves|sticks/.test(sentence))
    // The grid lies over the border of its new area until that is drawn anew too: said of the new map, not of the old one.
    expect(
      coverOnly.every(
        ({ sentence }) => sentence.includes(other) || sentence.includes(area) || sentence.includes('-new'),
      ),
    ).toBe(true)
    const sameParent = recut(shipped, grid, { to: area, on: '2026-12-01' })
    expect(faultsOf(sameParent).filter(({ sentence }) => /claim|leaves|sticks/.test(sentence))).toEqual([])
    const twice = recut(shipped, grid, { to: area, on: '2026-12-01', keep: '2026-12-15' })
    expect(faultsOf(twice).some(({ sentence }) => /both claim/.test(sentence))).toBe(true)
  })

  it('[PL32] a first or last day that is no day is refused with the layer', () => {
    const [feature] = shipped['micro-grids'].features
    const wrong = { ...feature!, properties: { ...feature!.properties, from: '2026-13-01' } }
    const parsed = layerShapes['micro-grids'].safeParse({ ...shipped['micro-grids'], features: [wrong] })
    expect(parsed.success).toBe(false)
  })

  it('[PL34] the map is drawn as it is today; names of places that are gone can still be asked for', async () => {
    let now = november
    const { above: _above, ...drawn } = layers
    const app = express().use(
      openGroundDoor({ layers: drawn, ground, calendar, viewerOf: () => null, now: () => now }).router,
    )
    const grids = async () => {
      const { body } = await request(app).get('/api/map/micro-grids.geojson').buffer().parse(asJson).expect(200)
      return (body as { features: { properties: Place }[] }).features.map(({ properties }) => properties.id)
    }
    expect(await grids()).toContain(grid)
    expect(await grids()).not.toContain(`${grid}-new`)
    now = december
    expect(await grids()).toContain(`${grid}-new`)
    expect(await grids()).not.toContain(grid)
    const { body } = await request(app).get('/api/places').expect(200)
    expect((body as { places: Place[] }).places.map(({ id }) => id)).toEqual(
      expect.arrayContaining([grid, `${grid}-new`]),
    )
  })
})

/** supertest does not know GeoJSON for what it is. */
function asJson(res: Response, done: (fault: Error | null, body: unknown) => void): void {
  const parts: Buffer[] = []
  const stream = res as unknown as NodeJS.ReadableStream
  stream.on('data', (part: Buffer) => parts.push(part))
  stream.on('end', () => done(null, JSON.parse(Buffer.concat(parts).toString())))
}
