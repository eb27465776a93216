// The resident behind a case: masked as it comes, whole for a reason and for a while, forgotten when another case is chosen.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import { lookLasts, type Look, type LookReason } from '#contract/look'
import type { Reporter } from '#contract/report'
import { noInWords } from '../../composables/no-words.ts'
import type { Fetch } from '../../link/ask.ts'
import { askReporter, revealReporter, type ReporterSeen } from '../../link/reporter.ts'

export type ReporterState = 'none' | 'asking' | 'masked' | 'revealed' | 'failed' | 'gone'

/** `now`: the server's time as far as it is known: a phone's own clock may be wrong by hours. */
export function useReporter(fetch: Fetch, subject: ComputedRef<Case | null>, now: () => Instant) {
  const reporter = shallowRef<Reporter | null>(null)
  const state = ref<ReporterState>('none')
  const until = ref<Instant | null>(null)
  const refused = ref<string | null>(null)
  const looks = ref<readonly Look[] | null>(null)
  const mayLook = ref(true)
  let hiding: ReturnType<typeof setTimeout> | undefined

  function forget() {
    clearTimeout(hiding)
    reporter.value = null
    state.value = 'none'
    until.value = refused.value = looks.value = null
    mayLook.value = true
  }

  async function ask(id: CaseId, why?: { reason: LookReason; words?: string }) {
    state.value = 'asking'
    const answer = await (why ? revealReporter(fetch, id, why) : askReporter(fetch, id))
    if (subject.value?.id !== id) return
    if (!answer.ok) {
      refused.value = noInWords(answer)
      state.value = 'failed'
      return
    }
    take(id, answer.answer)
    // Who has looked is another now.
    if (why) await lookers(id)
  }

  function take(id: CaseId, { reporter: seen, until: till, looks: seenBy, mayReveal }: ReporterSeen) {
    refused.value = null
    if (seenBy) looks.value = seenBy
    if (mayReveal !== undefined) mayLook.value = mayReveal
    reporter.value = seen
    if (seen === null) {
      state.value = 'gone'
      return
    }
    state.value = till === null ? 'masked' : 'revealed'
    until.value = till
    clearTimeout(hiding)
    // What is shown goes even where nobody touches it, and before the door is asked: it may not answer.
    if (till !== null) hiding = setTimeout(() => hide(id), Math.min(Math.max(till - now(), 1_000), lookLasts))
  }

  function hide(id: CaseId) {
    reporter.value = null
    until.value = null
    if (subject.value?.id === id) void ask(id)
  }

  async function lookers(id: CaseId) {
    const answer = await askReporter(fetch, id)
    if (answer.ok && subject.value?.id === id) looks.value = answer.answer.looks ?? null
  }

  watch(
    () => subject.value?.id,
    (id) => {
      forget()
      if (id && subject.value?.reporterRef) void ask(id)
    },
    { immediate: true },
  )
  onScopeDispose(forget)
  const reveal = (reason: LookReason, words: string) =>
    subject.value && ask(subject.value.id, { reason, ...(words && { words }) })
  const again = () => subject.value && ask(subject.value.id)
  const lines = computed(() => (reporter.value ? linesOf(reporter.value) : []))
  return { reporter, lines, state, until, refused, looks, mayLook, reveal, again }
}

const linesOf = ({ name, phone, email, address, text }: Reporter): string[] =>
  [name, phone, email, address, text].filter((line) => line !== undefined)
