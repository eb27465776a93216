// The tour on its wall: counts the seconds a stop stands in sight, keeps its place over a reload, says where it stands.
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { WallView } from '#contract/wall-site'
import type { Place } from '#contract/places'
import type { Scenario } from '#contract/scenario'
import { useBoard } from '../../stores/board.ts'
import { sayLife } from '../../words/wall-life.ts'
import { inWords } from '../../words/words.ts'
import { nameOf } from './case-lines.ts'
import { holding, ownTour, passed, presetAt, stepped, stopAt, touchMs, tourFrom, viewOf, type Around } from './tour.ts'
import type { WallWorld } from './wall-world.ts'

interface Needs {
  blocks: () => readonly Place[]
  place: (id: Place['id']) => Place | undefined
  isAlarm: () => boolean
  /** A takeover, a cast or the past has the wall: the tour waits where it is. */
  isCovered: () => boolean
  touchedAt: () => number
}

const second = 1_000

export function useTour(world: Pick<WallWorld, 'now' | 'every' | 'shelf'>, needs: Needs) {
  const board = useBoard()
  const state = shallowRef(tourFrom(world.shelf.read('tour')))
  const tour = computed(() => board.site?.tour ?? ownTour(needs.blocks()))
  const look = (): Around => ({ isAlarm: needs.isAlarm(), sinceTouch: world.now() - needs.touchedAt() })
  const around = shallowRef(look())
  let lookedAt = world.now()
  const still = world.every(second, () => {
    around.value = look()
    const now = world.now()
    // A page that slept does not run through its stops to catch up.
    const stood = Math.min(now - lookedAt, 2 * second)
    lookedAt = now
    if (!needs.isCovered()) state.value = passed(state.value, tour.value, around.value, stood)
  })
  const unkeep = watch([() => state.value.isOn, () => state.value.isHeld, () => state.value.at], () =>
    world.shelf.write('tour', { ...state.value, spentMs: 0 }),
  )
  onScopeDispose(() => {
    still()
    unkeep()
  })
  const why = computed(() => holding(state.value, tour.value, around.value))
  return {
    why,
    isOn: computed(() => why.value !== 'off'),
    view: computed(() => viewOf(state.value, tour.value, around.value)),
    preset: computed(() => presetAt(board.site?.presets ?? [], board.now)),
    /** 「巡视 3/7 · 颐乐生活」. */
    stands: computed(() => {
      const at = stopAt(state.value, tour.value)
      const stop = tour.value.stops[at]
      const name = stop ? stopName(stop, needs.place, board.scenarios) : ''
      return sayLife('tour', { at: at + 1, of: tour.value.stops.length, name })
    }),
    touchedLeft: computed(() => Math.max(0, touchMs - around.value.sinceTouch)),
    turn: () => (state.value = { ...state.value, isOn: why.value === 'off', isHeld: false, spentMs: 0 }),
    /** By hand: whoever holds it or lets it go means it, touched or not. */
    hold: () => (state.value = { ...state.value, isHeld: !state.value.isHeld }),
    step: (by: 1 | -1) => (state.value = stepped(state.value, tour.value, by)),
  }
}

function stopName(stop: WallView, place: Needs['place'], scenarios: ReadonlyMap<string, Scenario>): string {
  switch (stop.kind) {
    case 'whole':
      return sayLife('stop.whole')
    case 'place': {
      const found = place(stop.placeId)
      return found ? nameOf(found) : stop.placeId
    }
    case 'scenario': {
      const found = scenarios.get(stop.scenario)
      return found ? inWords(found.words) : stop.scenario
    }
    case 'layer':
      return sayLife(`stop.${stop.layer}`)
    case 'board':
      return sayLife(`stop.${stop.board}`)
    default:
      return stop satisfies never
  }
}
