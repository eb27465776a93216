// Keys go to whatever is open: a sheet has its own, the desk gets the rest.
import { onBeforeUnmount, onMounted } from 'vue'
import { deskKey } from './keys.ts'
import type { DeskKey } from './keys.ts'
import type { DeskTab } from './lists.ts'

export function useKeys(tab: () => DeskTab | null, press: (key: DeskKey) => void) {
  const hear = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    const key = deskKey(event, tab())
    if (!key) return
    event.preventDefault()
    press(key)
  }
  onMounted(() => addEventListener('keydown', hear))
  onBeforeUnmount(() => removeEventListener('keydown', hear))
}
