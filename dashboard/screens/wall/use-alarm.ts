// The wall calls when a level I takes it, and again every ten seconds until somebody has signed for it.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { CaseId } from '#contract/ids'
import { openAlarm } from './alarm-sound.ts'

const again = 10_000

/** Returns whether the wall is mute: it wanted to call and the browser did not let it. */
export function useAlarm(calling: () => CaseId | null): Readonly<Ref<boolean>> {
  const isMute = ref(false)
  const alarm = 'AudioContext' in globalThis ? openAlarm() : null
  let timer: ReturnType<typeof setInterval> | undefined
  const ring = (): void => {
    isMute.value = !alarm?.ring()
  }
  watch(
    calling,
    (id) => {
      clearInterval(timer)
      isMute.value = false
      if (!id) return
      ring()
      timer = setInterval(ring, again)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearInterval(timer)
    alarm?.close()
  })
  return isMute
}
