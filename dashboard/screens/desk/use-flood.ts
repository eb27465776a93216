// Is it a flood, and does this desk show it put together? Off by itself when it has run dry.
import { computed, ref, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import { useBoard } from '../../stores/board.ts'
import type { Facts } from './facts.ts'
import { cameLately, floodedBy, isFlood } from './flood.ts'

export function useFlood(facts: ComputedRef<Facts>, shown: ComputedRef<readonly Case[]>) {
  const board = useBoard()
  const is = ref(false)
  /** Somebody wants to see every one of them. */
  const isFlat = ref(false)
  const lately = computed(() => cameLately(shown.value, board.now))
  watch(
    lately,
    (count) => {
      is.value = isFlood(is.value, count)
      if (!is.value) isFlat.value = false
    },
    { immediate: true },
  )
  return {
    /** How many came; null while it is no flood. */
    lately: computed(() => (is.value ? lately.value : null)),
    isFlat,
    turn: () => (isFlat.value = !isFlat.value),
    order: (cases: readonly Case[]) => (is.value && !isFlat.value ? floodedBy(facts.value, cases) : null),
  }
}
