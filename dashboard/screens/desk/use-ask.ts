// The question before a deed that needs a reason: which one, of whom, and what is wished once it is answered.
import { computed, ref, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { dispositions } from '#contract/stage'
import type { Disposition } from '#contract/stage'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { inWords } from '../../words/words.ts'
import { caseNamed, personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { tabFor } from './lists.ts'
import type { useActs } from './use-acts.ts'

/** 错派: it was never theirs, and counts against the dispatch. */
export type ReturnKind = 'plain' | 'misdispatch'
export type Asking = { about: 'void' | 'return' } | { about: 'send' | 'reassign'; to: PersonId }

export function useAsk(
  facts: ComputedRef<Facts>,
  subject: ComputedRef<Case | null>,
  acts: Pick<ReturnType<typeof useActs>, 'put' | 'wish' | 'reassign'>,
  moveOn: () => void,
) {
  const asking = ref<Asking | null>(null)
  /** What a refused case is counted as (it feeds the camera's own false-alarm rate); whose fault a return is. */
  const kind = ref<Disposition | ReturnKind>('false-alarm')
  const leave = () => (asking.value = null)
  watch(() => subject.value?.id, leave)
  watch(asking, (now) => {
    if (now?.about === 'void' && subject.value) kind.value = likelyKind(subject.value)
    if (now?.about === 'return') kind.value = 'plain'
  })

  const toName = computed(() => (asking.value && 'to' in asking.value ? personName(facts.value, asking.value.to) : ''))
  const title = computed(() => (asking.value ? sayDesk(`ask.${asking.value.about}`, { who: toName.value }) : ''))
  const scenario = computed(() => subject.value && scenarioOf(facts.value, subject.value))
  const reasons = computed(() => {
    const { voidReasons, returnReasons } = scenario.value ?? { voidReasons: [], returnReasons: [] }
    const of = { void: voidReasons, return: returnReasons, reassign: returnReasons, send: [] }
    return asking.value ? of[asking.value.about].map(inWords) : []
  })
  const kinds = computed(() => {
    if (asking.value?.about === 'void')
      return dispositions
        .filter((one) => one !== 'solved')
        .map((key) => ({ key, words: sayCase(`disposition.${key}`) }))
    // From verification it goes back to the same hand: it was theirs.
    const mayBeWrong = asking.value?.about === 'return' && subject.value && tabFor(subject.value) === 'handling'
    return mayBeWrong
      ? [
          { key: 'plain' as const, words: sayDeskCase('plainReturn') },
          { key: 'misdispatch' as const, words: sayDeskCase('misdispatch') },
        ]
      : undefined
  })
  const kindsName = computed(() => (asking.value?.about === 'return' ? sayDeskCase('ofThese') : sayDesk('countsAs')))

  function answer(reason: string) {
    const [now, current] = [asking.value, subject.value]
    leave()
    if (!now || !current) return
    const caseId = current.id
    const name = caseNamed(facts.value, current)
    switch (now.about) {
      case 'void':
        acts.put({ type: 'void', caseId, disposition: asDisposition(kind.value), reason }, name)
        return moveOn()
      case 'return':
        acts.put({ type: 'return', caseId, reason, ...(kind.value === 'misdispatch' && { misdispatch: true }) }, name)
        return moveOn()
      case 'send':
        return void acts.wish({ type: 'dispatch', caseId, to: now.to, reason })
      case 'reassign':
        return void acts.reassign(caseId, now.to, personName(facts.value, now.to), reason)
      default:
        return now satisfies never
    }
  }
  return { asking, kind, title, reasons, kinds, kindsName, answer, leave, ask: (next: Asking) => (asking.value = next) }
}

const asDisposition = (kind: Disposition | ReturnKind): Disposition =>
  kind === 'plain' || kind === 'misdispatch' ? 'false-alarm' : kind

/** A machine that was wrong raised a false alarm; a person who told us of it did not. */
const likelyKind = (subject: Case): Disposition =>
  subject.sources.every((source) => source.kind === 'camera-alert') ? 'false-alarm' : 'beyond-remit'
