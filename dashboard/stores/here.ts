// Where this phone is, as it last knew.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { LonLat, Point } from '#contract/point'

export const useHere = defineStore('here', () => {
  const point = shallowRef<Point | null>(null)
  /** The browser speaks WGS-84, so what it says can be drawn as it is. */
  const wgs84 = computed<LonLat | null>(() => (point.value ? [point.value.lon, point.value.lat] : null))
  function move(next: Point) {
    point.value = next
  }
  return { point, wgs84, move }
})
