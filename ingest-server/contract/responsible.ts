// Whose matter is it? The row of the site's table that answers, and why that one. No zod: screens read this too.
import type { Case } from './case.ts'
import type { PersonId, PlaceId } from './ids.ts'
import type { Person } from './person.ts'
import type { Refusal } from './refusal.ts'
import type { Responsibility, ResponsibilityTable } from './responsibility.ts'

/** How closely a row names the kind of trouble, the closest first. */
export type Closeness = 'matter' | 'scenario' | 'any'
const closeness: readonly Closeness[] = ['matter', 'scenario', 'any']

export interface Responsible {
  row: Responsibility
  /** The narrowest place that has a row, how closely it names the kind, and since when it holds. */
  why: { placeId: PlaceId; kind: Closeness; from: string }
}

const kindOf = ({ matter, scenarioId }: Responsibility): Closeness =>
  matter !== undefined ? 'matter' : scenarioId !== undefined ? 'scenario' : 'any'

/**
 * The row that answers on that day: of the narrowest place, there of the narrower kind, of these the one that began later.
 * `path` from the sub-district down to the leaf; `localDate` as `2026-11-21`, both ends of a row's time included.
 */
export function responsibleFor(
  table: Pick<ResponsibilityTable, 'rows'>,
  subject: Pick<Case, 'scenarioId' | 'matter'>,
  path: readonly PlaceId[],
  localDate: string,
): Responsible | null {
  const fitting = table.rows.filter(
    (row) =>
      path.includes(row.placeId) &&
      (row.scenarioId === undefined || row.scenarioId === subject.scenarioId) &&
      (row.matter === undefined || row.matter === subject.matter) &&
      row.from <= localDate &&
      (row.until === undefined || localDate <= row.until),
  )
  const [row] = fitting.sort(
    (a, b) =>
      path.indexOf(b.placeId) - path.indexOf(a.placeId) ||
      closeness.indexOf(kindOf(a)) - closeness.indexOf(kindOf(b)) ||
      (a.from === b.from ? 0 : a.from > b.from ? -1 : 1),
  )
  return row ? { row, why: { placeId: row.placeId, kind: kindOf(row), from: row.from } } : null
}

/** Is it this person's: named themselves, or standing for the body that is? */
export const isResponsible = ({ id, body }: Pick<Person, 'id' | 'body'>, { row }: Pick<Responsible, 'row'>): boolean =>
  row.personId !== undefined ? row.personId === id : row.body !== undefined && row.body === body

/** What a table may not say: a place, a person or a matter nobody knows, nobody or two at once to answer, an end before its beginning. */
export function wrongInTable(
  { rows }: Pick<ResponsibilityTable, 'rows'>,
  known: {
    places: { has(id: PlaceId): boolean }
    people: { has(id: PersonId): boolean }
    knowsMatter: (matter: string) => boolean
  },
): Refusal | null {
  for (const { placeId, personId, body, matter, from, until } of rows) {
    if (!known.places.has(placeId)) return 'place-unknown'
    if (personId !== undefined && !known.people.has(personId)) return 'person-unknown'
    if (matter !== undefined && !known.knowsMatter(matter)) return 'matter-unknown'
    if ((personId === undefined) === (body === undefined)) return 'wrong-shape'
    if (until !== undefined && until < from) return 'wrong-shape'
  }
  return null
}
