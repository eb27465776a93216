// The one owner of the MapLibre instance: makes it when its holder stands, lets it go when the holder goes.
import * as maplibregl from 'maplibre-gl'
import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import workerUrl from './map-worker.ts?worker&url'
import { fillOldBrowsers } from './old-browsers.ts'

export type { Map as MapLibre } from 'maplibre-gl'

export interface MapOwner {
  /** Null until the style is loaded, and again once it is gone. */
  map: Readonly<ShallowRef<maplibregl.Map | null>>
  /** The graphics card is not there, or went away: show the plan instead. */
  isDark: Readonly<Ref<boolean>>
}

export interface MapWish {
  style: () => maplibregl.StyleSpecification
  bounds: maplibregl.LngLatBoundsLike
  /** Draws an image the style names and the map has not yet; it puts it in by itself. */
  draw: (map: maplibregl.Map, name: string) => void
  padding: () => maplibregl.PaddingOptions
  isInteractive: boolean
}

/**
 * `glyphs` is left out of every style, so that MapLibre draws all letters, Latin ones and figures too, from local fonts:
 * there is no glyph server on an intranet.
 */
export function useMap(holder: Readonly<ShallowRef<HTMLElement | null>>, wish: MapWish): MapOwner {
  const map = shallowRef<maplibregl.Map | null>(null)
  const isDark = ref(false)
  let owned: maplibregl.Map | null = null

  onMounted(() => {
    if (!holder.value) return
    fillOldBrowsers()
    maplibregl.setWorkerUrl(workerUrl)
    try {
      owned = new maplibregl.Map({
        container: holder.value,
        style: wish.style(),
        bounds: wish.bounds,
        fitBoundsOptions: { padding: wish.padding() },
        interactive: wish.isInteractive,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        maxZoom: 20,
        // A spliced wall is wider than MapLibre's own limit of 4096.
        maxCanvasSize: [8192, 8192],
      })
    } catch (cause) {
      console.error(new Error('the map cannot be drawn here', { cause }))
      isDark.value = true
      return
    }
    const made = owned
    made.touchZoomRotate.disableRotation()
    made.setMissingStyleImageResolver((name) => wish.draw(made, name))
    made.once('style.load', () => (map.value = made))
    made.on('webglcontextlost', () => (isDark.value = true))
    made.on('webglcontextrestored', () => (isDark.value = false))
  })

  onBeforeUnmount(() => {
    map.value = null
    owned?.remove()
    owned = null
  })

  return { map, isDark }
}
