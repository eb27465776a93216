// A sheet that has been opened has the focus: Tab goes round within it, and whoever had it before gets it back.
import { onBeforeUnmount, onMounted } from 'vue'
import type { ShallowRef } from 'vue'

const stops = 'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]'

/** `box`: of the sheet; it must be able to take the focus itself, so that no button looks chosen before it is. */
export function useKeptFocus(box: Readonly<ShallowRef<HTMLElement | null>>) {
  let before: Element | null = null

  function round(event: KeyboardEvent) {
    if (event.key !== 'Tab' || !box.value) return
    const all = [...box.value.querySelectorAll<HTMLElement>(stops)]
    const [first, last] = [all[0], all[all.length - 1]]
    if (!first || !last) return
    const here = document.activeElement
    const isAtEnd = event.shiftKey ? here === first || here === box.value : here === last
    if (!isAtEnd) return
    event.preventDefault()
    const to = event.shiftKey ? last : first
    to.focus()
  }

  onMounted(() => {
    before = document.activeElement
    box.value?.focus({ preventScroll: true })
    box.value?.addEventListener('keydown', round)
  })
  onBeforeUnmount(() => {
    box.value?.removeEventListener('keydown', round)
    // Somebody who has gone on elsewhere meanwhile is not called back.
    const here = document.activeElement
    const isHere = here === null || here === document.body || box.value?.contains(here)
    if (isHere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  })
}

/** What is typed in a sheet is the sheet's; a chord is the whole desk's. */
export function keepKeys(event: KeyboardEvent) {
  if (!event.ctrlKey && !event.metaKey) event.stopPropagation()
}
