// 增援: who else is to come, each with what speaks for them; whoever has it, or is on the way already, is not asked twice.
import type { PersonId } from '#contract/ids'
import { sayLinked } from '../../words/linked.ts'
import { fitFor, reasonsOf } from '../wall/command.ts'
import { choiceFor } from './candidates.ts'
import type { Sheet, SheetAbout } from './sheet-kinds.ts'

export function reinforceSheet({ facts, subject, now, around }: SheetAbout): Sheet {
  const { presences, cases } = around ?? { presences: [], cases: [] }
  const people = fitFor(subject, choiceFor(facts, subject, { presences, cases, now }).candidates)
  const options = people.map(({ id, name, facts: where, reasons }) => ({
    key: id as string,
    words: name,
    note: [where, reasons].filter(Boolean).join(' · '),
  }))
  return {
    says: {
      title: sayLinked('reinforceWho'),
      rows: [{ key: 'who', label: sayLinked('reinforce'), options, many: true, first: [] }],
      note: options.length ? undefined : sayLinked('nobodyToSend'),
      reason: 'optional',
      reasons: reasonsOf('reinforce'),
      placeholder: sayLinked('ownReason'),
      commit: sayLinked('reinforce'),
    },
    missing: ({ chosen }) => (chosen.who?.length ? null : sayLinked('reinforceFirst')),
    wish: ({ chosen, reason }) => ({
      type: 'reinforce',
      caseId: subject.id,
      to: (chosen.who ?? []) as PersonId[],
      ...(reason && { reason }),
    }),
  }
}
