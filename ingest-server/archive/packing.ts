// Facts made small: numbers in a row, times from the case's own beginning, paths and people by their number. A year of them is read for one answer.
import type { CaseFacts, Passage, Verdict, Who } from '#contract/case-facts'
import { kpiNames, kpiPhases } from '#contract/kpi'
import { decidedWithin } from './sheet.ts'

/** Gives a path or a person its number, the same always the same. */
export type NumberOf = (meant: CaseFacts['path'] | Who) => number
/** And back: one and the same for all who ask for this number. */
export type MeantBy = <T extends CaseFacts['path'] | Who>(number: number) => T

export interface Packed {
  base: number
  path: number
  packed: string
  decided_from: number
  decided_to: number
}

/** `figure time counts whose` four by four, then `phase time took whose`: figures and phases by their place in the contract. */
type Rows = [verdicts: number[], passages: number[]]

/** Null where nothing of it was decided. */
export function packFacts(facts: CaseFacts, numberOf: NumberOf): Packed | null {
  const within = decidedWithin(facts)
  if (!within) return null
  const [base] = within
  const whose = (who: Who | null) => (who ? numberOf({ id: who.id, post: who.post, body: who.body }) : -1)
  const verdicts = kpiNames.flatMap((name, i) => {
    const one = facts.verdicts[name]
    return one ? [i, one.at - base, one.counts ? 1 : 0, whose(one.who)] : []
  })
  const passages = kpiPhases.flatMap((phase, i) => {
    const one = facts.passages[phase]
    return one ? [i, one.at - base, one.took, whose(one.who)] : []
  })
  const packed = JSON.stringify([verdicts, passages] satisfies Rows)
  return { base, path: numberOf(facts.path), packed, decided_from: base, decided_to: within[1] }
}

type Kept = Pick<Packed, 'base' | 'path' | 'packed'> & { id: string; scenario_id: string }

export function unpackFacts({ id, scenario_id, base, path, packed }: Kept, meantBy: MeantBy): CaseFacts {
  const [figures, phases] = JSON.parse(packed) as Rows
  const whoOf = (number: number): Who | null => (number < 0 ? null : meantBy<Who>(number))
  const verdicts: CaseFacts['verdicts'] = {}
  for (let i = 0; i < figures.length; i += 4)
    verdicts[kpiNames[figures[i]!]!] = {
      at: base + figures[i + 1]!,
      counts: figures[i + 2] === 1,
      who: whoOf(figures[i + 3]!),
    } satisfies Verdict
  const passages: CaseFacts['passages'] = {}
  for (let i = 0; i < phases.length; i += 4)
    passages[kpiPhases[phases[i]!]!] = {
      at: base + phases[i + 1]!,
      took: phases[i + 2]!,
      who: whoOf(phases[i + 3]!),
    } satisfies Passage
  return {
    id: id as CaseFacts['id'],
    scenarioId: scenario_id as CaseFacts['scenarioId'],
    path: meantBy<CaseFacts['path']>(path),
    verdicts,
    passages,
  }
}
