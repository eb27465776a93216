// What a case is judged by: the engine's formulas, given the rules, the calendars and the people of the case's own time.
import { factsOf } from '../case-engine/facts.ts'
import { formulaEdition } from '../case-engine/kpi-formulas.ts'
import type { Known } from '../case-engine/known.ts'
import { calendarOf } from '../case-engine/limits.ts'
import { scenarioOf } from '../case-engine/scenario-book.ts'
import type { Case } from '#contract/case'
import type { CaseFacts } from '#contract/case-facts'
import type { Instant } from '#contract/ids'
import { kpiNames, kpiPhases } from '#contract/kpi'
import type { Accounts } from '../records/port-people.ts'

/** What an archive was judged by: under another it is judged again. */
export const judgingEdition = [formulaEdition, ...kpiNames, ...kpiPhases].join(' ')

export interface JudgingNeeds {
  known: Known
  accounts: Pick<Accounts, 'wasAt'>
  now: () => Instant
}

/** `earlier`: the case it came back from, where it came back and that one is known. */
export type Judge = (subject: Case, earlier?: Case) => CaseFacts | null

export const openJudge =
  ({ known, accounts, now }: JudgingNeeds): Judge =>
  (subject, earlier) =>
    factsOf(subject, {
      scenario: scenarioOf(subject, known),
      calendarOf: (clock) => calendarOf(clock, known),
      whoOf: (id, at) => ({ id, ...(accounts.wasAt(id, at) ?? { post: null, body: null }) }),
      now: now(),
      earlier,
    })
