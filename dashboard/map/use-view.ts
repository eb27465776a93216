// Where the map looks: the whole sub-district, or one spot close up. It flies there, and at once where motion is not wanted.
import { LngLat, LngLatBounds, type Map as MapLibre, type PaddingOptions } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import type { LonLat } from '#contract/point'

/** `spot`: so many metres from its middle to the nearer edge of the picture. */
export type MapLook =
  { kind: 'bounds'; bounds: [number, number, number, number] } | { kind: 'spot'; at: LonLat; metres: number }

const flight = 900

export function useView(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { look: () => MapLook; padding: () => PaddingOptions },
): void {
  const go = (target: MapLibre, look: MapLook, isSudden: boolean): void => {
    const bounds =
      look.kind === 'bounds' ? look.bounds : LngLatBounds.fromLngLat(new LngLat(look.at[0], look.at[1]), look.metres)
    const duration = isSudden || matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : flight
    target.fitBounds(bounds, { padding: wish.padding(), duration, linear: true, maxZoom: 20 })
  }
  watch(
    wish.look,
    (look, before) => {
      if (map.value && JSON.stringify(look) !== JSON.stringify(before)) go(map.value, look, false)
    },
    { deep: true },
  )

  // The holder changes its shape (the takeover moves the map): what it looks at stays in view.
  const stay = (): void => {
    // In the middle of a flight it flies on, to where the new shape wants it.
    if (map.value) go(map.value, wish.look(), !map.value.isMoving())
  }
  watch(
    map,
    (now, before) => {
      before?.off('resize', stay)
      now?.on('resize', stay)
      stay()
    },
    { immediate: true },
  )
  onScopeDispose(() => map.value?.off('resize', stay))
}
