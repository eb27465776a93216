// The resident behind a case: masked as it comes, whole for a reason and for a while, forgotten when another case is chosen.
import { ref, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Look, LookReason } from '#contract/look'
import type { Reporter } from '#contract/report'

type Fetch = typeof fetch
export type ReporterState = 'none' | 'asking' | 'masked' | 'revealed' | 'failed' | 'gone'

interface Answer {
  reporter: Reporter | null
  until: Instant | null
  looks?: Look[]
  mayReveal?: boolean
}

export function useReporter(fetch: Fetch, subject: ComputedRef<Case | null>) {
  const lines = ref<string[]>([])
  const state = ref<ReporterState>('none')
  const until = ref<Instant | null>(null)
  const refused = ref<string | null>(null)
  const looks = ref<readonly Look[] | null>(null)
  const mayLook = ref(true)
  let hiding: ReturnType<typeof setTimeout> | undefined

  function forget() {
    clearTimeout(hiding)
    lines.value = []
    state.value = 'none'
    until.value = refused.value = looks.value = null
    mayLook.value = true
  }

  async function ask(id: CaseId, why?: { reason: LookReason; words?: string }) {
    state.value = 'asking'
    const answer = await reach(fetch, id, why)
    if (subject.value?.id !== id) return
    if (answer === null || 'words' in answer) {
      refused.value = answer?.words ?? null
      state.value = 'failed'
      return
    }
    take(id, answer)
    // Who has looked is another now.
    if (why) await lookers(id)
  }

  function take(id: CaseId, { reporter, until: till, looks: seen, mayReveal }: Answer) {
    refused.value = null
    if (seen) looks.value = seen
    if (mayReveal !== undefined) mayLook.value = mayReveal
    if (reporter === null) {
      state.value = 'gone'
      return
    }
    lines.value = linesOf(reporter)
    state.value = till === null ? 'masked' : 'revealed'
    until.value = till
    clearTimeout(hiding)
    // Half an hour, by the desk's own clock: what is shown goes even where nobody touches it.
    if (till !== null) hiding = setTimeout(() => subject.value?.id === id && void ask(id), lookLeft(till))
  }

  async function lookers(id: CaseId) {
    const answer = await reach(fetch, id)
    if (answer && !('words' in answer) && subject.value?.id === id) looks.value = answer.looks ?? null
  }

  watch(
    () => subject.value?.id,
    (id) => {
      forget()
      if (id && subject.value?.reporterRef) void ask(id)
    },
    { immediate: true },
  )
  const reveal = (reason: LookReason, words: string) =>
    subject.value && ask(subject.value.id, { reason, ...(words && { words }) })
  return { lines, state, until, refused, looks, mayLook, reveal }
}

const linesOf = ({ name, phone, email, address, text }: Reporter): string[] =>
  [name, phone, email, address, text].filter((line) => line !== undefined)

/** A clock that is wrong hides it early or late by as much; the door itself shows it no longer. */
const lookLeft = (till: Instant): number => Math.min(Math.max(till - Date.now(), 1_000), 30 * 60_000)

/** Null where nothing can be reached. */
async function reach(fetch: Fetch, id: CaseId, why?: object): Promise<Answer | { words: string } | null> {
  const url = `/api/cases/${encodeURIComponent(id)}/reporter${why ? '/reveal' : ''}`
  const said = why && { body: JSON.stringify(why), headers: { 'content-type': 'application/json' } }
  try {
    const answer = await fetch(url, { method: why ? 'POST' : 'GET', credentials: 'same-origin', ...said })
    if (answer.ok) return (await answer.json()) as Answer
    return answer.status === 429 || answer.status === 422 ? ((await answer.json()) as { words: string }) : null
  } catch {
    // No answer is an answer the page shows: 取不到报告人, with the button to try again.
    return null
  }
}
