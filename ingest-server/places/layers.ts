// The layers of the ground: what each file is called and what must be in it.
import { z } from 'zod'
import { Camera, Facility, GridStation, LayerOrigin, Place } from '#contract/places'
import { LonLat } from '#contract/point'

const Line = z.array(LonLat).min(2)
const Ring = z.array(LonLat).min(4)

const PointShape = z.object({ type: z.literal('Point'), coordinates: LonLat })
const Lines = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: Line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(Line).min(1) }),
])
const Polygons = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)).min(1) }),
])
export type Polygons = z.infer<typeof Polygons>

export const Building = z.object({
  id: z.string().min(1),
  floors: z.int().min(1).max(150),
  buildingGroup: z.string().min(1),
})
export const Road = z.object({
  /** Null for a lane that has no name. */
  name: z.string().nullable(),
  nameEn: z.string().nullable(),
  class: z.enum(['trunk', 'secondary', 'tertiary', 'tunnel', 'street', 'lane']),
  /** Wall to wall, in metres. */
  width: z.number().positive(),
  /** A stub shows outside the boundary where the street goes on. */
  part: z.enum(['inside', 'stub']),
  illustrative: z.boolean(),
})
export const Viaduct = z.object({
  name: z.string(),
  nameEn: z.string(),
  class: z.enum(['main', 'ramp']),
  width: z.number().positive(),
  part: z.enum(['inside', 'stub']),
  illustrative: z.boolean(),
})
export const Metro = z.object({
  kind: z.enum(['line', 'station']),
  name: z.string(),
  nameEn: z.string(),
  /** At a station: the lines that stop there. */
  lines: z.array(z.string()).optional(),
  illustrative: z.boolean(),
})
export const NamedArea = z.object({ name: z.string(), nameEn: z.string(), illustrative: z.boolean() })
export const Green = z.object({ inSubdistrict: z.boolean(), illustrative: z.boolean() })

const features = <G extends z.ZodType, P extends z.ZodType>(geometry: G, properties: P) =>
  z.object({
    type: z.literal('FeatureCollection'),
    origin: LayerOrigin,
    features: z.array(z.object({ type: z.literal('Feature'), geometry, properties })),
  })

/** One row a file: `map-data/<name>.geojson`. */
export const layerShapes = {
  boundary: features(Polygons, Place),
  'street-blocks': features(Polygons, Place),
  'residential-areas': features(Polygons, Place),
  'micro-grids': features(Polygons, Place),
  'building-groups': features(Polygons, Place),
  buildings: features(Polygons, Building),
  roads: features(Lines, Road),
  viaducts: features(Lines, Viaduct),
  metro: features(z.union([Lines, PointShape]), Metro),
  river: features(Polygons, NamedArea),
  green: features(Polygons, Green),
  neighbours: features(PointShape, NamedArea),
  'grid-stations': features(PointShape, GridStation),
  facilities: features(PointShape, Facility),
  cameras: features(PointShape, Camera),
}
export type LayerName = keyof typeof layerShapes
export type Layer<N extends LayerName> = z.infer<(typeof layerShapes)[N]>
export const layerNames = Object.keys(layerShapes) as LayerName[]

/** `map-data/places.json`: the city and the district, which have no shape here. */
export const PlacesAbove = z.object({ origin: LayerOrigin, places: z.array(Place) })

export type Layers = { [N in LayerName]: Layer<N> } & { above: z.infer<typeof PlacesAbove> }

/** From the widest to the narrowest, and which layer holds it. */
export const placeLayers = ['boundary', 'street-blocks', 'residential-areas', 'micro-grids', 'building-groups'] as const
