// What stands still: the ground, the places by name, the cameras, the things on the ground. Fetched once, tried again until it is there.
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { CameraId, FacilityId, PlaceId } from '#contract/ids'
import type { MapTiles } from '#contract/map-tiles'
import type { Camera, Facility, Place } from '#contract/places'
import { loadGround, type Ground } from './ground.ts'

export interface Town {
  ground: Ground
  places: ReadonlyMap<PlaceId, Place>
  blocks: readonly Place[]
  cameras: ReadonlyMap<CameraId, Camera>
  facilities: ReadonlyMap<FacilityId, Facility>
}

type Fetch = typeof globalThis.fetch
const again = 5_000

async function loadTown(fetch: Fetch): Promise<Town> {
  const [plan, tiles, cameras, facilities] = await Promise.all([
    loadGround(fetch),
    tilesOf(fetch),
    properties<Camera>(fetch, 'cameras'),
    properties<Facility>(fetch, 'facilities'),
  ])
  const ground: Ground = tiles ? { ...plan, tiles } : plan
  const places = (
    ['boundary', 'street-blocks', 'residential-areas', 'micro-grids', 'building-groups'] as const
  ).flatMap((layer) => ground[layer].features.map((feature) => feature.properties as Place))
  return {
    ground,
    places: new Map(places.map((place) => [place.id, place])),
    blocks: places.filter((place) => place.level === 'street-block'),
    cameras: new Map(cameras.map((camera) => [camera.id, camera])),
    facilities: new Map(facilities.map((facility) => [facility.id, facility])),
  }
}

/** None is no fault: the plan is whole without it. */
async function tilesOf(fetch: Fetch): Promise<MapTiles | null> {
  const answer = await fetch('/api/map/tiles')
  if (!answer.ok) return null
  return ((await answer.json()) as { tiles: MapTiles | null }).tiles
}

async function properties<T>(fetch: Fetch, layer: string): Promise<T[]> {
  const answer = await fetch(`/api/map/${layer}.geojson`)
  if (!answer.ok) throw new Error(`map layer ${layer}: ${answer.status}`)
  const collection = (await answer.json()) as GeoJSON.FeatureCollection
  return collection.features.map((feature) => feature.properties as T)
}

/** Null until it is there. A wall started before its server waits for it and needs nobody; nobody signed in is shown no cameras. */
export function useTown(fetch: Fetch, isIn: () => boolean = () => true): Readonly<ShallowRef<Town | null>> {
  const town = shallowRef<Town | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  const load = async (): Promise<void> => {
    try {
      town.value = await loadTown(fetch)
    } catch (cause) {
      console.warn(new Error('the map is not there yet', { cause }))
      if (!isGone && isIn()) timer = setTimeout(() => void load(), again)
    }
  }
  watch(
    isIn,
    (now) => {
      clearTimeout(timer)
      if (now && !town.value) void load()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    isGone = true
    clearTimeout(timer)
  })
  return town
}
