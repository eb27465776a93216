// What the desk knows, from what the desk process said and from the ground that is fetched once.
import { computed } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { useBoard } from '../../stores/board.ts'
import type { Town } from '../../map/town.ts'
import type { Facts } from './facts.ts'

export function useFacts(town: Readonly<ShallowRef<Town | null>>): ComputedRef<Facts> {
  const board = useBoard()
  return computed(() => ({
    people: board.people,
    places: town.value?.places ?? new Map(),
    facilities: town.value?.facilities ?? new Map(),
    cameras: town.value?.cameras ?? new Map(),
    scenarios: board.scenarios,
    versions: board.versions,
    matters: board.matters,
    calendar: board.calendar,
    streets: board.streets,
  }))
}
