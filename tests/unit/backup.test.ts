// Backups taken beside a street that goes on, put back elsewhere, and what the street that was put back must not do twice.
import { createHash } from 'node:crypto'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NeighbourId } from '#contract/neighbour'
import { CaseId } from '#contract/ids'
import type { World } from '../../ingest-server/admin/call.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { manifestFile, readManifest, type Manifest } from '../../ingest-server/backup/manifest.ts'
import { setsIn } from '../../ingest-server/backup/sets.ts'
import { openBook } from '../../ingest-server/checkpoints/book.ts'
import { noNote, originOf, signCheckpoint } from '../../ingest-server/checkpoints/checkpoint.ts'
import { signingKey } from '../../ingest-server/checkpoints/key.ts'
import { lookAtFile, migrateFile } from '../../ingest-server/engines/migrate.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { migrations } from '../../ingest-server/records/tables.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { chance, goodPassword, morning, officerLi } from '../suites/records-folder.ts'
import { anEntry } from '../world/an-entry.ts'

const random = chance('a backed up street')
let base: string
let journal: Journal
let records: Records
let now = morning
const at = (name: string) => join(base, name)

async function call(words: string, asked: Partial<World> = {}) {
  const said: string[] = []
  now += 1000
  const code = await runAdmin(words.split(' '), {
    ...{ folder: at('data'), address: 'http://127.0.0.1:8787', language: 'en' as const, random, now: () => now },
    ...{ say: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) },
    ...{ readInput: async () => `${goodPassword}\n`, places: () => [], pause: async () => {}, stopped: () => false },
    ...asked,
  })
  return { code, said: said.join('\n') }
}

const append = async (many: number) => {
  const head = await journal.head()
  return journal.append(
    head,
    Array.from({ length: many }, (_, nth) => anEntry(head.revision + nth + 1)),
  )
}
const newest = async () => (await setsIn(at('backups'))).at(-1)!
const rowsOf = <T>(folder: string, sql: string): T[] => {
  const db = new Database(join(folder, 'records.db'), { readonly: true })
  const rows = db.prepare<[], T>(sql).all()
  db.close()
  return rows
}
const openAt = async (folder: string) =>
  openRecords({ folder, secret: await readKeyRing(folder, random, () => now), random, now: () => now })

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sanping-backup-'))
  now = morning
  records = await openAt(at('data'))
  await records.accounts.add(officerLi(), now)
  journal = openSqliteJournal({ file: at('data/journal.db'), newId: () => 'the old journal' })
  const head = await append(1200)
  const key = await signingKey(at('data'), random)
  const note = { origin: originOf(journal.id), ...head, at: now, number: 1, before: noNote }
  await openBook(at('data/checkpoints'), journal.id).add(signCheckpoint(note, key), now)
})
afterEach(async () => {
  await journal.close()
  await records.close()
  await rm(base, { recursive: true, force: true })
})

it('[BK1] a backup beside a street that goes on is one moment of it, with all that the journal names, and no keys', async () => {
  const picture = (await records.evidence.keep(await smallPhoto(), now))!
  await writeFile(at('data/notices.json'), '{}')
  const [taken] = await Promise.all([
    call(`backup ${at('backups')}`),
    (async () => {
      for (let nth = 0; nth < 20; nth++) await append(50)
    })(),
  ])
  expect(taken).toMatchObject({ code: 0, said: expect.stringContaining('up to line ') as string })
  const { path, manifest } = await newest()
  expect(manifest.journal).toMatchObject({ id: 'the old journal', at: expect.any(Number) as number })
  expect(manifest.journal!.revision).toBeGreaterThanOrEqual(1200)
  const names = manifest.files.map((file) => file.path)
  expect(names).toEqual(expect.arrayContaining(['journal.db', 'records.db', 'notices.json', 'checkpoint-public.pem']))
  expect(names).toContain(`evidence/${picture.slice(0, 2)}/${picture.slice(2)}.jpg`)
  expect(names.filter((name) => /secret\.key|person-keys|checkpoint\.key|archive\.db/.test(name))).toEqual([])
  for (const { path: name, sha256, size } of manifest.files) {
    const bytes = await readFile(join(path, name))
    expect([createHash('sha256').update(bytes).digest('hex'), bytes.byteLength]).toEqual([sha256, size])
  }
  expect(rowsOf(at('data'), `select what from audit where what = 'backup-taken'`)).toHaveLength(1)
})

it('[BK2] the next backup shares the pictures it has with the one before, and only the newest are kept', async () => {
  await records.evidence.keep(await smallPhoto(), now)
  await call(`backup ${at('backups')}`)
  const first = await newest()
  await call(`backup ${at('backups')} --keep 2`)
  const picture = first.manifest.files.find(({ path }) => path.endsWith('.jpg'))!.path
  expect((await stat(join((await newest()).path, picture))).ino).toBe((await stat(join(first.path, picture))).ino)
  expect((await stat(at(`data/${picture}`))).ino).not.toBe((await stat(join(first.path, picture))).ino)
  await call(`backup ${at('backups')} --keep 2`)
  expect(await setsIn(at('backups'))).toHaveLength(2)
  expect((await call(`restore ${at('backups')} --check`, { folder: at('nowhere') })).code).toBe(0)
})

it('[BK3] stopped, or with a journal that does not hold, no half backup is left', async () => {
  expect(await call(`backup ${at('backups')}`, { stopped: () => true })).toMatchObject({
    code: 1,
    said: expect.stringContaining('no half backup') as string,
  })
  expect(await readdir(at('backups'))).toEqual([])
  const hand = new Database(at('data/journal.db'))
  hand.prepare(`update lines set text = replace(text, 'archive', 'archivE') where revision = 700`).run()
  hand.close()
  const broken = await call(`backup ${at('backups')}`)
  expect(broken).toMatchObject({ code: 1, said: expect.stringContaining('Line 700') as string })
  expect(await readdir(at('backups'))).toEqual([])
})

it('[BK4] what was cut off bears no whole name, is not restored, and is swept a day later', async () => {
  await call(`backup ${at('backups')}`)
  const { path } = await newest()
  await cp(path, `${path.replace('000Z', '999Z')}.part`, { recursive: true })
  await rm(join(path, manifestFile))
  expect(await call(`restore ${at('backups')} --data ${at('new')}`)).toMatchObject({ code: 1 })
  expect((await call(`restore ${path} --data ${at('new')}`)).said).toContain('no whole backup')
  now += 25 * 3_600_000
  await call(`backup ${at('backups')}`)
  expect((await readdir(at('backups'))).filter((name) => name.endsWith('.part'))).toEqual([])
})

it('[BK5] a backup of which one byte is another is not restored, and the first file that is wrong is named', async () => {
  await call(`backup ${at('backups')}`)
  const { path } = await newest()
  await appendFile(join(path, 'records.db'), 'x')
  const refused = await call(`restore ${at('backups')} --data ${at('new')}`)
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('records.db') as string })
  expect(await readdir(at('new'))).toEqual([])
})

it('[BK5] a journal written anew inside a backup, hashes, manifest and all, is found by the checkpoints', async () => {
  await call(`backup ${at('backups')}`)
  const { path, manifest } = await newest()
  const file = join(path, 'journal.db')
  const hand = new Database(file)
  hand.prepare('delete from lines where revision > 1100').run()
  const head = hand
    .prepare<[], { revision: number; hash: string }>('select revision, hash from lines order by revision desc limit 1')
    .get()!
  hand.close()
  const bytes = await readFile(file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const lie: Manifest = {
    ...manifest,
    journal: { ...manifest.journal!, ...head },
    files: manifest.files.map((one) => (one.path === 'journal.db' ? { ...one, sha256, size: bytes.length } : one)),
  }
  await writeFile(join(path, manifestFile), JSON.stringify(lie))
  const refused = await call(`restore ${at('backups')} --data ${at('new')}`)
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('line 1200 was once kept') as string })
})

it('[BK6] a folder that is not empty, and a backup of a newer program, are refused in a sentence', async () => {
  await call(`backup ${at('backups')}`)
  expect((await call(`restore ${at('backups')}`)).said).toContain('is not empty')
  const { path, manifest } = await newest()
  await writeFile(join(path, manifestFile), JSON.stringify({ ...manifest, form: 2 }))
  expect((await call(`restore ${path} --data ${at('new')}`)).said).toContain('newer version')
})

it('[BK7] a street that was put back has another journal, nobody signed in, and tells nobody anything by itself', async () => {
  const id = NeighbourId.parse('above')
  await records.neighbours.add(
    { id, name: '区平台', kind: 'webhook', url: 'https://above.example/', toldOf: {}, settings: {}, paused: null },
    { signing: [] },
    now,
  )
  const caseId = CaseId.parse('20261121-001')
  const message = { id: 'msg_1' as never, thread: caseId, caseId, type: 'case.opened', body: {} }
  await records.deliveries.enqueue(id, [message], { journal: journal.id, revision: 1200 }, now)
  await records.sessions.open(officerLi().id, now)
  await call(`backup ${at('backups')}`)
  const { said, code } = await call(`restore ${at('backups')} --data ${at('new')}`)
  expect(code).toBe(0)
  expect(said).toContain('reaches line 1200')
  const back = openSqliteJournal({ file: at('new/journal.db'), newId: () => 'never' })
  expect(back.id).not.toBe('the old journal')
  expect((await back.head()).revision).toBe(1200)
  await back.close()
  expect(rowsOf(at('new'), 'select * from sessions')).toEqual([])
  expect(rowsOf(at('new'), 'select state from deliveries')).toEqual([{ state: 'dead' }])
  expect(rowsOf(at('new'), `select what from audit where what = 'restored'`)).toHaveLength(1)
  // What it was told up to is of another journal: it is told from here on.
  const opened = await openAt(at('new'))
  expect((await opened.deliveries.toldUpTo(id))?.journal).toBe('the old journal')
  expect(await opened.deliveries.due(id, now + 1e9, 10)).toEqual([])
  expect(await opened.deliveries.redeliver(id, undefined, now)).toBe(1)
  await opened.close()
})

it('[BK8] residents can be read again only with the keys, which are kept apart', async () => {
  const ref = await records.reporters.keep({ name: '王秀英', phone: '13812345678' }, now)
  await call(`backup ${at('backups')}`)
  await call(`backup keys ${at('keys')} --keep 3`)
  const without = await call(`restore ${at('backups')} --data ${at('bare')}`)
  expect(without.said).toMatch(/no secret\.key[\s\S]*1\tresidents’ names/)
  const bare = await openAt(at('bare'))
  expect(await bare.reporters.reveal(ref)).toBeNull()
  await bare.close()
  const withKeys = await call(`restore ${at('backups')} --keys ${at('keys')} --data ${at('whole')}`)
  expect(withKeys.said).not.toContain('no secret.key')
  const whole = await openAt(at('whole'))
  expect(await whole.reporters.reveal(ref)).toMatchObject({ name: '王秀英', phone: '13812345678' })
  await whole.close()
})

it('[BK9] a backup into the data folder itself is refused; whoever lists a folder sees what is whole', async () => {
  expect((await call(`backup ${at('data/backups')}`)).said).toContain('belongs elsewhere')
  await call(`backup ${at('backups')}`)
  expect((await call(`backup list ${at('backups')}`)).said).toMatch(/street\t1200\t/)
  expect(await readManifest((await newest()).path)).toMatchObject({ kind: 'street', engine: 'folder' })
})

it('[BK10] the system of many streets: each has its own backup, their list comes along, and all of it comes back', async () => {
  const streets = {
    streets: [
      { id: '3101', zh: '上海市', en: 'Shanghai' },
      { id: '310101', zh: '黄浦区', en: 'Huangpu' },
      { id: '310101020', zh: '五里桥街道', en: 'Wuliqiao', hosts: ['wuliqiao.example'], folder: '.' },
      { id: '310101013', zh: '外滩街道', en: 'Waitan', hosts: ['waitan.example'] },
    ],
  }
  await writeFile(at('data/streets.json'), JSON.stringify(streets))
  const second = at('data/streets/310101013')
  await (await openAt(second)).close()
  await openSqliteJournal({ file: join(second, 'journal.db'), newId: () => 'second' }).close()
  await writeFile(at('data/streets.key'), 'a'.repeat(64))
  expect((await call(`backup ${at('backups')}`)).code).toBe(0)
  expect((await call(`backup keys ${at('keys')}`)).code).toBe(0)
  const kept = await readdir(at('backups'), { recursive: true })
  expect(kept.filter((name) => name.endsWith('.key'))).toEqual([])
  expect((await readdir(at('backups'))).toSorted()).toEqual(['310101013', '310101020', 'system'])
  expect(await call(`restore ${at('backups')} --keys ${at('keys')} --data ${at('new')}`)).toMatchObject({ code: 0 })
  expect(await readFile(at('new/streets.key'), 'utf8')).toBe('a'.repeat(64))
  expect(await readdir(at('new/streets/310101013'))).toContain('journal.db')
  expect(await readdir(at('new'))).toEqual(expect.arrayContaining(['journal.db', 'streets.json']))
})

it('[BK16] a backup from before an upgrade stays of that version, and this one brings forward what it puts back', async () => {
  await mkdir(at('older'))
  const old = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '007'))
  const db = new Kysely<never>({ dialect: new SqliteDialect({ database: new Database(at('older/records.db')) }) })
  await migrateFile(db, old, 'records.db')
  await db.destroy()
  const lines = openSqliteJournal({ file: at('older/journal.db'), newId: () => 'of before' })
  await lines.append(await lines.head(), [anEntry(1), anEntry(2)])
  await lines.close()
  expect(await call(`backup ${at('backups')} --data ${at('older')}`)).toMatchObject({ code: 0 })
  const { path, manifest } = await newest()
  expect(manifest.records).toBe('006-walls')
  expect(Object.keys(old)).toHaveLength((await lookAtFile(join(path, 'records.db'), migrations)).ran.length)
  expect(await call(`restore ${at('backups')} --data ${at('new')}`)).toMatchObject({ code: 0 })
  expect((await lookAtFile(join(at('new'), 'records.db'), migrations)).pending).toEqual([])
  expect((await lookAtFile(at('older/records.db'), migrations)).ran).toEqual(Object.keys(old).toSorted())
})
