// Who looks at this desk, with the post they hold: what they may do is asked of it.
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useBoard } from '../../stores/board.ts'
import type { Looker } from './may.ts'

export function useLooker(): ComputedRef<Looker | null> {
  const board = useBoard()
  return computed(() => {
    const { viewer, people } = board
    return viewer && { id: viewer.personId, role: viewer.role, post: people.get(viewer.personId)?.post }
  })
}
