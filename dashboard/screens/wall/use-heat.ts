// Heat and risk for the wall: asked for while somebody looks at them, once a minute; what could not be had anew stays, and says how old it is.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Heat, HeatDays } from '#contract/heat'
import type { Instant } from '#contract/ids'
import type { Fetch } from '../../link/ask.ts'
import { askHeat } from '../../link/heat.ts'
import { classesOf, figuresOf, type HeatLayer } from '../../map/heat.ts'

const period = 60_000

export function useHeat(fetch: Fetch, layer: () => HeatLayer | null, now: () => Instant) {
  const days = ref<HeatDays>(30)
  const heat = shallowRef<Heat | null>(null)
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function fetchIt(): Promise<void> {
    clearTimeout(timer)
    const wanted = days.value
    const asked = await askHeat(fetch, wanted)
    if (layer() === null || wanted !== days.value) return
    failed.value = !asked.ok
    if (asked.ok) heat.value = asked.answer
    timer = setTimeout(() => void fetchIt(), asked.ok ? period : period / 6)
  }
  watch(
    [() => layer() !== null, days],
    ([isOn]) => {
      clearTimeout(timer)
      if (heat.value?.days !== days.value) heat.value = null
      if (isOn) void fetchIt()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  const classes = computed(() => {
    const shown = layer()
    return heat.value && shown ? classesOf(figuresOf(heat.value, shown)) : null
  })
  const isLate = computed(() => heat.value !== null && failed.value && now() - heat.value.at > 2 * period)
  return { days, heat, failed, classes, isLate }
}
