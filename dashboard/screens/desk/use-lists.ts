// Which list is open, what stands in it, which case the finger is on. The finger stays where it is when its case has gone.
import { computed, ref, shallowRef, watch } from 'vue'
import type { CaseId } from '#contract/ids'
import type { Case } from '#contract/case'
import { useBoard } from '../../stores/board.ts'
import { useSelection } from '../../stores/selection.ts'
import { deskTabs, listsOf, tabFor } from './lists.ts'
import type { DeskLists, DeskTab } from './lists.ts'
import { admit, everything, waitingBar } from './waiting-bar.ts'
import type { Admitted } from './waiting-bar.ts'

/** A list as it is drawn: first what must be dealt with, then what stands apart. */
const parts: Record<DeskTab, (lists: DeskLists) => { main: Case[]; apart: Case[] }> = {
  inbox: ({ waiting, unsure }) => ({ main: waiting, apart: unsure }),
  handling: ({ underWay }) => ({ main: underWay, apart: [] }),
  verify: ({ toVerify, notMine }) => ({ main: toVerify, apart: notMine }),
}

export function useLists() {
  const board = useBoard()
  const selection = useSelection()
  const tab = ref<DeskTab>('inbox')
  const admitted = shallowRef<Admitted>(null)

  watch(
    () => board.board,
    (now) => (admitted.value = now ? admit(admitted.value, now.cases.values()) : null),
    { immediate: true },
  )
  const letIn = () => (admitted.value = everything(board.cases))

  const lists = computed(() => listsOf(board.cases, board.viewer?.personId))
  const isIn = (subject: Case) => admitted.value?.has(subject.id) ?? false
  const open = computed(() => {
    const { main, apart } = parts[tab.value](lists.value)
    return { main: main.filter(isIn), apart: apart.filter(isIn) }
  })
  const bar = computed(() => waitingBar(admitted.value, board.cases))
  /** What is not yet let in is counted too: the figure is what there is to do, not what is seen of it. */
  const counts = computed<Record<DeskTab, number>>(() => ({
    inbox: lists.value.waiting.length,
    handling: lists.value.underWay.length,
    verify: lists.value.toVerify.length,
  }))

  const ids = computed(() => [...open.value.main, ...open.value.apart].map((subject) => subject.id))
  const subject = computed(() => (selection.caseId ? (board.board?.cases.get(selection.caseId) ?? null) : null))
  const place = (id: CaseId | null) => (id ? ids.value.indexOf(id) : -1)

  function choose(id: CaseId) {
    selection.select(id)
    const chosen = board.board?.cases.get(id)
    const home = chosen && tabFor(chosen)
    if (home) tab.value = home
  }
  function step(by: 1 | -1) {
    const at = place(selection.caseId)
    const next = ids.value[at < 0 ? 0 : Math.min(ids.value.length - 1, Math.max(0, at + by))]
    if (next) selection.select(next)
  }
  /** To the next; from the last to the one before it. */
  function moveOn() {
    step(place(selection.caseId) === ids.value.length - 1 ? -1 : 1)
  }
  function openTab(next: DeskTab) {
    tab.value = next
    if (place(selection.caseId) < 0) selection.select(ids.value[0] ?? null)
  }

  // Its case gone from the list, the finger is on what moved up under it.
  watch(
    ids,
    (now, before = []) => {
      if (place(selection.caseId) >= 0) return
      const was = selection.caseId ? before.indexOf(selection.caseId) : -1
      // Chosen from elsewhere (the same spot's history) and never in this list: it stays chosen.
      if (selection.caseId && was < 0 && subject.value) return
      selection.select(now[Math.min(Math.max(0, was), now.length - 1)] ?? null)
    },
    { immediate: true },
  )

  return { tab, tabs: deskTabs, open, bar, counts, subject, letIn, choose, step, moveOn, openTab }
}
