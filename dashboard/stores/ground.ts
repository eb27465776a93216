// Names of places and things, and the layers of the plan, fetched when somebody first needs them and kept.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { FacilityId, PlaceId } from '#contract/ids'
import type { Facility, Place } from '#contract/places'
import { askLayer, askPlaces, planLayers } from '../link/ground.ts'
import type { PlanGround } from '../link/ground.ts'

export const useGround = defineStore('ground', () => {
  const places = shallowRef<ReadonlyMap<PlaceId, Place>>(new Map())
  const facilities = shallowRef<ReadonlyMap<FacilityId, Facility>>(new Map())
  const layers = shallowRef<PlanGround>({})

  async function loadPlaces() {
    if (places.value.size > 0) return
    const ground = await askPlaces(fetch)
    if (!ground) return
    places.value = new Map(ground.places.map((place) => [place.id, place]))
    facilities.value = new Map(ground.facilities.map((facility) => [facility.id, facility]))
  }
  /** One after the other, the light ones first: the plan is drawn as they come, buildings last. */
  async function loadPlan() {
    for (const layer of planLayers) {
      if (layers.value[layer]) continue
      const features = await askLayer(fetch, layer)
      if (features) layers.value = { ...layers.value, [layer]: features }
    }
  }
  return { places, facilities, layers, loadPlaces, loadPlan }
})
