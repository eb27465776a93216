// What can be done with the chosen case now: the buttons of the foot and what each of them, or its key, does.
import { computed, ref, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { useBoard } from '../../stores/board.ts'
import { isUnsigned } from '../../map/marks.ts'
import { sayDesk } from '../../words/desk.ts'
import { inWords } from '../../words/words.ts'
import { caseNamed, personName } from './facts.ts'
import type { Facts } from './facts.ts'
import type { DeskKey } from './keys.ts'
import { tabFor } from './lists.ts'
import type { DeskTab } from './lists.ts'
import type { useActs } from './use-acts.ts'
import type { useAsk } from './use-ask.ts'

export interface Deed {
  key: DeskKey
  hint?: string
  words: string
  primary?: boolean
  disabled?: boolean
}

/** Three by one tap; the rest, and a sentence of one's own, behind the fourth. */
const quickReasons = 3

export function useDeeds(given: {
  facts: ComputedRef<Facts>
  subject: ComputedRef<Case | null>
  tab: Ref<DeskTab>
  chosen: ComputedRef<PersonId | null>
  acts: ReturnType<typeof useActs>
  asks: ReturnType<typeof useAsk>
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
  const isChoosing = computed(() => tab.value === 'inbox' || isSwapping.value)
  /** One wish about a case at a time, and none while the desk cannot be reached. */
  const isBusy = computed(() => !subject.value || !acts.reaches.value || acts.pendingWords(subject.value.id) !== null)
  const returnReasons = computed(
    () => (subject.value && facts.value.scenarios.get(subject.value.scenarioId)?.returnReasons) || [],
  )

  const offered = computed<{ aside: Deed[]; main: Deed | null }>(() => {
    const current = subject.value
    if (!current || tabFor(current) !== tab.value) return { aside: [], main: null }
    const disabled = isBusy.value
    const sign: Deed[] = isUnsigned(current)
      ? [{ key: 'acknowledge', hint: 'A', words: sayDesk('acknowledge'), disabled }]
      : []
    return foot[tab.value](current, sign, disabled)
  })

  const foot: Record<
    DeskTab,
    (current: Case, sign: Deed[], disabled: boolean) => { aside: Deed[]; main: Deed | null }
  > = {
    inbox: (current, sign, disabled) => ({
      aside: [...sign, { key: 'refuse', hint: '3', words: sayDesk('refuse'), disabled }],
      main: sending(current.stage === 'filed' ? 'sendTo' : 'dispatchTo', disabled),
    }),
    handling: (_current, sign, disabled) => ({
      aside: [
        ...sign,
        isSwapping.value
          ? { key: 'leave', hint: 'Esc', words: sayDesk('keepHolder') }
          : { key: 'refuse', hint: '3', words: sayDesk('giveBack'), disabled },
      ],
      main: isSwapping.value
        ? sending('reassignTo', disabled)
        : { key: 'primary', hint: '1', words: sayDesk('reassign'), disabled },
    }),
    verify: (_current, _sign, busy) => {
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
  }
  function sending(words: 'dispatchTo' | 'sendTo' | 'reassignTo', disabled: boolean): Deed {
    if (!chosen.value) return { key: 'primary', hint: '1', words: sayDesk('chooseFirst'), disabled: true }
    const who = personName(facts.value, chosen.value)
    return { key: 'primary', hint: '1', words: sayDesk(words, { who }), primary: true, disabled }
  }

  const primary: Record<DeskTab, (current: Case) => void> = {
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
    const { aside, main } = offered.value
    const deed = [...aside, ...(main ? [main] : [])].find((one) => same(one.key, key))
    if (!deed || deed.disabled) return
    if (key === 'acknowledge') return void acts.wish({ type: 'acknowledge', caseId: current.id })
    if (key === 'refuse') return void asks.ask({ about: tab.value === 'inbox' ? 'void' : 'return' })
    if (typeof key === 'object') return sendBack(current, key.reason)
    return primary[tab.value](current)
  }
  function sendBack(current: Case, reason: number) {
    const known = reason < quickReasons ? returnReasons.value[reason] : undefined
    if (!known) return void asks.ask({ about: 'return' })
    acts.put({ type: 'return', caseId: current.id, reason: inWords(known) }, caseNamed(facts.value, current))
    given.moveOn()
  }
  function leave() {
    if (asks.asking.value) asks.leave()
    else isSwapping.value = false
  }

  const undoWords = computed(() => {
    const held = acts.held.value
    return held && sayDesk(`undoing.${held.wish.type}`, { what: held.title })
  })

  return { offered, press, leave, isChoosing, isClosedToYou, undoWords }
}

const same = (a: DeskKey, b: DeskKey) =>
  typeof a === 'object' && typeof b === 'object' ? a.reason === b.reason : a === b
