// A case as a line of a list that a figure opens.
import type { Case } from '#contract/case'
import type { Level } from '#contract/stage'
import type { CaseLineSays } from '../../../parts/case-line.ts'
import { sayCase } from '../../../words/case.ts'
import { shortMoment } from '../../../words/moments.ts'
import { caseNumber, titleOf, whereLine } from '../facts.ts'
import type { Facts } from '../facts.ts'

export const lineOf = (facts: Facts, subject: Case): CaseLineSays => ({
  id: subject.id,
  level: subject.level as Level,
  unsure: subject.unsure,
  title: titleOf(facts, subject),
  how: [sayCase(`stage.${subject.stage}`), subject.disposition && sayCase(`disposition.${subject.disposition}`)]
    .filter(Boolean)
    .join('·'),
  where: whereLine(facts, subject),
  when: `${caseNumber(subject)}  ${shortMoment(subject.openedAt)}`,
})
