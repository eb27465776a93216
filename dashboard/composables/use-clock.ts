// How much time a case still has, second by second.
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import { useBoard } from '../stores/board.ts'
import { lookAt, nextClock } from './clock-look.ts'
import type { ClockLook } from './clock-look.ts'

export function useClock(subject: () => Case | null | undefined): ComputedRef<ClockLook | null> {
  const board = useBoard()
  return computed(() => {
    const current = subject()
    const clock = current ? nextClock(current) : null
    return clock ? lookAt(clock, board.now) : null
  })
}
