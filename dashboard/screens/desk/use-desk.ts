// The desk put together: which page, which list, which case, what may be done with it, and what each key does.
import { computed, nextTick, ref } from 'vue'
import type { CaseId, PersonId } from '#contract/ids'
import { useTown } from '../../map/town.ts'
import type { Side } from '../../parts/swipe.ts'
import { useBoard } from '../../stores/board.ts'
import { barOf } from './bar-says.ts'
import { caseNamed } from './facts.ts'
import type { DeskKey } from './keys.ts'
import type { DeskTab } from './lists.ts'
import { rowSays } from './row-says.ts'
import { swipesOf } from './swipes.ts'
import { sessionShelf, useActs } from './use-acts.ts'
import { useAsk } from './use-ask.ts'
import { useChoice } from './use-choice.ts'
import { useDeeds } from './use-deeds.ts'
import { useFacts } from './use-facts.ts'
import { useKeys } from './use-keys.ts'
import { useLists } from './use-lists.ts'
import { useLooker } from './use-looker.ts'
import { useNarrow } from './use-narrow.ts'
import { usePages } from './use-pages.ts'
import { useReporter } from './use-reporter.ts'
import { useSheet } from './use-sheet.ts'
import { useSignIn } from './use-sign-in.ts'

export type Desk = ReturnType<typeof useDesk>

/** `again`: opens the line anew, once somebody has signed in. */
export function useDesk(fetch: typeof globalThis.fetch, again: () => void) {
  const board = useBoard()
  const town = useTown(fetch, () => board.viewer !== null)
  const door = useSignIn(fetch, again)
  const facts = useFacts(town)
  const looker = useLooker()
  const narrowing = useNarrow(facts)
  const lists = useLists(facts, looker, fetch, narrowing)
  const { subject, tab, part, moveOn } = lists
  const acts = useActs(sessionShelf, Date.now)
  const choice = useChoice(fetch, facts, subject)
  const asks = useAsk(facts, subject, acts, moveOn)
  const sheets = useSheet({ facts, subject, looker, acts, moveOn })
  const reporter = useReporter(fetch, subject, () => board.now)
  const showsKeys = ref(false)
  const isFinding = ref(false)
  const pages = usePages()
  const { chosen } = choice
  const deeds = useDeeds({ facts, subject, tab, part, chosen, acts, asks, sheets, looker, moveOn })

  const bar = computed(() => barOf(board, lists.counts.value))
  const rows = (which: 'main' | 'apart') =>
    lists.open.value[which].map((one) =>
      rowSays(facts.value, one, board.now, { viewer: board.viewer?.personId, all: board.cases, part: part.value }),
    )
  /** Said above the list it is about. */
  const flood = computed(() => {
    const { lately, isFlat } = lists.flood
    return part.value === 'waiting' && lately.value !== null ? { lately: lately.value, isFlat: isFlat.value } : null
  })
  const isOld = computed(() => board.line.state !== 'live' && board.board !== null)

  function openTab(next: DeskTab) {
    pages.open(null)
    lists.openTab(next)
  }
  function goTo(id: CaseId) {
    pages.open(null)
    lists.choose(id)
  }
  function undo() {
    const undone = acts.undo()
    if (undone) lists.choose(undone.wish.caseId as CaseId)
  }
  const insist = (to: PersonId) => asks.ask({ about: tab.value === 'handling' ? 'reassign' : 'send', to })

  const swipesFor = (id: CaseId) => {
    const subject = board.board?.cases.get(id)
    if (!subject) return {}
    const isBusy = !acts.reaches.value || acts.pendingWords(id) !== null
    const best = part.value === 'waiting' ? choice.bestFor(subject) : null
    return swipesOf({ facts: facts.value, subject, looker: looker.value, part: part.value, best, isBusy })
  }
  function swipe(id: CaseId, side: Side) {
    const [subject, swiped] = [board.board?.cases.get(id), swipesFor(id)[side]]
    if (!subject || !swiped) return
    if (swiped.does === 'sign') return void acts.wish({ type: 'acknowledge', caseId: id })
    if (swiped.does === 'hold') return acts.put(swiped.wish, caseNamed(facts.value, subject))
    lists.choose(id)
    // The sheet is about the chosen case, and leaves with the one before.
    void nextTick(() => sheets.open({ about: 'shelve', until: board.now + 30 * 60_000 }))
  }

  function press(key: DeskKey) {
    if (key === 'next' || key === 'previous') return lists.step(key === 'next' ? 1 : -1)
    if (key === 'help') return (showsKeys.value = true)
    // Asked for and not there yet: what is typed meanwhile is meant for it, and never for the case below.
    if (isFinding.value) return void (isFinding.value = key !== 'leave')
    if (key === 'find') return (isFinding.value = true)
    if (key === 'pages') return (pages.isChoosing.value = true)
    if (pages.page.value) return key === 'leave' && pages.open(null)
    if (key === 'part') return lists.turnPart()
    if (key === 'undo') return undo()
    if (key === 'leave') return deeds.leave()
    return deeds.press(key)
  }
  useKeys(() => (pages.page.value ? null : tab.value), press)

  return {
    ...{ town, door, facts, looker, lists, acts, choice, asks, sheets, reporter, pages, deeds, narrowing },
    ...{ bar, rows, isOld, showsKeys, isFinding, flood },
    ...{ openTab, goTo, undo, insist, press, swipesFor, swipe },
  }
}
