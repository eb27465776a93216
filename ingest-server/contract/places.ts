// The ground: the tree of places, what stands on it, and the question "whose ground is this point".
import { z } from 'zod'
import { CameraId, FacilityId, PlaceId, StationId } from './ids.ts'
import { LonLat } from './point.ts'

/** From the widest to the narrowest. 街道 subdistrict · 街区 street-block · 居民区 residential-area · 微网格 micro-grid · 楼组 building-group. */
export const PlaceLevel = z.enum([
  'city',
  'district',
  'subdistrict',
  'street-block',
  'residential-area',
  'micro-grid',
  'building-group',
])
export type PlaceLevel = z.infer<typeof PlaceLevel>

export const Place = z.object({
  id: PlaceId,
  level: PlaceLevel,
  name: z.string(),
  nameEn: z.string(),
  /** The official code where there is one: 12 digits for a committee, 15 for a grid cell. */
  code: z.string().optional(),
  parentId: PlaceId.nullable(),
  /** Where a label may stand. */
  label: LonLat,
  /** True where no public source exists and the shape was drawn by us. */
  illustrative: z.boolean(),
  /** The first and the last local day it is so; absent: always. A boundary that is cut anew is a new place; the old one keeps its past. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
})
export type Place = z.infer<typeof Place>

export const GridStation = z.object({
  id: StationId,
  name: z.string(),
  placeId: PlaceId,
  at: LonLat,
  illustrative: z.boolean(),
})
export type GridStation = z.infer<typeof GridStation>

export const FacilityKind = z.enum(['bike-shed', 'rubbish-room', 'micro-fire-station', 'hydrant'])
export type FacilityKind = z.infer<typeof FacilityKind>

export const Facility = z.object({
  id: FacilityId,
  kind: FacilityKind,
  name: z.string(),
  at: LonLat,
  placeId: PlaceId,
  illustrative: z.boolean(),
})
export type Facility = z.infer<typeof Facility>

export const Camera = z.object({
  id: CameraId,
  name: z.string(),
  /** Where the camera hangs; what it looks at may stand some metres off. */
  at: LonLat,
  placeId: PlaceId,
  /** The shed or room it watches, if it watches one. */
  watches: FacilityId.optional(),
  kind: z.enum(['bike-shed', 'throwing', 'rubbish', 'street']),
  illustrative: z.boolean(),
})
export type Camera = z.infer<typeof Camera>

/** What a map layer says of itself: where it came from, its datum, its licence. */
export const LayerOrigin = z.object({
  title: z.string(),
  source: z.string(),
  licence: z.string(),
  crs: z.literal('wgs84'),
  illustrative: z.boolean(),
})
export type LayerOrigin = z.infer<typeof LayerOrigin>
