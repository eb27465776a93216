// What has the wall now, and the four things a hand, a tour, a preset or somebody who looks back may want of it.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Instant } from '#contract/ids'
import type { LinkageView } from '#contract/linkage'
import type { WallView } from '#contract/wall-site'
import { useBoard } from '../../stores/board.ts'
import type { Wall } from './use-wall.ts'
import { wallStage, type WallStage } from './wall-stage.ts'

export interface Wanted {
  /** A moment of the past that is looked at on this wall. */
  past: Ref<Instant | null>
  /** Chosen by touch or key; whoever chose it, or the time that has passed since, sets it back to null. */
  hand: ShallowRef<WallView | null>
  tour: ShallowRef<WallView | null>
  preset: ShallowRef<WallView | null>
}

/** `live`: the board as it is: what somebody looks back at takes the wall from nobody. `linkage`: as far as this wall follows it. */
export function useStage(
  live: ComputedRef<Wall>,
  linkage: () => LinkageView = () => useBoard().linkage,
): { stage: ComputedRef<WallStage>; wanted: Wanted } {
  const wanted: Wanted = {
    past: ref(null),
    hand: shallowRef(null),
    tour: shallowRef(null),
    preset: shallowRef(null),
  }
  const stage = computed(() =>
    wallStage({
      takeovers: live.value.takeovers,
      linkage: linkage(),
      past: wanted.past.value,
      hand: wanted.hand.value,
      tour: wanted.tour.value,
      preset: wanted.preset.value,
    }),
  )
  return { stage, wanted }
}
