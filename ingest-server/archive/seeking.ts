// Looking for cases: the sheets that fit what is sought, as one query.
import { sql } from 'kysely'
import type { ArchiveDb } from './tables.ts'
import type { Sought } from './archive.ts'

/** Whoever looks for `50%` looks for that, and not for anything that has a 50 in it. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

const contains = (column: 'sheets.path' | 'sheets.words', text: string) =>
  sql<boolean>`${sql.ref(column)} like ${`%${literally(text)}%`} escape ${sql.lit('\\')}`

export function sheetsSought(db: ArchiveDb, { from, to, scenario, places, text }: Omit<Sought, 'limit'>) {
  let query = db.selectFrom('sheets')
  if (from !== undefined) query = query.where('sheets.ended_at', '>=', from)
  if (to !== undefined) query = query.where('sheets.ended_at', '<', to)
  if (scenario !== undefined) query = query.where('sheets.scenario_id', '=', scenario)
  if (places) query = query.where((is) => is.or(places.map((place) => contains('sheets.path', `/${place}/`))))
  if (text !== undefined) query = query.where(contains('sheets.words', text.toLowerCase()))
  return query
}
