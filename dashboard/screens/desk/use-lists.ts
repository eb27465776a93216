// Which list is open, what stands in it, which case the finger is on. The finger stays where it is when its case has gone.
import { computed, ref, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { isWaiting, mayGrant } from '#contract/asks'
import type { CaseId } from '#contract/ids'
import type { Case } from '#contract/case'
import { ask } from '../../link/ask.ts'
import type { Fetch } from '../../link/ask.ts'
import { useBoard } from '../../stores/board.ts'
import { useSelection } from '../../stores/selection.ts'
import type { Facts } from './facts.ts'
import type { FloodGroup } from './flood.ts'
import { deskTabs, listsOf, partFor, partsOf } from './lists.ts'
import type { DeskLists, DeskPart, DeskTab } from './lists.ts'
import type { Looker } from './may.ts'
import { useFlood } from './use-flood.ts'
import { isOf, isWithin } from './use-narrow.ts'
import type { Narrow, useNarrow } from './use-narrow.ts'
import { admit, everything, waitingBar } from './waiting-bar.ts'
import type { Admitted } from './waiting-bar.ts'

interface CaseAnswer {
  case: Case
  archived: boolean
}

/** What stands apart under a list: what is only to be looked at, what is somebody else's. */
const apart: Partial<Record<DeskPart, keyof DeskLists>> = { waiting: 'unsure', toVerify: 'notMine' }

/** `fetch`: for a case that has left the board, and is only spoken of by another. */
export function useLists(
  facts: ComputedRef<Facts>,
  looker: ComputedRef<Looker | null>,
  fetch: Fetch,
  narrowing: ReturnType<typeof useNarrow>,
) {
  const board = useBoard()
  const selection = useSelection()
  const tab = ref<DeskTab>('inbox')
  const parts = ref<Record<DeskTab, DeskPart>>({ inbox: 'waiting', handling: 'underWay', verify: 'toVerify' })
  const part = computed(() => parts.value[tab.value])
  const admitted = shallowRef<Admitted>(null)

  watch(
    () => board.board,
    (now) => (admitted.value = now ? admit(admitted.value, now.cases.values()) : null),
    { immediate: true },
  )
  const letIn = () => (admitted.value = everything(board.cases))

  const waitsForYou = (subject: Case) =>
    (subject.requests ?? []).some(
      (request) => isWaiting(request) && mayGrant(board.scenarioOf(subject), request, subject, looker.value),
    )
  /** The house's own test alarms are nobody's work. */
  const shown = computed(() => board.cases.filter((subject) => board.scenarioOf(subject)?.kind !== 'self-check'))
  const lists = computed(() => listsOf(shown.value, board.viewer?.personId, waitsForYou))
  /** What is looked for: the figures of the tabs stay what there is to do. */
  const narrowed = computed(() => {
    const { value: narrow } = narrowing.narrow
    if (!narrow) return lists.value
    const within = shown.value.filter((subject) => isWithin(narrow, subject))
    return listsOf(within, board.viewer?.personId, waitsForYou)
  })
  const flood = useFlood(facts, shown)
  const isIn = (subject: Case) => admitted.value?.has(subject.id) ?? false
  const open = computed(() => {
    const beside = apart[part.value]
    const [main, aside] = [narrowed.value[part.value], beside ? narrowed.value[beside] : []]
    const rows = { main: main.filter(isIn), apart: aside.filter(isIn), groups: [] as FloodGroup[] }
    const flooded = part.value === 'waiting' ? flood.order(rows.main) : null
    return flooded ? { ...rows, main: flooded.order, groups: flooded.groups } : rows
  })
  const partCounts = computed(() =>
    partsOf[tab.value].map((key) => ({ key, count: narrowed.value[key].length, isOpen: key === part.value })),
  )
  const bar = computed(() => waitingBar(admitted.value, shown.value))
  /** What is not yet let in is counted too: the figure is what there is to do, not what is seen of it. */
  const counts = computed<Record<DeskTab, number>>(() => ({
    inbox: lists.value.waiting.length,
    handling: lists.value.underWay.length,
    verify: lists.value.toVerify.length,
  }))

  const ids = computed(() => [...open.value.main, ...open.value.apart].map((subject) => subject.id))
  /** As the archive has it, while the finger is on it. */
  const archived = shallowRef<Case | null>(null)
  /** The one that was asked for last could not be had. */
  const isGone = ref(false)
  const subject = computed(() => {
    const id = selection.caseId
    return id ? (board.board?.cases.get(id) ?? (archived.value?.id === id ? archived.value : null)) : null
  })
  const place = (id: CaseId | null) => (id ? ids.value.indexOf(id) : -1)

  /** From the archive; where that does not have it either, nothing is chosen. */
  async function chooseArchived(id: CaseId) {
    const asked = await ask<CaseAnswer>(fetch, `/api/cases/${encodeURIComponent(id)}`)
    isGone.value = !asked.ok
    if (!asked.ok) return
    archived.value = asked.answer.case
    selection.select(id)
  }
  function choose(id: CaseId) {
    if (board.board && !board.board.cases.has(id)) return void chooseArchived(id)
    isGone.value = false
    selection.select(id)
    const chosen = board.board?.cases.get(id)
    // What is in sight already stays where it is: 待批 is looked through as a list of its own.
    if (!chosen || place(id) >= 0) return
    const home = partFor(chosen)
    tab.value = home.tab
    parts.value = { ...parts.value, [home.tab]: home.part }
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
  /** A tab opens with its main list. */
  function openTab(next: DeskTab) {
    tab.value = next
    openPart(partsOf[next][0]!)
  }
  function openPart(next: DeskPart) {
    parts.value = { ...parts.value, [tab.value]: next }
    if (place(selection.caseId) < 0) selection.select(ids.value[0] ?? null)
  }
  /** To the next part of the tab, and from the last to the first. */
  function turnPart() {
    const [all, at] = [partsOf[tab.value], partsOf[tab.value].indexOf(part.value)]
    openPart(all[(at + 1) % all.length]!)
  }

  /** To the first list that has any of it, with the finger on the first; everything again where null. */
  function narrowTo(next: Narrow | null) {
    narrowing.set(next)
    if (!next) return
    const has = (key: keyof DeskLists) => narrowed.value[key].find((subject) => isIn(subject) && isOf(next, subject))
    const partsHere = [part.value, ...deskTabs.flatMap((one) => partsOf[one])]
    const home = partsHere.find((one) => has(one) ?? (apart[one] && has(apart[one])))
    if (!home) return selection.select(null)
    tab.value = deskTabs.find((one) => partsOf[one].includes(home)) ?? tab.value
    parts.value = { ...parts.value, [tab.value]: home }
    const first = has(home) ?? (apart[home] && has(apart[home]))
    if (first) selection.select(first.id)
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

  return {
    ...{ tab, part, tabs: deskTabs, flood, open, bar, counts, partCounts, subject, isGone },
    ...{ letIn, choose, step, moveOn, openTab, openPart, turnPart, narrowTo },
  }
}
