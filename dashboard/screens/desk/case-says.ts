// The head of a case and the questions it brings, as its parts want them.
import type { Case } from '#contract/case'
import type { Verb } from '#contract/stage'
import type { CheckItem } from '../../parts/CaseChecklist.vue'
import { sayDesk } from '../../words/desk.ts'
import { timeOf } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { caseNumber, scenarioOf, titleOf, wherePath } from './facts.ts'
import type { Facts } from './facts.ts'
import type { DeskTab } from './lists.ts'

export function headOf(facts: Facts, subject: Case) {
  return {
    level: subject.level,
    unsure: subject.unsure,
    facts: [
      sayDesk('case', { number: caseNumber(subject) }),
      sayDesk('openedAt', { time: timeOf(subject.openedAt, true) }),
      ...(subject.returns ? [sayDesk('timesReturned', { n: subject.returns })] : []),
    ],
    title: titleOf(facts, subject),
    path: wherePath(facts, subject),
  }
}

/** What is asked before the steps of each list. */
export const asksBefore: Record<DeskTab, readonly Verb[]> = {
  inbox: ['accept', 'file', 'dispatch'],
  handling: ['take', 'arrive', 'finish'],
  verify: ['verify', 'close'],
}

export function checklistOf(
  facts: Facts,
  subject: Case,
  before: readonly Verb[],
  isTicking: (item: string) => boolean,
): CheckItem[] {
  const list = scenarioOf(facts, subject)?.checklist ?? []
  return list
    .filter((item) => before.includes(item.before))
    .map((item) => ({
      id: item.id,
      words: inWords(item.words),
      isDone: subject.ticked.includes(item.id),
      isSending: isTicking(item.id),
      isRequired: item.required === true,
    }))
}
