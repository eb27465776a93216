// A reason out of a list and words of one's own: what was chosen so far, and whether it says enough. 「其他」 says nothing without words.
import { computed, ref, shallowRef } from 'vue'

export function useWhy<K extends string>() {
  const reason = shallowRef<K | null>(null)
  const words = ref('')
  /** Null until it is enough. */
  const said = computed(() => {
    const own = words.value.trim()
    return reason.value === null || (reason.value === 'other' && own === '')
      ? null
      : { reason: reason.value, words: own }
  })
  return { reason, words, said }
}
