// This wall's plan, made anew when its window or its site changes; the root's size follows it, and by that every letter.
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import { useBoard } from '../../stores/board.ts'
import { planWall, type Hanging, type Viewport, type WallPlan } from './wall-plan.ts'

/** One screen without seams, of which nobody said how it hangs. */
const unsaid: Hanging = { columns: 1, rows: 1, seam: 0 }
/** One rem of the picture at 3840×2160. */
const rem = 36

const seenNow = (): Viewport => ({ width: innerWidth, height: innerHeight, ratio: devicePixelRatio })

export function usePlan(): ComputedRef<WallPlan> {
  const board = useBoard()
  const viewport = shallowRef(seenNow())
  const plan = computed(() => planWall(viewport.value, board.site ?? unsaid))
  const measure = (): void => {
    viewport.value = seenNow()
  }
  // Before anybody else hears of it: map and charts read the root's size when the window changes.
  addEventListener('resize', measure, { capture: true })
  const stop = watch(
    () => plan.value.unit,
    (unit, before) => {
      document.documentElement.style.fontSize = `${unit * rem}px`
      // Another site in the same window: whoever measures by the root measures again.
      if (before !== undefined) queueMicrotask(() => dispatchEvent(new Event('resize')))
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => {
    removeEventListener('resize', measure, { capture: true })
    stop()
    document.documentElement.style.removeProperty('font-size')
  })
  return plan
}
