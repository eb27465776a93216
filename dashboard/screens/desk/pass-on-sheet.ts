// 移交: to which street of the system, and why. What does not go along is said before it goes.
import type { StreetId } from '#contract/streets'
import { sayDeskCase } from '../../words/desk-case.ts'
import { sayStreets } from '../../words/streets.ts'
import { inWords } from '../../words/words.ts'
import type { Sheet, SheetAbout } from './sheet-kinds.ts'

export function passOnSheet({ facts, subject }: SheetAbout): Sheet {
  const options = (facts.streets ?? []).map(({ id, words }) => ({ key: id, words: inWords(words) }))
  return {
    says: {
      title: sayStreets('sheet.passOn'),
      rows: [{ key: 'street', label: sayStreets('row.street'), options }],
      note: sayStreets('passNote'),
      reason: 'needed',
      reasons: [],
      placeholder: sayDeskCase('own.reason'),
      commit: sayStreets('commit.passOn'),
    },
    missing: ({ chosen, reason }) => {
      if (!chosen.street?.[0]) return sayStreets('missing.street')
      return reason ? null : sayDeskCase('missing.reason')
    },
    wish: ({ chosen, reason }) => ({
      type: 'pass-on',
      caseId: subject.id,
      to: (chosen.street?.[0] ?? '') as StreetId,
      reason,
    }),
  }
}
