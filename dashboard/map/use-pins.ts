// The few things that lie over the map as elements: the blinking outline of what nobody signed for, the outline of what is selected.
// As elements they blink in the compositor: the map itself is not drawn anew twice a second for months.
import { Marker, type Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import type { Level } from '#contract/stage'
import { markSize } from './draw-mark.ts'
import type { Pin } from './pins.ts'

/** Corners of the shape in a box of 100 about its middle; the circle is drawn as one. */
const outlines: Record<Level, string> = {
  1: 'M50 3 L100 89 L0 89 Z',
  2: 'M50 0 L100 50 L50 100 L0 50 Z',
  3: 'M0 0 H100 V100 H0 Z',
  4: 'M50 0 A50 50 0 1 1 49.9 0 Z',
}

export function usePins(map: Readonly<ShallowRef<MapLibre | null>>, pins: () => readonly Pin[]): void {
  const shown = new Map<string, Marker>()
  const clear = (): void => {
    for (const marker of shown.values()) marker.remove()
    shown.clear()
  }

  watch(
    [map, pins] as const,
    ([target, wanted]) => {
      if (!target) return clear()
      const ids = new Set(wanted.map((pin) => pin.id))
      for (const [id, marker] of shown)
        if (!ids.has(id)) {
          marker.remove()
          shown.delete(id)
        }
      for (const pin of wanted) {
        const marker = shown.get(pin.id)
        if (marker) marker.setLngLat(pin.at)
        else shown.set(pin.id, new Marker({ element: outline(pin) }).setLngLat(pin.at).addTo(target))
      }
    },
    { immediate: true },
  )
  onScopeDispose(clear)
}

function outline(pin: Pin): HTMLElement {
  const element = document.createElement('div')
  element.className = `map-pin map-pin-${pin.look}`
  element.dataset.level = String(pin.level)
  // The gap between the mark and its outline: as wide for the smallest mark as for the largest.
  element.style.setProperty('--across', String(markSize[pin.level] + (pin.look === 'selected' ? 62 : 40)))
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '-4 -4 108 108')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', outlines[pin.level])
  svg.append(path)
  element.append(svg)
  return element
}
