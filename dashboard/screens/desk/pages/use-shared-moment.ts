// The moment of the past that is looked at here is the one that is chosen: whoever leads takes the others there, and whoever follows comes along.
import { onScopeDispose, watch, type Ref } from 'vue'
import type { Instant } from '#contract/ids'
import { useSelection } from '../../../stores/selection.ts'

export function useSharedMoment(past: {
  at: Readonly<Ref<Instant | null>>
  isPlaying: Readonly<Ref<boolean>>
  go: (at: Instant) => void
}) {
  const selection = useSelection()
  watch(
    () => selection.moment,
    (next) => next !== null && next !== past.at.value && past.go(next),
    { immediate: true },
  )
  // While it plays every quarter of a second is another moment: where it comes to rest is chosen.
  watch([past.at, past.isPlaying], ([at, playing]) => !playing && selection.selectMoment(at))
  onScopeDispose(() => selection.selectMoment(null))
}
