// What else may be done about a case, besides what its stage asks for: a row of words under its clocks.
import { mayAsk } from '#contract/asks'
import type { Case } from '#contract/case'
import { isOpen } from '#contract/stage'
import { asks } from '#contract/stage'
import { sayDeskCase } from '../../words/desk-case.ts'
import { sayLinked } from '../../words/linked.ts'
import { sayStreets } from '../../words/streets.ts'
import { scenarioOf, type Facts } from './facts.ts'
import { tabFor } from './lists.ts'
import { keepsDesk, mayShelve, standsStill } from './may.ts'
import type { Looker } from './may.ts'

export type Also =
  | 'ask'
  | 'urge'
  | 'reinforce'
  | 'cast'
  | 'contact'
  | 'callback'
  | 'merge'
  | 'shelve'
  | 'conclude'
  | 'reopen'
  | 'pass-on'

type May = (given: { facts: Facts; subject: Case; looker: Looker | null }) => boolean

const fromResident = (subject: Case) => subject.sources.some((source) => source.kind === 'service-ticket')

const may: Record<Also, May> = {
  ask: ({ facts, subject, looker }) => asks.some((what) => mayAsk(scenarioOf(facts, subject), what, subject, looker)),
  urge: ({ subject, looker }) => keepsDesk(looker) && isOpen(subject.stage) && !standsStill(subject),
  reinforce: ({ subject, looker }) => keepsDesk(looker) && isOpen(subject.stage) && !standsStill(subject),
  cast: ({ subject, looker }) => keepsDesk(looker) && isOpen(subject.stage),
  contact: ({ subject, looker }) => keepsDesk(looker) && isOpen(subject.stage) && fromResident(subject),
  // By somebody who did not handle it, once it was said to be done.
  callback: ({ subject, looker }) =>
    keepsDesk(looker) &&
    fromResident(subject) &&
    (tabFor(subject) === 'verify' || !isOpen(subject.stage)) &&
    !subject.handlers.some((id) => id === looker?.id),
  // In the other lists these two stand in the foot.
  merge: ({ subject, looker }) => keepsDesk(looker) && tabFor(subject) === 'verify',
  shelve: ({ subject, looker }) => mayShelve(subject, looker) && tabFor(subject) === 'verify',
  conclude: ({ subject, looker }) =>
    keepsDesk(looker) && tabFor(subject) === 'verify' && !subject.handlers.some((id) => id === looker?.id),
  'pass-on': ({ facts, subject, looker }) =>
    looker?.role === 'duty-officer' &&
    (facts.streets ?? []).length > 0 &&
    isOpen(subject.stage) &&
    !standsStill(subject),
  reopen: ({ subject, looker }) => keepsDesk(looker) && !isOpen(subject.stage) && !subject.mergedInto,
}

const wordsOf = (key: Also): string => {
  if (key === 'pass-on') return sayStreets('passOn')
  if (key === 'reinforce') return sayLinked('reinforce')
  return key === 'cast' ? sayLinked('castTo') : sayDeskCase(`act.${key}`)
}

export const alsoSays = (facts: Facts, subject: Case, looker: Looker | null): { key: Also; words: string }[] =>
  (Object.keys(may) as Also[])
    .filter((key) => may[key]({ facts, subject, looker }))
    .map((key) => ({ key, words: wordsOf(key) }))
