// The ground as the server tells it: the places with their names, what stands on it, and the layers a plan is drawn from.
import type { Facility, Place } from '#contract/places'

export interface PlanFeature {
  geometry: { type: string; coordinates: unknown }
  properties: { name?: string | null; nameEn?: string | null; width?: number }
}
export type PlanLayer = 'boundary' | 'street-blocks' | 'river' | 'green' | 'buildings' | 'roads' | 'viaducts'
export const planLayers: readonly PlanLayer[] = [
  'boundary',
  'street-blocks',
  'river',
  'green',
  'roads',
  'viaducts',
  'buildings',
]
export type PlanGround = Partial<Record<PlanLayer, readonly PlanFeature[]>>

export interface Ground {
  places: readonly Place[]
  facilities: readonly Facility[]
}

type Fetch = typeof fetch

/** Null where the server cannot be reached: a phone then goes on with what it has. */
export const askPlaces = (fetch: Fetch): Promise<Ground | null> => ask<Ground>(fetch, '/api/places')

export async function askLayer(fetch: Fetch, layer: PlanLayer): Promise<readonly PlanFeature[] | null> {
  return (await ask<{ features: PlanFeature[] }>(fetch, `/api/map/${layer}.geojson`))?.features ?? null
}

async function ask<T>(fetch: Fetch, url: string): Promise<T | null> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin' })
    return answer.ok ? ((await answer.json()) as T) : null
  } catch {
    return null
  }
}
