// A street's schema held at one moment while others write on in it, its rows read table by table.
import type { Client } from 'pg'
import { connectAlone, quoted, type PostgresPlace } from '../engines/postgres.ts'

export type Row = Record<string, string | number | Uint8Array | null>

/** Rows with large values come a few at a time. */
const heavy = new Set(['boards', 'quarantine'])
const rowsAtOnce = { usual: 1000, heavy: 20 }

export interface StillSchema {
  client: Client
  count(table: string): Promise<number>
  rows(table: string, columns: readonly string[]): AsyncGenerator<Row[]>
  close(): Promise<void>
}

export async function holdSchemaStill({ url, schema }: PostgresPlace): Promise<StillSchema> {
  const client = await connectAlone(url)
  await client.query('begin isolation level repeatable read read only')
  await client.query(`set local search_path to ${quoted(schema)}`)
  // The moment is that of the first look.
  await client.query('select 1 from journal')
  return {
    client,
    async count(table) {
      const { rows } = await client.query<{ many: number }>(`select count(*) as many from ${quoted(table)}`)
      return rows[0]!.many
    },
    async *rows(table, columns) {
      const atOnce = heavy.has(table) ? rowsAtOnce.heavy : rowsAtOnce.usual
      const named = columns.map(quoted).join(', ')
      await client.query(`declare walk no scroll cursor for select ${named} from ${quoted(table)}`)
      for (;;) {
        const { rows } = await client.query<Row>(`fetch ${atOnce} from walk`)
        if (rows.length > 0) yield rows
        if (rows.length < atOnce) break
      }
      await client.query('close walk')
    },
    async close() {
      await client.query('rollback').catch(() => undefined)
      await client.end()
    },
  }
}
