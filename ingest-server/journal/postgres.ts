// The journal's body on PostgreSQL: one round trip an append, flushed by the server before it answers, fenced by the pen.
import type { CommandId, Instant } from '#contract/ids'
import { Outcome } from '#contract/outcome'
import type { Pools } from '../engines/pools.ts'
import { borrowPools, inSchema, quoted, type PostgresPlace } from '../engines/postgres.ts'
import { NotUsable } from '../engines/fault.ts'
import { chainLines, emptyHead } from './chain.ts'
import { JournalBroken, NotInStep } from './journal.ts'
import type { Head, Journal, KeptLine } from './journal.ts'
import { openBoards } from './postgres-boards.ts'

/** Lines read at a time: nothing is held between two of them. */
const pageSize = 1000
const newest = 1

/** `latest`: the latest clock up to this line, so that a clock that was set back hides nothing. One row in `journal`. */
const tables = `
  create table if not exists journal (
    one boolean primary key default true check (one),
    id text not null,
    version integer not null,
    epoch bigint not null
  );
  create table if not exists lines (
    revision bigint constraint lines_one_each primary key,
    command_id text collate "C" not null constraint lines_one_a_command unique,
    latest bigint not null,
    text text not null,
    hash text not null
  );
  create index if not exists lines_by_clock on lines (latest, revision);
  create table if not exists boards (
    revision bigint primary key,
    hash text not null,
    packed bytea not null
  );
`

export interface PostgresJournalOptions extends PostgresPlace {
  /** Names a journal that is made now. */
  newId: () => string
}

/** Rejects with one sentence where the server cannot be reached, cannot be trusted, or keeps a journal newer than this code. */
export async function openPostgresJournal({ url, schema, newId }: PostgresJournalOptions): Promise<Journal> {
  const pools = await borrowPools(url)
  const pool = pools.journals
  const kept = await makeOrFind(pool, schema, newId).catch(async (fault: unknown) => {
    await pools.close()
    throw fault
  })
  const [journal, lines] = [`${quoted(schema)}.journal`, `${quoted(schema)}.lines`]
  const boards = openBoards(pool, `${quoted(schema)}.boards`)
  let epoch = kept.epoch
  /** Named, so that the server plans each once a connection. */
  const ask = <Row extends object>(name: string, text: string, values: readonly unknown[]) =>
    pool.query<Row>({ name: `${name} ${schema}`, text, values: [...values] }).catch((cause: unknown) => {
      throw asFault(cause)
    })

  // The pen's row is shared by appends and taken whole by a claim: a claim waits for the appends before it, and the
  // appends after it find another epoch. The head is looked at and written after in the same statement.
  const append = `
    with pen as materialized (select from ${journal} where epoch = $1 for share),
    head as materialized (select revision, hash, latest from lines_ order by revision desc limit 1)
    insert into lines_ (revision, command_id, latest, text, hash)
    select revision, command_id,
      greatest(max(at) over (order by revision), coalesce((select latest from head), 0)), text, hash
    from unnest($4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::text[])
      as line (revision, command_id, at, text, hash)
    where exists (select from pen)
      and coalesce((select revision from head), 0) = $2
      and coalesce((select hash from head), '${emptyHead.hash}') = $3
  `.replaceAll('lines_', lines)

  async function headNow(): Promise<Head> {
    const { rows } = await ask<Head>('head', `select revision, hash from ${lines} order by revision desc limit 1`, [])
    return rows[0] ?? emptyHead
  }

  return {
    id: kept.id,
    head: headNow,
    async claim() {
      const { rows } = await pool.query<{ epoch: number }>(`update ${journal} set epoch = epoch + 1 returning epoch`)
      epoch = rows[0]!.epoch
    },
    async append(after, entries) {
      const added = chainLines(after, entries)
      const of = <T>(pick: (line: KeptLine, nth: number) => T): T[] => added.map(pick)
      const values = [
        ...[epoch, after.revision, after.hash, of(({ revision }) => revision)],
        ...[of((_, nth) => entries[nth]!.commandId), of((_, nth) => entries[nth]!.at)],
        ...[of(({ text }) => text), of(({ hash }) => hash)],
      ]
      const { rowCount } = await ask('append', append, values)
      const last = added.at(-1)
      if (rowCount === added.length && last) return { revision: last.revision, hash: last.hash }
      await refuseOutOfStep(after)
      if (last) throw new NotInStep(`nothing could be written after ${after.revision}`)
      return after
    },
    async answers(ids) {
      const text = `select command_id, text from ${lines} where command_id = any($1::text[])`
      const { rows } = await ask<{ command_id: CommandId; text: string }>('answers', text, [ids])
      return new Map(
        rows.map((row) => [row.command_id, Outcome.parse((JSON.parse(row.text) as { outcome: unknown }).outcome)]),
      )
    },
    async *read(revision, upTo = Number.MAX_SAFE_INTEGER) {
      const text = `select revision, text, hash from ${lines} where revision > $1 and revision <= $2 order by revision limit ${pageSize}`
      for (let at = revision; ;) {
        const { rows } = await ask<KeptLine>('read', text, [at, upTo])
        yield* rows
        if (rows.length < pageSize) return
        at = rows.at(-1)!.revision
      }
    },
    async revisionAt(at: Instant) {
      const text = `select revision from ${lines} where latest > $1 order by latest, revision limit 1`
      const { rows } = await ask<{ revision: number }>('at', text, [at])
      return rows[0] ? rows[0].revision - 1 : (await headNow()).revision
    },
    keepSnapshot: boards.keep,
    latestSnapshot: () => boards.before(Number.MAX_SAFE_INTEGER),
    snapshotBefore: boards.before,
    close: pools.close,
  }

  /** Nothing was written, or there was nothing to write. Whose step it was is asked only now. */
  async function refuseOutOfStep(after: Head): Promise<void> {
    const [head, pen] = [await headNow(), await pool.query<{ epoch: number }>(`select epoch from ${journal}`)]
    if (pen.rows[0]?.epoch !== epoch) throw new NotInStep('somebody else has taken the pen')
    if (head.revision !== after.revision || head.hash !== after.hash)
      throw new NotInStep(`the head is ${head.revision}, not ${after.revision}`)
  }
}

/** The journal of this schema, made where there is none yet. Its epoch as it is: whoever wants to write on after others claims. */
const makeOrFind = (
  pool: Pools['journals'],
  schema: string,
  newId: () => string,
): Promise<{ id: string; epoch: number }> =>
  inSchema(pool, schema, async (client) => {
    await client.query(tables)
    const made = 'insert into journal (id, version, epoch) select $1, $2, 0 where not exists (select from journal)'
    await client.query(made, [newId(), newest])
    const { rows } = await client.query<{ id: string; epoch: number; version: number }>(
      'select id, epoch, version from journal',
    )
    const { version, ...found } = rows[0]!
    if (version > newest)
      throw new NotUsable({
        zh: `日志是更新的版本（${version}）写的，本程序只认得 ${newest}，请换回新程序。`,
        en: `The journal was written by a newer version (${version}); this one knows ${newest}: start the newer program.`,
      })
    return found
  })

/** What a server says of a page it cannot trust, and of tables that are gone: a new start, or somebody, must look. */
const beyondRepair = new Set(['XX001', 'XX002', '42P01', '42703', '3F000'])
const takenTwice = '23505'

function asFault(cause: unknown): unknown {
  const { code, constraint } = cause as { code?: string; constraint?: string }
  if (code === takenTwice && constraint === 'lines_one_each')
    return new NotInStep('somebody else wrote this revision first', { cause })
  if (code !== undefined && beyondRepair.has(code))
    return new JournalBroken(`the journal's database cannot be trusted (${code})`, { cause })
  return cause
}
