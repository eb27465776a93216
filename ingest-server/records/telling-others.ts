// On PostgreSQL a change to what processes hold in memory is counted and told by the tables themselves, whoever makes it.
import { sql, type Kysely } from 'kysely'
import { channel } from '../engines/listener.ts'

/** What some room reads into memory, and columns of it that change all the time and that nobody holds there. */
const held: Readonly<Record<string, readonly string[]>> = {
  people: [],
  people_past: [],
  sessions: ['seen_at'],
  spent_tokens: [],
  kiosks: [],
  sources: [],
  source_keys: [],
  source_secrets: [],
  source_tests: [],
  sip_devices: [],
  responsibility: [],
  neighbours: ['journal', 'revision'],
  notice_ways: [],
  push_addresses: [],
  phone_numbers: [],
  second_factors: ['last_step'],
}

/** Run after migrations, under their lock: a table that grew a column is told of by that, too. */
export async function tellOthers(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence if not exists changes`.execute(db)
  const { rows } = await sql<{ table_name: string; columns: string[]; trigger: string | null }>`
    select c.table_name, array_agg(c.column_name::text order by c.ordinal_position) as columns,
      (select obj_description(t.oid, 'pg_trigger') from pg_trigger t
        where t.tgrelid = format('%I.%I', c.table_schema, c.table_name)::regclass and t.tgname = 'tell_others') as trigger
    from information_schema.columns c where c.table_schema = current_schema() and c.table_name = any(${Object.keys(held)})
    group by c.table_schema, c.table_name`.execute(db)
  const stale = rows
    .map(({ table_name: table, columns, trigger }) => ({ table, of: watched(table, columns), trigger }))
    .filter(({ of, trigger }) => trigger !== of)
  if (stale.length === 0) return
  await sql`
    create or replace function tell_others() returns trigger language plpgsql as ${sql.lit(`
    begin
      perform nextval(format('%I.changes', tg_table_schema));
      perform pg_notify('${channel}', format('%s %s %s', tg_table_schema, tg_table_name, current_setting('sanping.writer', true)));
      return null;
    end`)}`.execute(db)
  for (const { table, of } of stale) {
    await sql`create or replace trigger tell_others after insert or delete or update of ${sql.raw(of)}
      on ${sql.table(table)} for each statement execute function tell_others()`.execute(db)
    await sql`comment on trigger tell_others on ${sql.table(table)} is ${sql.lit(of)}`.execute(db)
  }
}

const watched = (table: string, columns: readonly string[]): string =>
  columns
    .filter((column) => !held[table]!.includes(column))
    .map((column) => `"${column}"`)
    .join(', ')
