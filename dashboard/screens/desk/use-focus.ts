// Whoever has no mouse is never left without a place: what closed, left the list or was done gives the focus to what is chosen now.
import { nextTick, onScopeDispose, watch } from 'vue'

/** In this order: the page that is open, the chosen row, the list it would stand in, the bar. */
const places = [
  '.page [tabindex="0"]',
  '[data-case][aria-current="true"]',
  '.list [role="tab"][aria-selected="true"]',
  '.bar [aria-current="page"]',
]

/** A row that is no longer the chosen one holds it for nobody; whoever types or stands elsewhere keeps it. */
const isLost = (focused: Element | null): boolean =>
  !focused || focused === document.body || focused.matches('[data-case]:not([aria-current])')

/** `changes`: all that may take away what had the focus. After a finger or a mouse nothing is done: they need no place. */
export function useFocus(changes: () => unknown): void {
  let isByKey = false
  const heard = ({ type }: Event) => (isByKey = type === 'keydown')
  const kinds = ['keydown', 'pointerdown'] as const
  for (const kind of kinds) addEventListener(kind, heard, { capture: true })
  onScopeDispose(() => kinds.forEach((kind) => removeEventListener(kind, heard, { capture: true })))
  watch(
    changes,
    async () => {
      await nextTick()
      if (!isByKey || !isLost(document.activeElement) || document.querySelector('dialog[open]')) return
      const place = places.map((one) => document.querySelector<HTMLElement>(one)).find((one) => one !== null)
      place?.focus({ preventScroll: true })
    },
    { flush: 'post' },
  )
}
