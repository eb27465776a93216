// One page's question to the server: its last answer, when that was so, and the no in words. An answer that can no longer be renewed is old.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Instant } from '#contract/ids'
import type { Asked, No } from '../../../link/ask.ts'
import { noInWords } from '../../../composables/no-words.ts'
import { useBoard } from '../../../stores/board.ts'

export function useAsked<T>(question: () => Promise<Asked<T>>, every?: number) {
  const board = useBoard()
  const answer = shallowRef<T | null>(null)
  const at = ref<Instant | null>(null)
  const no = shallowRef<No | null>(null)
  const isBusy = ref(false)
  /** An answer to an older question is none. */
  let turn = 0

  async function again(): Promise<void> {
    const mine = ++turn
    isBusy.value = true
    const asked = await question()
    if (mine !== turn) return
    isBusy.value = false
    no.value = asked.ok ? null : asked
    if (!asked.ok) return
    answer.value = asked.answer
    at.value = board.now
  }
  if (every) {
    const timer = setInterval(() => void again(), every)
    onScopeDispose(() => clearInterval(timer))
  }
  onScopeDispose(() => turn++)
  return {
    answer,
    again,
    look: computed(() => ({
      at: at.value,
      no: no.value && noInWords(no.value),
      isOld: no.value !== null && answer.value !== null,
      isBusy: isBusy.value,
      isFirst: answer.value === null && no.value === null,
    })),
  }
}
