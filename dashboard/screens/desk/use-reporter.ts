// The resident behind a case: masked as it comes, revealed only when asked for, forgotten when another case is chosen.
import { ref, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import type { Reporter } from '#contract/report'

type Fetch = typeof fetch
export type ReporterState = 'none' | 'asking' | 'masked' | 'revealed' | 'failed' | 'gone'

export function useReporter(fetch: Fetch, subject: ComputedRef<Case | null>) {
  const lines = ref<string[]>([])
  const state = ref<ReporterState>('none')

  async function ask(id: CaseId, reveal: boolean) {
    state.value = 'asking'
    const answer = await reach(fetch, id, reveal)
    if (subject.value?.id !== id) return
    if (answer === 'failed' || answer === null) {
      state.value = answer ?? 'gone'
      return
    }
    lines.value = [answer.name, answer.phone, answer.email, answer.address, answer.text].filter(
      (line) => line !== undefined,
    )
    state.value = reveal ? 'revealed' : 'masked'
  }
  watch(
    () => subject.value?.id,
    (id) => {
      lines.value = []
      state.value = 'none'
      if (id && subject.value?.reporterRef) void ask(id, false)
    },
    { immediate: true },
  )
  const reveal = () => subject.value && ask(subject.value.id, true)
  return { lines, state, reveal }
}

/** Null: erased by rule. */
async function reach(fetch: Fetch, id: CaseId, reveal: boolean): Promise<Reporter | null | 'failed'> {
  const url = `/api/cases/${encodeURIComponent(id)}/reporter${reveal ? '/reveal' : ''}`
  try {
    const answer = await fetch(url, { method: reveal ? 'POST' : 'GET', credentials: 'same-origin' })
    return answer.ok ? ((await answer.json()) as { reporter: Reporter | null }).reporter : 'failed'
  } catch {
    // No answer is an answer the page shows: 取不到报告人, with the button to try again.
    return 'failed'
  }
}
