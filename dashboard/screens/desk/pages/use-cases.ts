// The cases behind a figure, so many at a time: those on the board at once, the others from the archive, a few at a time.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import type { Fetch } from '../../../link/ask.ts'
import { askCase } from '../../../link/judging.ts'
import { useBoard } from '../../../stores/board.ts'

const page = 40
const atOnce = 4

export function useCases(fetch: Fetch, ids: () => readonly CaseId[]) {
  const board = useBoard()
  const shown = ref(page)
  const found = shallowRef<ReadonlyMap<CaseId, Case | 'none'>>(new Map())
  let isGone = false

  const wanted = computed(() => ids().slice(0, shown.value))
  const caseOf = (id: CaseId): Case | 'none' | undefined => board.board?.cases.get(id) ?? found.value.get(id)

  async function fill(): Promise<void> {
    for (;;) {
      const next = wanted.value.find((id) => !caseOf(id) && !underWay.has(id))
      if (isGone || !next) return
      underWay.add(next)
      const asked = await askCase(fetch, next)
      underWay.delete(next)
      // Asked once: what cannot be had now is said so and not asked for again and again.
      found.value = new Map(found.value).set(next, asked.ok ? asked.answer.case : 'none')
    }
  }
  const underWay = new Set<CaseId>()
  watch(wanted, () => void Promise.all(Array.from({ length: atOnce }, fill)), { immediate: true })
  watch(
    () => ids().join(),
    () => (shown.value = page),
  )
  onScopeDispose(() => (isGone = true))

  return {
    rows: computed(() => wanted.value.map((id) => ({ id, subject: caseOf(id) }))),
    left: computed(() => Math.max(0, ids().length - shown.value)),
    more: () => (shown.value += page),
  }
}
