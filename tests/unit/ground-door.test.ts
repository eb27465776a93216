// The map for the screens: the same bytes, packed once, and cameras only for those who belong here.
import express from 'express'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import type { Calendar } from '#contract/clock'
import type { Viewer } from '#contract/person'
import { openGroundDoor } from '../../ingest-server/doors/ground.ts'
import { aViewer } from '../suites/torture/fakes.ts'

const layer = (name: string) => ({ type: 'FeatureCollection', features: [{ properties: { name: name.repeat(200) } }] })
let viewer: Viewer | null = null
const door = openGroundDoor({
  layers: { boundary: layer('五里桥'), cameras: layer('CAM'), above: layer('x') },
  ground: { places: new Map([['wlq', { id: 'wlq' }]]), facilities: new Map([['SHED-1', { id: 'SHED-1' }]]) } as never,
  calendar: { version: '2026' } as Calendar,
  viewerOf: () => viewer,
})
const app = express().use(door.router)
const as = (who: Viewer | null) => {
  viewer = who
  return request(app)
}

describe('layers', () => {
  it('[PL30] a layer comes packed, and a second time only if it changed', async () => {
    const first = await as(null).get('/api/map/boundary.geojson').expect(200)
    expect(first.headers).toMatchObject({ 'content-type': 'application/geo+json', 'content-encoding': 'gzip' })
    expect(Number(first.headers['content-length'])).toBeLessThan(400)
    expect(first.body).toEqual(layer('五里桥'))
    const tag = first.headers['etag']!
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    await as(null).get('/api/map/boundary.geojson').set('if-none-match', `"old", ${tag}`).expect(304)
    await as(null).get('/api/map/boundary.geojson').set('if-none-match', '"old"').expect(200)
  })

  it('[PL30] who cannot unpack it gets it plain', async () => {
    const answer = await as(null).get('/api/map/boundary.geojson').set('accept-encoding', 'identity').expect(200)
    expect(answer.headers).not.toHaveProperty('content-encoding')
  })

  it('[PL31] where cameras hang is told only to who is signed in', async () => {
    const refused = await as(null).get('/api/map/cameras.geojson').expect(401)
    expect(refused.body).toMatchObject({ refusal: 'not-signed-in' })
    await as(aViewer()).get('/api/map/cameras.geojson').expect(200)
  })

  it.each(['nothing', 'constructor', '..%2f..%2fetc%2fpasswd', 'CAMERAS'])('[PL30] %s is no layer', async (name) => {
    const answer = await as(aViewer()).get(`/api/map/${name}.geojson`).expect(404)
    expect(answer.body).toMatchObject({ refusal: 'layer-unknown' })
  })
})

describe('places and hours', () => {
  it('[PL31] the tree of places is open; what stands on it is not', async () => {
    expect((await as(null).get('/api/places').expect(200)).body).toEqual({ places: [{ id: 'wlq' }], facilities: [] })
    expect((await as(aViewer()).get('/api/places').expect(200)).body).toMatchObject({ facilities: [{ id: 'SHED-1' }] })
  })

  it('[PL30] the calendar that limits are reckoned by can be read', async () => {
    expect((await as(null).get('/api/calendar').expect(200)).body).toEqual({ version: '2026' })
  })
})
