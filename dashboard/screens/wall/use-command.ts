// The command sheet of the wall: whether it is open, on which case, whom it offers; closed again when whoever commands has gone.
import { computed, ref, watch, type ShallowRef } from 'vue'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Town } from '../../map/town.ts'
import { useBoard } from '../../stores/board.ts'
import { useRequests } from '../../stores/requests.ts'
import { choiceFor } from '../desk/candidates.ts'
import { useFacts } from '../desk/use-facts.ts'
import type { Linked } from './use-linked.ts'

export function useCommand(town: Readonly<ShallowRef<Town | null>>, subject: () => Case | null, linked: Linked) {
  const board = useBoard()
  const requests = useRequests()
  const facts = useFacts(town)
  const isOpen = ref(false)
  watch(linked.commander, (now) => {
    if (now === null) isOpen.value = false
  })
  const sheet = computed(() => {
    const current = subject()
    const given = { presences: [...board.presences.values()], cases: board.cases, now: board.now }
    return {
      subject: current,
      fit: current ? choiceFor(facts.value, current, given).candidates : [],
      busy: current !== null && requests.pendingFor(current.id).length > 0,
      refused: linked.refused.value,
    }
  })
  const on = {
    wish: (wanted: PersonWish) => void linked.wish(wanted),
    close: () => (isOpen.value = false),
  }
  return { isOpen, sheet, on, open: () => (isOpen.value = true) }
}
