// Whom to send: the best is chosen until a finger says otherwise; another case is another choice.
import { computed, ref, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { Fetch } from '../../link/ask.ts'
import { askResponsibility } from '../../link/rules.ts'
import { homeOf } from './pages/pages.ts'
import { useBoard } from '../../stores/board.ts'
import { choiceFor } from './candidates.ts'
import type { Facts } from './facts.ts'

export function useChoice(fetch: Fetch, facts: ComputedRef<Facts>, subject: ComputedRef<Case | null>) {
  const board = useBoard()
  /** Whose what is, by the site's table; without it people are recommended all the same. */
  const table = shallowRef<ResponsibilityTable | null>(null)
  watch(
    () => board.viewer?.personId,
    async () => {
      const { viewer } = board
      // Whoever has no part in cases sends nobody, and may not read it.
      const asked = viewer && !homeOf[viewer.role] ? await askResponsibility(fetch) : null
      table.value = asked?.ok ? asked.answer : null
    },
    { immediate: true },
  )
  const picked = ref<PersonId | null>(null)
  watch(
    () => subject.value?.id,
    () => (picked.value = null),
  )
  const choiceOf = (subject: Case) => {
    const [presences, cases] = [[...board.presences.values()], board.cases]
    const all = choiceFor(facts.value, subject, { presences, cases, now: board.now }, table.value)
    // Whoever has it already is no one else to send.
    const holder = subject.holder?.personId
    return { ...all, candidates: all.candidates.filter((one) => one.id !== holder) }
  }
  const choice = computed(() => subject.value && choiceOf(subject.value))
  const chosen = computed<PersonId | null>(() => {
    const candidates = choice.value?.candidates ?? []
    const stillThere = candidates.some((one) => one.id === picked.value)
    return stillThere ? picked.value : (candidates[0]?.id ?? null)
  })
  /** Whom one would send to any case of the list; to the chosen one whoever is chosen. */
  const bestFor = (one: Case): PersonId | null =>
    one.id === subject.value?.id ? chosen.value : (choiceOf(one).candidates[0]?.id ?? null)
  return { choice, chosen, bestFor, pick: (id: PersonId) => (picked.value = id) }
}
