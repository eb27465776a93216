// The table of who answers for what, sorted to be read, and a table written as text checked before it is sent.
import type { PlaceId } from '#contract/ids'
import type { Responsibility, ResponsibilityTable } from '#contract/responsibility'
import { sayRules } from '../../../words/desk-rules.ts'
import type { Facts } from '../facts.ts'
import { pathOf } from './place-names.ts'

export type Standing = 'now' | 'coming' | 'over'

/** `today`: a local date. */
export const standing = ({ from, until }: Responsibility, today: string): Standing =>
  until !== undefined && until < today ? 'over' : from > today ? 'coming' : 'now'

/** By place from the widest down, in a place the wider kind first; what is over stands last. */
export function sorted(rows: readonly Responsibility[], facts: Facts, today: string): Responsibility[] {
  const way = ({ placeId }: Responsibility) => pathOf(facts.places, placeId as PlaceId).join(' ')
  const kind = ({ scenarioId, matter }: Responsibility) => `${scenarioId ?? ''} ${matter ?? ''}`
  return [...rows].sort(
    (a, b) =>
      Number(standing(a, today) === 'over') - Number(standing(b, today) === 'over') ||
      way(a).localeCompare(way(b)) ||
      kind(a).localeCompare(kind(b)) ||
      b.from.localeCompare(a.from),
  )
}

const date = /^\d{4}-\d{2}-\d{2}$/

/** What is wrong with it, a sentence each; nothing where it may be sent. The server checks it once more. */
export function faultsOf(table: unknown, facts: Facts): string[] {
  const { rows, coverage } = (table ?? {}) as Partial<ResponsibilityTable>
  if (!Array.isArray(rows) || !Array.isArray(coverage)) return [sayRules('noTable')]
  return rows.flatMap((row, i) => {
    const say = (key: Parameters<typeof sayRules>[0], what = '') => sayRules(key, { n: i + 1, what })
    const faults: (string | false)[] = [
      !facts.places.has(row.placeId) && say('placeUnknown', row.placeId),
      (row.body === undefined) === (row.personId === undefined) && say('oneOfTwo'),
      // Who keeps the system is told of nobody: the server knows.
      row.personId !== undefined &&
        facts.people.size > 0 &&
        !facts.people.has(row.personId) &&
        say('personUnknown', row.personId),
      row.scenarioId !== undefined && !facts.scenarios.has(row.scenarioId) && say('scenarioUnknown', row.scenarioId),
      row.matter !== undefined && !facts.matters.has(row.matter) && say('matterUnknown', row.matter),
      !date.test(row.from ?? '') && say('dateWrong', String(row.from)),
      row.until !== undefined && (!date.test(row.until) || row.until < row.from) && say('dateWrong', row.until),
    ]
    return faults.filter((fault) => fault !== false)
  })
}

/** Half of a table is none. */
export function readTable(
  text: string,
  facts: Facts,
): { table: Omit<ResponsibilityTable, 'version'> } | { faults: string[] } {
  try {
    const table = JSON.parse(text) as ResponsibilityTable
    const faults = faultsOf(table, facts)
    return faults.length ? { faults } : { table: { rows: table.rows, coverage: table.coverage } }
  } catch (fault) {
    return { faults: [sayRules('notJson', { why: (fault as Error).message })] }
  }
}
