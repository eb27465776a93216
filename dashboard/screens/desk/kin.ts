// What a case comes from, what came from it, and what was only counted: other cases by their numbers, each a tap away.
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { StandingSays } from '../../parts/case-standing.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime } from '../../words/times.ts'
import { numberOf } from './facts.ts'

type Row = StandingSays<never>

const link = (id: CaseId) => ({ id, words: sayDeskCase('openCase', { number: numberOf(id) }) })

/** Of the children those that came back or were split off: what branched off stands with the scenario's own road. */
export function kinSays(subject: Case, now: Instant, all: ReadonlyMap<CaseId, Case>): Row[] {
  const { lineage, merged, mergedInto, repeats, reworks, misdispatches, recoveredAt } = subject
  const children = subject.children?.filter((id) => all.get(id)?.lineage?.how !== 'branched')
  const rows: Row[] = []
  if (mergedInto)
    rows.push({ key: 'mergedInto', name: sayDeskCase('name.mergedInto'), said: '', links: [link(mergedInto)] })
  if (lineage) {
    const said = sayDeskCase(`how.${lineage.how}`)
    rows.push({ key: 'from', name: sayDeskCase('name.from'), said, links: lineage.from.map(link) })
  }
  if (merged?.length) rows.push({ key: 'merged', name: sayDeskCase('name.merged'), said: '', links: merged.map(link) })
  if (children?.length)
    rows.push({ key: 'children', name: sayDeskCase('name.children'), said: '', links: children.map(link) })
  if (repeats) {
    const said = sayDeskCase('repeatTimes', { n: repeats })
    rows.push({ key: 'repeats', name: sayDeskCase('name.repeats'), said, more: sayDeskCase('repeatMore') })
  }
  if (reworks || misdispatches) {
    const times = [
      reworks && sayDeskCase('reworkTimes', { n: reworks }),
      misdispatches && sayDeskCase('misdispatched', { n: misdispatches }),
    ]
    rows.push({ key: 'reworks', name: sayDeskCase('name.reworks'), said: times.filter(Boolean).join('　') })
  }
  if (recoveredAt !== undefined) {
    const said = sayDeskCase('recoveredAt', { time: dayTime(recoveredAt, now) })
    rows.push({ key: 'recovered', name: sayDeskCase('name.recovered'), said })
  }
  return rows
}
