// The journal's body on PostgreSQL under the one suite, and what only a server can show.
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import { JournalBroken, NotInStep, type Journal } from '../../ingest-server/journal/journal.ts'
import { openPostgresJournal } from '../../ingest-server/journal/postgres.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import { journalSuite } from '../suites/journal-suite.ts'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { anEntry } from '../world/an-entry.ts'

describe.skipIf(leavesPostgresOut)('on a server of its own', () => {
  let server: Postgres
  beforeAll(async () => void (server = await openPostgres()), 30_000)
  afterAll(() => server.stop())
  const open = (schema: string, id = 'journal-of-wuliqiao') =>
    openPostgresJournal({ url: server.url, schema, newId: () => id })
  const hand = async (text: string) => {
    const client = new Client(server.url)
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(text)
    await client.end()
    return rows
  }

  let last = ''
  journalSuite(
    'in a schema',
    async () => open((last = server.schema())),
    async () => open(last),
  )

  it('[JO10] opened again it has its name, its lines, its answers and its snapshot', async () => {
    const schema = server.schema()
    const before = await open(schema)
    const head = await before.append(emptyHead, [anEntry(1), anEntry(2)])
    await before.keepSnapshot({ ...head, board: '{}' })
    await before.close()
    const after = await open(schema, 'another-name')
    expect(after.id).toBe('journal-of-wuliqiao')
    expect(await after.head()).toEqual(head)
    expect((await after.answers([anEntry(2).commandId])).get(anEntry(2).commandId)).toEqual(anEntry(2).outcome)
    expect(await after.latestSnapshot()).toEqual({ ...head, board: '{}' })
    await after.close()
  })

  it('[JO8] a line edited by hand in the database is found and named', async () => {
    const schema = server.schema()
    const journal = await open(schema)
    await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3)])
    await hand(`update ${schema}.lines set text = replace(text, '"clock"', '"cloak"') where revision = 2`)
    expect(await verify(journal)).toMatchObject({ sound: false, revision: 2 })
    expect(await verify(journal, [], { deep: false })).toMatchObject({ sound: false, revision: 2 })
    await hand(`delete from ${schema}.lines where revision = 1`)
    expect(await verify(journal, [], { deep: false })).toMatchObject({ sound: false, revision: 2 })
    await journal.close()
  })

  it('[JO63] killed in the middle of an append the server leaves the answer open; read on, and all that was answered is there', async () => {
    const journal = await open(server.schema())
    let head = await journal.append(emptyHead, [anEntry(1)])
    let fault: unknown = null
    const writing = (async () => {
      for (let revision = 2; fault === null; revision++)
        head = await journal.append(head, [anEntry(revision)]).catch((cause: unknown) => {
          fault = cause
          return head
        })
    })()
    await expect.poll(() => head.revision).toBeGreaterThan(20)
    await server.kill('SIGKILL')
    await writing
    expect(fault).not.toBeInstanceOf(JournalBroken)
    expect(fault).not.toBeInstanceOf(NotInStep)
    await server.start()
    const found = await journal.head()
    expect([head.revision, head.revision + 1]).toContain(found.revision)
    expect(await verify(journal, [head])).toEqual({ sound: true, head: found })
    await journal.append(found, [anEntry(found.revision + 1)])
    await journal.close()
  }, 30_000)

  it('[JO64] a journal whose tables were taken away is broken, and says so', async () => {
    const schema = server.schema()
    const journal = await open(schema)
    const head = await journal.append(emptyHead, [anEntry(1)])
    await hand(`drop schema ${schema} cascade`)
    await expect(journal.append(head, [anEntry(2)])).rejects.toBeInstanceOf(JournalBroken)
    await journal.close()
  })

  it('[JO62] a schema of a newer version is refused in one sentence', async () => {
    const schema = server.schema()
    await (await open(schema)).close()
    await hand(`update ${schema}.journal set version = 2`)
    await expect(open(schema)).rejects.toThrow(/newer version \(2\)/)
  })

  it('[PG1] ten processes may start on an empty schema at once: it is one journal', async () => {
    const schema = server.schema()
    const all: Journal[] = await Promise.all(Array.from({ length: 10 }, (_, nth) => open(schema, `journal-${nth}`)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    for (const one of all) await one.close()
  })

  it('[PG2] what is answered is flushed, though the database is set to flush later', async () => {
    await hand('alter database postgres set synchronous_commit = off')
    const schema = server.schema()
    const journal = await open(schema)
    await hand(
      `create table ${schema}.seen (how text); create function ${schema}.see() returns trigger language plpgsql as $$ begin
        insert into ${schema}.seen values (current_setting('synchronous_commit')); return null; end $$;
      create trigger look after insert on ${schema}.lines execute function ${schema}.see()`,
    )
    await journal.append(emptyHead, [anEntry(1)])
    expect(await hand(`select how from ${schema}.seen`)).toEqual([{ how: 'on' }])
    await journal.close()
    await hand('alter database postgres reset synchronous_commit')
  })

  it('[JO53] a kept board takes a fraction of its room', async () => {
    const schema = server.schema()
    const journal = await open(schema)
    const board = JSON.stringify(Array.from({ length: 400 }, (_, index) => anEntry(index + 1)))
    await journal.keepSnapshot({ revision: 1, hash: emptyHead.hash, board })
    const [row] = await hand(`select length(packed) as bytes from ${schema}.boards`)
    expect(row!['bytes']).toBeLessThan(board.length / 5)
    await journal.close()
  })
})

describe.skipIf(leavesPostgresOut)('on a server that would lose what it answered', () => {
  it('[PG2] it is not used: the start says why', async () => {
    const server = await openPostgres(['fsync=off'])
    const opening = openPostgresJournal({ url: server.url, schema: server.schema(), newId: () => 'x' })
    await expect(opening).rejects.toThrow(/fsync/)
    await server.stop()
  }, 30_000)
})
