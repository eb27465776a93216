// The list behind a figure: its cases as they are now, or the devices that are silent; once it is closed the finger is back where it was.
import { computed, ref, watch, type ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import { sayWall } from '../../words/wall.ts'
import type { Wall } from './use-wall.ts'

/** `taken`: whose takeover it is; another one clears the list away. */
export function useList(wall: ComputedRef<Wall>, taken: () => CaseId | null) {
  const opened = ref<{ name: string; ids: CaseId[]; isSilent: boolean } | null>(null)
  let from: HTMLElement | null = null
  const show = (name: string, ids: CaseId[], isSilent: boolean): void => {
    if (!opened.value) from = document.activeElement instanceof HTMLElement ? document.activeElement : null
    opened.value = { name, ids, isSilent }
  }
  const cases = computed(() => {
    const byId = new Map(wall.value.cases.map((subject) => [subject.id, subject]))
    return opened.value?.ids.flatMap((id) => byId.get(id) ?? []) ?? []
  })
  const cameras = computed(() => (opened.value?.isSilent ? [...wall.value.silent] : []))
  const lines = computed(() =>
    cameras.value.map((id) => ({
      id,
      name: wall.value.book.town?.cameras.get(id)?.name ?? id,
      note: sayWall('silentSince'),
    })),
  )
  watch(taken, () => (opened.value = null))
  return {
    opened,
    cases,
    lines,
    list: (name: string, behind: readonly Case[]) =>
      show(
        name,
        behind.map((subject) => subject.id),
        false,
      ),
    listSilent: () => show(sayWall('figure.silent'), [], true),
    close() {
      opened.value = null
      from?.focus()
    },
  }
}
