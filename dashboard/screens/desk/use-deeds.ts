// What can be done with the chosen case now: the buttons of the foot and what each of them, or its key, does.
import { computed, ref, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { isWaiting, mayAsk, mayGrant } from '#contract/asks'
import type { Case } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import type { PersonId } from '#contract/ids'
import { asks as askKinds, isOpen } from '#contract/stage'
import { useBoard } from '../../stores/board.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { inWords } from '../../words/words.ts'
import { caseNamed, personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import type { DeskKey } from './keys.ts'
import { tabFor } from './lists.ts'
import type { DeskPart, DeskTab } from './lists.ts'
import { mayShelve } from './may.ts'
import type { Looker } from './may.ts'
import type { useActs } from './use-acts.ts'
import type { useAsk } from './use-ask.ts'
import type { useSheet } from './use-sheet.ts'

export interface Deed {
  key: DeskKey
  hint?: string
  words: string
  primary?: boolean
  disabled?: boolean
}

interface Foot {
  aside: Deed[]
  main: Deed | null
}
type Mode = DeskTab | 'asked' | 'passed' | 'held' | 'shelved' | 'ended'

/** Three by one tap; the rest, and a sentence of one's own, behind the fourth. */
const quickReasons = 3

export function useDeeds(given: {
  facts: ComputedRef<Facts>
  subject: ComputedRef<Case | null>
  tab: Ref<DeskTab>
  chosen: ComputedRef<PersonId | null>
  acts: ReturnType<typeof useActs>
  asks: ReturnType<typeof useAsk>
  sheets: ReturnType<typeof useSheet>
  looker: ComputedRef<Looker | null>
  /** Which list of the tab is open: in 待批 the foot grants. */
  part: ComputedRef<DeskPart>
  /** What is held needs no more looking at: the finger goes to the next. */
  moveOn: () => void
}) {
  const { facts, subject, tab, chosen, acts, asks } = given
  const board = useBoard()
  /** In 处置中 the list of people is shown only when somebody else is to go. */
  const isSwapping = ref(false)
  watch([() => subject.value?.id, tab], () => (isSwapping.value = false))

  const isClosedToYou = computed(() => {
    const you = board.viewer?.personId
    return !!you && (subject.value?.handlers.includes(you) ?? false)
  })
  const isChoosing = computed(() => mode.value === 'inbox' || isSwapping.value)
  /** One wish about a case at a time, and none while the desk cannot be reached. */
  const isBusy = computed(() => !subject.value || !acts.reaches.value || acts.pendingWords(subject.value.id) !== null)
  const returnReasons = computed(() => (subject.value && scenarioOf(facts.value, subject.value)?.returnReasons) || [])

  /** The request in the case that the viewer may answer, while they look through 待批. */
  const request = computed(() => {
    const current = subject.value
    if (!current || given.part.value !== 'asked') return undefined
    const scenario = scenarioOf(facts.value, current)
    return current.requests?.find((one) => isWaiting(one) && mayGrant(scenario, one, current, given.looker.value))
  })
  /** What the foot is about: what keeps a case from being worked on comes before its stage. */
  const mode = computed<Mode | null>(() => {
    const current = subject.value
    if (!current) return null
    if (request.value) return 'asked'
    if (!isOpen(current.stage)) return 'ended'
    if (current.passed) return 'passed'
    if (current.held) return 'held'
    if (current.shelved && given.part.value === 'shelved') return 'shelved'
    return tabFor(current) === tab.value ? tab.value : null
  })

  const offered = computed<Foot>(() => {
    const current = subject.value
    if (!current || !mode.value) return { aside: [], main: null }
    return foot[mode.value](current, isBusy.value)
  })

  const signs = (current: Case, disabled: boolean): Deed[] =>
    isUnsigned(current) ? [{ key: 'acknowledge', hint: 'A', words: sayDesk('acknowledge'), disabled }] : []
  const aside = (current: Case, disabled: boolean): Deed[] => [
    { key: 'merge', hint: '2', words: sayDeskCase('act.merge'), disabled },
    { key: 'refuse', hint: '3', words: sayDesk(tab.value === 'inbox' ? 'refuse' : 'giveBack'), disabled },
    {
      key: 'shelve',
      hint: 'H',
      words: sayDeskCase('act.shelve'),
      disabled: disabled || !mayShelve(current, given.looker.value),
    },
  ]
  /** The one thing to do, by the key that does it in this tab. */
  const onlyThing = (words: string, disabled: boolean): Deed => ({
    key: 'primary',
    hint: tab.value === 'verify' ? 'Enter' : '1',
    words,
    primary: true,
    disabled,
  })
  const foot: Record<Mode, (current: Case, disabled: boolean) => Foot> = {
    // It is the other street's: what there is to do about it stands beside whose it is.
    passed: () => ({ aside: [], main: null }),
    inbox: (current, disabled) => ({
      aside: [...signs(current, disabled), ...aside(current, disabled)],
      main: sending(current.stage === 'filed' ? 'sendTo' : 'dispatchTo', disabled),
    }),
    handling: (current, disabled) => ({
      aside: [
        ...signs(current, disabled),
        ...(isSwapping.value
          ? [{ key: 'leave' as const, hint: 'Esc', words: sayDesk('keepHolder') }]
          : aside(current, disabled)),
      ],
      main: isSwapping.value
        ? sending('reassignTo', disabled)
        : { key: 'primary', hint: '1', words: sayDesk('reassign'), disabled },
    }),
    verify: (_current, busy) => {
      const disabled = busy || isClosedToYou.value
      const quick = returnReasons.value.slice(0, quickReasons).map(inWords)
      const aside = [...quick, sayDesk('otherReason')].map((words, reason) => ({
        key: { reason },
        hint: String(reason + 1),
        words,
        disabled,
      }))
      return { aside, main: { key: 'primary', hint: 'Enter', words: sayDesk('pass'), primary: true, disabled } }
    },
    asked: (_current, disabled) => ({
      aside: [{ key: 'refuse', hint: '3', words: sayDeskCase('act.reject'), disabled }],
      main: onlyThing(sayDeskCase('act.approve'), disabled),
    }),
    held: (_current, disabled) => ({ aside: [], main: onlyThing(sayDeskCase('act.resume'), disabled) }),
    shelved: (_current, disabled) => ({ aside: [], main: onlyThing(sayDeskCase('act.unshelve'), disabled) }),
    ended: (current, disabled) => ({
      aside: [],
      main: current.mergedInto ? null : onlyThing(sayDeskCase('act.reopen'), disabled),
    }),
  }
  function sending(words: 'dispatchTo' | 'sendTo' | 'reassignTo', disabled: boolean): Deed {
    if (!chosen.value) return { key: 'primary', hint: '1', words: sayDesk('chooseFirst'), disabled: true }
    const who = personName(facts.value, chosen.value)
    return { key: 'primary', hint: '1', words: sayDesk(words, { who }), primary: true, disabled }
  }

  const primary: Record<Mode, (current: Case) => void> = {
    asked: ({ id: caseId }) => request.value && acts.wish({ type: 'approve', caseId, request: request.value.id }),
    passed: () => {},
    held: ({ id: caseId }) => acts.wish({ type: 'resume', caseId }),
    shelved: ({ id: caseId }) => acts.wish({ type: 'unshelve', caseId }),
    ended: () => given.sheets.open({ about: 'reopen' }),
    inbox: (current) => chosen.value && acts.wish({ type: 'dispatch', caseId: current.id, to: chosen.value }),
    handling: () => {
      if (!isSwapping.value) isSwapping.value = true
      else if (chosen.value) asks.ask({ about: 'reassign', to: chosen.value })
    },
    verify: (current) => {
      acts.put({ type: 'close', caseId: current.id, disposition: 'solved' }, caseNamed(facts.value, current))
      given.moveOn()
    },
  }

  /** Only what the foot offers can be done: a key is no other road. */
  function press(key: DeskKey) {
    const current = subject.value
    if (!current) return
    if (key === 'leave') return leave()
    // No button of the foot: it stands among the words under the clocks.
    if (key === 'request') return mayAskNow(current) ? given.sheets.open({ about: 'ask' }) : undefined
    const { aside, main } = offered.value
    const deed = [...aside, ...(main ? [main] : [])].find((one) => same(one.key, key))
    if (!deed || deed.disabled) return
    // One question at a time.
    asks.leave()
    given.sheets.leave()
    if (key === 'acknowledge') return void acts.wish({ type: 'acknowledge', caseId: current.id })
    if (key === 'merge') return given.sheets.openMerge()
    if (key === 'shelve') return given.sheets.open({ about: 'shelve' })
    if (key === 'refuse') return refuse()
    if (typeof key === 'object') return sendBack(current, key.reason)
    if (mode.value) primary[mode.value](current)
  }
  function refuse() {
    if (request.value) given.sheets.open({ about: 'reject', request: request.value.id })
    else asks.ask({ about: tab.value === 'inbox' ? 'void' : 'return' })
  }
  const mayAskNow = (current: Case) =>
    !isBusy.value &&
    askKinds.some((what) => mayAsk(scenarioOf(facts.value, current), what, current, given.looker.value))
  function sendBack(current: Case, reason: number) {
    const known = reason < quickReasons ? returnReasons.value[reason] : undefined
    if (!known) return void asks.ask({ about: 'return' })
    acts.put({ type: 'return', caseId: current.id, reason: inWords(known) }, caseNamed(facts.value, current))
    given.moveOn()
  }
  function leave() {
    if (asks.asking.value) asks.leave()
    else if (given.sheets.isOpen.value) given.sheets.leave()
    else isSwapping.value = false
  }

  const undoWords = computed(() => {
    const held = acts.held.value
    if (!held) return null
    const { wish, title: what } = held
    // 通过 is said of what was solved; whatever else it was is named.
    return wish.type === 'close' && wish.disposition !== 'solved'
      ? sayDeskCase('undoingConclude', { as: sayCase(`disposition.${wish.disposition}`), what })
      : sayDesk(`undoing.${wish.type}`, { what, who: wish.type === 'dispatch' ? personName(facts.value, wish.to) : '' })
  })

  return { offered, press, leave, mode, isBusy, isChoosing, isClosedToYou, undoWords }
}

const same = (a: DeskKey, b: DeskKey) =>
  typeof a === 'object' && typeof b === 'object' ? a.reason === b.reason : a === b
