// What the map of the wall shows of a view: where it looks, what lies over it, which cases keep their colour, and what a tap makes of it.
import { computed, onScopeDispose, ref, watch } from 'vue'
import type { PlaceId } from '#contract/ids'
import type { WallView } from '#contract/wall-site'
import type { HeatLayer } from '../../map/heat.ts'
import type { CaseMark } from '../../map/marks.ts'
import { boundsOfPlace, chainOf, childrenOf, placeTapped } from '../../map/places-on-map.ts'
import type { Town } from '../../map/town.ts'
import type { MapLook } from '../../map/use-view.ts'
import type { Wall } from './use-wall.ts'

/** What was chosen by hand goes back by itself after so long without another touch. */
const handMs = 120_000

interface Needs {
  town: () => Town
  wall: () => Wall
  view: () => WallView
  /** Null: as it would be without a hand. */
  want: (view: WallView | null) => void
}

export function useMapView({ town, wall, view, want }: Needs) {
  const layer = computed<HeatLayer | null>(() => {
    const now = view()
    // Heat is counted as of today: over the board of another day it would say what was not so.
    return now.kind === 'layer' && !wall().isPast ? now.layer : null
  })
  const framed = computed<PlaceId | null>(() => {
    const now = view()
    return now.kind === 'place' ? now.placeId : null
  })
  /** With a layer over the ground a tap asks about a place and leaves the map where it is. */
  const asked = ref<PlaceId | null>(null)
  watch(layer, () => (asked.value = null))
  const placeId = computed(() => (layer.value ? asked.value : framed.value))

  const look = computed<MapLook | undefined>(() => {
    const { ground, places } = town()
    const bounds = framed.value === null ? null : boundsOfPlace(ground, places.get(framed.value))
    return bounds ? { kind: 'bounds', bounds } : undefined
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  function byHand(next: WallView | null): void {
    clearTimeout(timer)
    want(next)
    if (next) timer = setTimeout(() => want(null), handMs)
  }
  onScopeDispose(() => clearTimeout(timer))

  const show = (place: PlaceId | null): void => {
    if (layer.value) return void (asked.value = place)
    byHand(place === null ? null : { kind: 'place', placeId: place })
  }
  function tap(path: PlaceId[]): void {
    if (!layer.value) return show(placeTapped(path, chainOf(town().places, framed.value)))
    const cell = path.at(-1) ?? null
    show(cell === asked.value ? null : cell)
  }
  const turn = (next: HeatLayer | null): void => byHand(next === null ? null : { kind: 'layer', layer: next })

  /** Those the view is not about lose their colour: another scenario's, and over a layer all but I and II. */
  function toned(marks: readonly CaseMark[]): readonly CaseMark[] {
    const now = view()
    if (now.kind === 'scenario') {
      const bright = new Set<string>(
        wall()
          .cases.filter(({ scenarioId }) => scenarioId === now.scenario)
          .map(({ id }) => id),
      )
      return marks.map((mark) => (bright.has(mark.id) ? mark : { ...mark, isGrey: true, isWaiting: false }))
    }
    return layer.value ? marks.map((mark) => (mark.level <= 2 ? mark : { ...mark, isGrey: true })) : marks
  }
  const below = computed(() => {
    const { places, blocks } = town()
    return framed.value === null ? blocks : childrenOf(places, framed.value)
  })
  return { layer, framed, placeId, look, below, show, tap, turn, toned }
}
