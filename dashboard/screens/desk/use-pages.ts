// Which page of the desk is open: the address says so, so that the browser's own way back leads back.
import { computed, onScopeDispose, ref } from 'vue'
import { useBoard } from '../../stores/board.ts'
import { sayNav } from '../../words/desk-nav.ts'
import { addressOf, besideHome, deskPages, homeOf, inTheBar, mayOpen, pageAt } from './pages/pages.ts'
import type { DeskPage } from './pages/pages.ts'

/** Figures while they last; 0 is the lists. */
const hints = '123456789abcdefghij'

export function usePages() {
  const board = useBoard()
  const asked = ref<DeskPage | null>(pageAt(location.hash))
  const isChoosing = ref(false)
  const hear = () => (asked.value = pageAt(location.hash))
  addEventListener('hashchange', hear)
  onScopeDispose(() => removeEventListener('hashchange', hear))

  const offered = computed(() => deskPages.filter((one) => mayOpen(one, board.viewer?.role)))
  /** An address is no permission: a page that is not offered is the lists. */
  const home = computed(() => (board.viewer ? (homeOf[board.viewer.role] ?? null) : null))
  const page = computed(() => (asked.value && offered.value.includes(asked.value) ? asked.value : home.value))
  const beside = computed(() => (board.viewer && besideHome[board.viewer.role]) ?? [])
  function open(next: DeskPage | null) {
    isChoosing.value = false
    asked.value = next
    if (pageAt(location.hash) !== next) location.hash = addressOf(next)
  }
  const named = (one: DeskPage) => ({ key: one, words: sayNav(`page.${one}`) })
  return {
    page,
    offered,
    isChoosing,
    open,
    /** No part in cases: nothing to lead or to follow. */
    isApart: computed(() => home.value !== null),
    bar: computed(() =>
      (home.value ? [home.value, ...beside.value] : inTheBar.filter((one) => offered.value.includes(one))).map(named),
    ),
    sheet: computed(() =>
      offered.value.map((one, i) => ({ ...named(one), hint: hints[i] ?? '', about: sayNav(`about.${one}`) })),
    ),
  }
}
