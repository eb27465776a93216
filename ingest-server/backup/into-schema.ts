// A folder's files written into an empty schema as one transaction: all of it is there, or nothing.
import type Database from 'better-sqlite3'
import type { Client } from 'pg'
import { NotUsable } from '../engines/fault.ts'
import { connectAlone, isKept, quoted, type PostgresPlace } from '../engines/postgres.ts'
import { breakAt, emptyHead } from '../journal/chain.ts'
import type { Head, KeptLine } from '../journal/journal.ts'
import { openPostgresJournal } from '../journal/postgres.ts'
import { openPostgresShelf } from '../records/shelf-postgres.ts'
import type { OpenFiles } from './exclusive.ts'
import { columnsOf, tablesOf } from './into-folder.ts'
import type { Row } from './still-schema.ts'
import { orStop, type Step, type Work } from './work.ts'

/** PostgreSQL takes 65,535 values a statement; large rows come a few at a time. */
const rowsAtOnce = 500
const heavy: Readonly<Record<string, number>> = { boards: 10, quarantine: 10 }

/** Whether anybody wrote anything there. A schema that was only made, by a start or by a move that was cut off, is empty. */
export async function isEmptySchema(place: PostgresPlace): Promise<boolean> {
  for (const table of ['lines', 'people', 'audit', 'sources']) {
    if (!(await isKept(place, table))) continue
    const client = await connectAlone(place.url)
    const { rowCount } = await client.query(`select 1 from ${quoted(place.schema)}.${table} limit 1`)
    await client.end()
    if (rowCount) return false
  }
  return true
}

/** The files are of this version. Every line is held against the chain on its way. The head as it stands there. */
export async function filesIntoSchema(
  { journal, records, keys }: Omit<OpenFiles, 'close'>,
  place: PostgresPlace,
  work: Work,
): Promise<Head> {
  await (await openPostgresShelf(place)).close()
  await (await openPostgresJournal({ ...place, newId: () => 'not yet' })).close()
  const client = await connectAlone(place.url)
  try {
    await client.query('begin')
    await client.query(`set local search_path to ${quoted(place.schema)}`)
    const id = journal.prepare<[], string>('select id from journal').pluck().get()!
    await client.query('update journal set id = $1', [id])
    const head = await carryLines(client, journal, work)
    await carry(client, journal, 'boards', 'journal', work)
    for (const table of tablesOf(records)) await carry(client, records, table, 'records', work)
    await carry(client, keys, 'person_keys', 'keys', work)
    await client.query('commit')
    return head
  } catch (fault) {
    await client.query('rollback').catch(() => undefined)
    throw fault
  } finally {
    await client.end()
  }
}

async function carryLines(client: Client, db: Database.Database, work: Work): Promise<Head> {
  const of = db.prepare<[], number>('select count(*) from lines').pluck().get()!
  const columns = ['revision', 'command_id', 'latest', 'text', 'hash']
  let [head, latest, rows]: [Head, number, Row[]] = [emptyHead, 0, []]
  for (const line of db
    .prepare<[], KeptLine & { command_id: string }>(
      'select revision, command_id, text, hash from lines order by revision',
    )
    .iterate()) {
    const why = breakAt(head, line)
    if (why)
      throw new NotUsable({
        zh: `日志第 ${line.revision} 行不对：${why}。`,
        en: `Line ${line.revision} is wrong: ${why}.`,
      })
    head = { revision: line.revision, hash: line.hash }
    latest = Math.max(latest, (JSON.parse(line.text) as { at: number }).at)
    rows.push({ ...line, latest })
    if (rows.length < rowsAtOnce) continue
    await insert(client, 'lines', columns, rows)
    rows = []
    work.onStep('journal', head.revision, of)
    orStop(work)
  }
  await insert(client, 'lines', columns, rows)
  return head
}

async function carry(client: Client, db: Database.Database, table: string, step: Step, work: Work): Promise<void> {
  const columns = columnsOf(db, table)
  const of = db
    .prepare<[], number>(`select count(*) from ${quoted(table)}`)
    .pluck()
    .get()!
  await client.query(`delete from ${quoted(table)}`)
  let rows: Row[] = []
  let done = 0
  const put = async () => {
    await insert(client, table, columns, rows)
    done += rows.length
    rows = []
    work.onStep(step, done, of)
    orStop(work)
  }
  for (const row of db.prepare<[], Row>(`select * from ${quoted(table)}`).iterate()) {
    rows.push(row)
    if (rows.length >= (heavy[table] ?? rowsAtOnce)) await put()
  }
  await put()
  const { rows: counted } = await client.query<{ many: number }>(`select count(*) as many from ${quoted(table)}`)
  if (counted[0]!.many !== of) throw new Error(`${table}: ${of} rows were there, ${counted[0]!.many} were written`)
  await countOn(client, table, columns)
}

async function insert(client: Client, table: string, columns: readonly string[], rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const marks = rows.map(
    (_, row) => `(${columns.map((_one, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
  )
  const values = rows.flatMap((row) => columns.map((column) => row[column]))
  await client.query(
    `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values ${marks.join(', ')}`,
    values,
  )
}

/** A number that counts itself up goes on after the last one that came along. */
async function countOn(client: Client, table: string, columns: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ column_name: string }>(
    `select column_name from information_schema.columns
      where table_schema = current_schema() and table_name = $1 and is_identity = 'YES'`,
    [table],
  )
  for (const { column_name: column } of rows.filter((one) => columns.includes(one.column_name)))
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest(1, max(${quoted(column)})), count(*) > 0) from ${quoted(table)}`,
      [quoted(table), column],
    )
}
