// Where this phone is, as it last knew.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Instant } from '#contract/ids'
import type { LonLat, Point } from '#contract/point'

/** By this device's clock. */
export interface Known {
  point: Point
  at: Instant
}

export const useHere = defineStore('here', () => {
  const point = shallowRef<Point | null>(null)
  /** Browser and hosts are asked for WGS-84, so what they say can be drawn as it is. */
  const wgs84 = computed<LonLat | null>(() => (point.value ? [point.value.lon, point.value.lat] : null))
  /** The last that was ever known, also of an earlier time this page was open: worth something only where its age is said. */
  const last = shallowRef<Known | null>(null)
  function move(next: Point, at: Instant) {
    point.value = next
    last.value = { point: next, at }
  }
  function recall(known: Known) {
    last.value ??= known
  }
  return { point, last, wgs84, move, recall }
})
