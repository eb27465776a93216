// The map's own files for the screens: the same bytes for everybody, packed once, asked for again only when they changed.
import { createHash } from 'node:crypto'
import { Router, type Request, type Response } from 'express'
import { gzipSync } from 'node:zlib'
import type { Calendar } from '#contract/clock'
import { localDate } from '#contract/calendar'
import type { Ground } from '#contract/ground'
import type { Instant } from '#contract/ids'
import type { MapTiles } from '#contract/map-tiles'
import { isDated, isInForce } from '#contract/in-force'
import type { Place } from '#contract/places'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface GroundDoorNeeds {
  /** By name, as GeoJSON: `boundary`, `buildings`, `cameras` … */
  layers: Readonly<Record<string, unknown>>
  ground: Pick<Ground, 'places' | 'facilities'>
  calendar: Calendar
  viewerOf: ViewerOf
  /** Of places that begin or end only those of today are drawn. Absent: all of them. */
  now?: () => Instant
  /** The site's own layer under the plan. */
  tiles?: MapTiles | undefined
}

/** Where cameras hang and what they watch is not told to whoever passes by. */
const forSignedIn = new Set(['cameras', 'facilities', 'grid-stations'])

interface Packed {
  plain: Buffer
  zipped: Buffer
  etag: string
}

export function openGroundDoor({ layers, ground, calendar, viewerOf, now, tiles }: GroundDoorNeeds) {
  const files = new Map(Object.entries(layers).map(([name, layer]) => [name, fileOf(layer)]))
  const places = [...ground.places.values()]
  const openPlaces = onceAsked(() => pack({ places, facilities: [] }))
  const allPlaces = onceAsked(() => pack({ places, facilities: [...ground.facilities.values()] }))
  const hours = onceAsked(() => pack(calendar))
  const under = onceAsked(() => pack({ tiles: tiles ?? null }))
  const router = Router()

  router.get('/api/map/:layer.geojson', (req, res) => {
    const name = req.params.layer
    const file = files.get(name)?.(now ? localDate(calendar, now()) : null)
    if (!file) return refuse(req, res, 404, 'layer-unknown')
    if (forSignedIn.has(name) && !viewerOf(req)) return refuse(req, res, 401, 'not-signed-in')
    send(req, res, file, 'application/geo+json')
  })
  // Its address may hold the site's key.
  router.get('/api/map/tiles', (req, res) => {
    if (!viewerOf(req)) return refuse(req, res, 401, 'not-signed-in')
    send(req, res, under(), 'application/json; charset=utf-8')
  })
  router.get('/api/places', (req, res) =>
    send(req, res, viewerOf(req) ? allPlaces() : openPlaces(), 'application/json; charset=utf-8'),
  )
  router.get('/api/calendar', (req, res) => send(req, res, hours(), 'application/json; charset=utf-8'))
  return { router, close: () => {} }
}

/** Packed once; a layer with places that begin or end, once a day. `null`: all of it. */
function fileOf(layer: unknown): (today: string | null) => Packed {
  const { features = [] } = layer as { features?: { properties?: Pick<Place, 'from' | 'until'> }[] }
  const whole = onceAsked(() => pack(layer))
  if (!features.some(({ properties }) => properties && isDated(properties))) return whole
  let drawn: { day: string; file: Packed } | null = null
  return (today) => {
    if (today === null) return whole()
    if (drawn?.day !== today) {
      const standing = features.filter(({ properties }) => !properties || isInForce(properties, today))
      drawn = { day: today, file: pack({ ...(layer as object), features: standing }) }
    }
    return drawn.file
  }
}

/** A start waits for none of it. */
function onceAsked(make: () => Packed): () => Packed {
  let made: Packed | null = null
  return () => (made ??= make())
}

function pack(value: unknown): Packed {
  const plain = Buffer.from(JSON.stringify(value))
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { plain, zipped: gzipSync(plain), etag }
}

function send(req: Request, res: Response, { plain, zipped, etag }: Packed, type: string): void {
  // Asked each time, answered 304 nearly always: a layer that a site replaces is on the wall with the next start.
  res.set({ 'Cache-Control': 'private, no-cache', ETag: etag, Vary: 'Accept-Encoding, Cookie' })
  if (req.get('if-none-match')?.split(/,\s*/).includes(etag)) return void res.status(304).end()
  const zip = req.acceptsEncodings('gzip') === 'gzip'
  const bytes = zip ? zipped : plain
  if (zip) res.set('Content-Encoding', 'gzip')
  res.set({ 'Content-Type': type, 'Content-Length': String(bytes.length) }).end(bytes)
}
