// A street moved into PostgreSQL and back, and backed up there: the same lines, the same rows, and never two places that hold.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { World } from '../../ingest-server/admin/call.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { openLog } from '../../ingest-server/app/log.ts'
import { openStores } from '../../ingest-server/app/stores.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import type { PostgresPlace } from '../../ingest-server/engines/postgres.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { chance, goodPassword, officerLi } from '../suites/records-folder.ts'
import { anEntry } from '../world/an-entry.ts'

const random = chance('a moved street')
let server: Postgres
let [base, schema] = ['', '']
const at = (name: string) => join(base, name)
const there = (): PostgresPlace => ({ url: server.url, schema })

async function call(words: string, asked: Partial<World> = {}) {
  const said: string[] = []
  const code = await runAdmin(words.split(' '), {
    ...{ folder: at('data'), postgres: there(), address: '', language: 'en' as const, random, now: Date.now },
    ...{ say: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) },
    ...{ readInput: async () => `${goodPassword}\n`, places: () => [], pause: async () => {}, stopped: () => false },
    ...asked,
  })
  return { code, said: said.join('\n') }
}
async function open(folder: string, postgres?: PostgresPlace) {
  await mkdir(folder, { recursive: true })
  return openStores({ folder, postgres, world: realWorld, log: openLog('silent') })
}
async function append(journal: Journal, many: number) {
  await journal.claim()
  const head = await journal.head()
  const entries = Array.from({ length: many }, (_, nth) => anEntry(head.revision + nth + 1))
  return journal.append(head, entries)
}

/** Every row of every table, and the journal's name; the list of what was migrated left out. */
function rowsIn(folder: string): Record<string, unknown[]> {
  const rows: Record<string, unknown[]> = {}
  for (const [file, left] of [
    ['journal.db', ['pen', 'times', 'sqlite_sequence']],
    ['records.db', ['kysely_migration', 'sqlite_sequence', 'audit']],
    ['person-keys.db', []],
  ] as const) {
    const db = new Database(join(folder, file), { readonly: true })
    for (const table of db.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck().all())
      if (!(left as readonly string[]).includes(table))
        rows[table] = db
          .prepare(`select * from "${table}"`)
          .all()
          .map((row) => JSON.stringify(row))
          .toSorted()
    db.close()
  }
  return rows
}

describe.skipIf(leavesPostgresOut)('on a server of its own', () => {
  beforeAll(async () => {
    server = await openPostgres()
  })
  afterAll(() => server?.stop())

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'sanping-move-'))
    schema = server.schema()
    const stores = await open(at('data'))
    await stores.records.accounts.add(officerLi(), Date.now())
    await stores.records.reporters.keep({ name: '王秀英', phone: '13812345678' }, Date.now())
    await stores.records.evidence.keep(await smallPhoto(), Date.now())
    const head = await append(stores.journal, 2100)
    await stores.journal.keepSnapshot({ ...head, board: '{"a":1}' })
    await stores.close()
    return () => rm(base, { recursive: true, force: true })
  })

  it('[BK11] moved there and back, every row and every line is as it was, and what was written there comes along', async () => {
    const before = rowsIn(at('data'))
    const moved = await call('move --to postgres')
    expect(moved).toMatchObject({ code: 0, said: expect.stringContaining('2100 lines') as string })
    const stores = await open(at('data'), there())
    expect(await verify(stores.journal)).toMatchObject({ sound: true, head: { revision: 2100 } })
    expect((await stores.journal.latestSnapshot())?.board).toBe('{"a":1}')
    expect(stores.records.accounts.people().get(officerLi().id)?.name).toBe('李志强')
    await stores.records.audit.write({ at: 1, who: 'somebody', what: 'goes on counting', about: '' })
    await append(stores.journal, 3)
    await stores.close()
    expect(await call('move --to folder')).toMatchObject({ code: 0 })
    const { lines, ...after } = rowsIn(at('data'))
    const { lines: linesBefore, ...rest } = before
    expect(after).toEqual(rest)
    expect(lines).toHaveLength(2103)
    expect(lines).toEqual(expect.arrayContaining(linesBefore!))
    expect((await readdir(at('data'))).some((name) => name.startsWith('before-'))).toBe(true)
    const back = await open(at('data'))
    expect((await append(back.journal, 1)).revision).toBe(2104)
    await back.close()
    expect(await call('move --to postgres')).toMatchObject({ code: 0 })
    const again = await open(at('data'), there())
    expect((await again.journal.head()).revision).toBe(2104)
    await again.close()
  })

  it('[BK12] the place that was left is refused in a sentence, until the mark is taken away', async () => {
    await call('move --to postgres')
    await expect(open(at('data'))).rejects.toThrow(/moved away at line 2100: set SANPING_POSTGRES/)
    await expect(call('user list', { postgres: undefined })).rejects.toThrow(/moved away/)
    expect((await call('move --to postgres')).said).toContain('moved away at line 2100')
    await call('move --to folder')
    await expect(open(at('data'), there())).rejects.toThrow(/unset SANPING_POSTGRES/)
    await (await open(at('data'))).close()
    expect((await call('move --undo')).said).toContain('holds again')
    expect((await call('move --undo')).code).toBe(1)
  })

  it('[BK13] a street that a server holds is not moved, on either engine', async () => {
    const held = await open(at('data'))
    expect(await call('move --to postgres')).toMatchObject({
      code: 1,
      said: expect.stringContaining('stop the server') as string,
    })
    await held.close()
    await call('move --to postgres')
    const there_ = await open(at('data'), there())
    expect((await call('move --to folder')).said).toContain('stop all of them')
    await there_.close()
    expect(existsSync(at('data/moving.part'))).toBe(false)
  })

  it('[BK11] stopped in the middle nothing is there, and it is done again from the beginning', async () => {
    let asked = 0
    expect(await call('move --to postgres', { stopped: () => ++asked > 3 })).toMatchObject({ code: 1 })
    const client = new Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query(`select count(*)::int as many from "${schema}".lines`)
    await client.end()
    expect(rows).toEqual([{ many: 0 }])
    await (await open(at('data'))).close()
    expect(await call('move --to postgres')).toMatchObject({ code: 0 })
  })

  it('[BK14] a backup of it there is one moment, and comes back on either engine', async () => {
    await call('move --to postgres')
    const stores = await open(at('data'), there())
    const [taken] = await Promise.all([call(`backup ${at('backups')}`), append(stores.journal, 500)])
    expect(taken.code).toBe(0)
    await call(`backup keys ${at('keys')}`)
    await stores.close()
    const lines = Number(/up to line (\d+)/.exec(taken.said)![1])
    expect(lines === 2100 || lines === 2600).toBe(true)
    const options = `restore ${at('backups')} --keys ${at('keys')} --data`
    expect(await call(`${options} ${at('one')}`, { postgres: undefined })).toMatchObject({ code: 0 })
    const elsewhere = { url: server.url, schema: server.schema() }
    expect(await call(`${options} ${at('two')}`, { postgres: elsewhere })).toMatchObject({ code: 0 })
    expect((await call(`${options} ${at('three')}`, { postgres: elsewhere })).said).toContain('is not empty')
    for (const [folder, postgres] of [
      [at('one'), undefined],
      [at('two'), elsewhere],
    ] as const) {
      const back = await open(folder, postgres)
      expect(await verify(back.journal)).toMatchObject({ sound: true, head: { revision: lines } })
      expect(back.records.accounts.people().size).toBe(1)
      expect((await append(back.journal, 1)).revision).toBe(lines + 1)
      await back.close()
    }
  })
})
