// Persons in the pictures of one case: whether they are blurred for who looks, shown for a reason and a while, and blurred again by themselves.
import { inject, onScopeDispose, ref, shallowRef, watch, type ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import { lookLasts, type LookReason } from '#contract/look'
import { noInWords } from '../../composables/no-words.ts'
import type { Asked, Fetch } from '../../link/ask.ts'
import { askPersons, showPersons, type PersonsSeen } from '../../link/viewing.ts'
import { pictureDoor } from '../../parts/picture-door.ts'

/** `also`: what else changes who looks: a wall's operator. */
export function usePersons(fetch: Fetch, subject: ComputedRef<Case | null | undefined>, also: () => unknown = () => 0) {
  const seen = shallowRef<PersonsSeen | null>(null)
  const refused = ref<string | null>(null)
  const isBusy = ref(false)
  const door = inject(pictureDoor, null)
  let hiding: ReturnType<typeof setTimeout> | undefined

  function take(id: string, answer: Asked<PersonsSeen>): void {
    if (subject.value?.id !== id) return
    refused.value = answer.ok ? null : noInWords(answer)
    if (!answer.ok) return
    const before = seen.value
    seen.value = answer.answer
    if (before && String(before.blurred) !== String(answer.answer.blurred)) door?.again()
    clearTimeout(hiding)
    const { until } = answer.answer
    if (until !== null) door?.againAt(until)
    // The server blurs it again by its own clock; here only the picture on the screen goes.
    if (until !== null) hiding = setTimeout(() => void look(), Math.min(Math.max(until - Date.now(), 1_000), lookLasts))
  }
  async function look(): Promise<void> {
    const id = subject.value?.id
    if (id) take(id, await askPersons(fetch, id))
  }
  async function show(reason: LookReason, words: string): Promise<void> {
    const id = subject.value?.id
    if (!id || isBusy.value) return
    isBusy.value = true
    take(id, await showPersons(fetch, id, { reason, ...(words && { words }) }))
    isBusy.value = false
  }
  const pictures = () => (subject.value?.sources ?? []).reduce((sum, { evidence }) => sum + evidence.length, 0)
  watch(
    [() => subject.value?.id, pictures, also],
    ([id], [before]) => {
      clearTimeout(hiding)
      if (id !== before) seen.value = null
      if (id && pictures() > 0) void look()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(hiding))
  return { seen, refused, isBusy, show }
}
