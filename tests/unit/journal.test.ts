// Both bodies of the journal under the one suite, and what only a file can show.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import { NotInStep } from '../../ingest-server/journal/journal.ts'
import { blankPaper, openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { isTooOld, openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { journalSuite } from '../suites/journal-suite.ts'
import { anEntry } from '../world/an-entry.ts'

const folder = mkdtempSync(join(tmpdir(), 'sanping-journal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = () => join(folder, `${files++}.db`)
const open = (file: string, id = 'journal-of-wuliqiao') => openSqliteJournal({ file, newId: () => id })

let paper = blankPaper()
let last = ''
journalSuite(
  'in memory',
  async () => openMemoryJournal('memory', (paper = blankPaper())),
  async () => openMemoryJournal('memory', paper),
)
journalSuite(
  'in a file',
  async () => open((last = newFile())),
  async () => open(last),
)

it('[JO62] a file of a newer version is refused in one sentence, and nothing in it is touched', () => {
  const file = newFile()
  const hand = new Database(file)
  hand.pragma('user_version = 2')
  hand.close()
  expect(() => open(file)).toThrow(/newer version \(2\)/)
  expect(new Database(file).prepare('select count(*) from sqlite_master').pluck().get()).toBe(0)
})

it('[JO10] a journal that is opened again has its name, its lines, its answers and its snapshot', async () => {
  const file = newFile()
  const before = open(file)
  const head = await before.append(emptyHead, [anEntry(1), anEntry(2)])
  await before.keepSnapshot({ ...head, board: '{}' })
  await before.close()

  const after = open(file, 'another-name')
  expect(after.id).toBe('journal-of-wuliqiao')
  expect(await after.head()).toEqual(head)
  expect((await after.answers([anEntry(2).commandId])).get(anEntry(2).commandId)).toEqual(anEntry(2).outcome)
  expect(await after.latestSnapshot()).toEqual({ ...head, board: '{}' })
  expect(await verify(after)).toEqual({ sound: true, head })
  await after.close()
})

it('[JO11] of two writers of one revision the database itself refuses the second', async () => {
  const file = newFile()
  const [one, two] = [open(file), open(file)]
  const head = await one.append(emptyHead, [anEntry(1, 'of the first')])
  await expect(two.append(emptyHead, [anEntry(1, 'of the second')])).rejects.toBeInstanceOf(NotInStep)
  expect(await two.head()).toEqual(head)
  await two.append(head, [anEntry(2, 'of the second')])
  await expect(one.append(head, [anEntry(2, 'of the first again')])).rejects.toBeInstanceOf(NotInStep)
  expect(await verify(one)).toMatchObject({ sound: true, head: { revision: 2 } })
  await one.close()
  await two.close()
})

it('[JO8] a line edited in the file is found and named', async () => {
  const file = newFile()
  const journal = open(file)
  await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3)])
  const hand = new Database(file)
  hand.prepare(`update lines set text = replace(text, '"clock"', '"cloak"') where revision = 2`).run()
  hand.close()
  expect(await verify(journal)).toMatchObject({ sound: false, revision: 2 })
  await journal.close()
})

it('[JO9] lines cut off the end of the file are missed by the snapshot that once covered them', async () => {
  const file = newFile()
  const journal = open(file)
  const head = await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3)])
  await journal.keepSnapshot({ ...head, board: '{}' })
  const hand = new Database(file)
  hand.prepare('delete from lines where revision > 1').run()
  hand.close()
  expect(await verify(journal)).toMatchObject({ sound: false, revision: 2 })
  await journal.close()
})

it('[JO12] every commit is flushed to the disk, and an SQLite that could corrupt its log is refused', () => {
  const file = newFile()
  const journal = open(file)
  const look = new Database(file)
  expect(look.pragma('journal_mode', { simple: true })).toBe('wal')
  look.close()
  expect([isTooOld('3.51.2'), isTooOld('3.44.9'), isTooOld('2.99.9')]).toEqual([true, true, true])
  expect([isTooOld('3.51.3'), isTooOld('3.52.0'), isTooOld('4.0.0')]).toEqual([false, false, false])
  return journal.close()
})

it('[JO12] a file that is no journal is not written over', () => {
  const file = newFile()
  const other = new Database(file)
  other.exec('create table lines (revision text); insert into lines values (1)')
  other.close()
  expect(() => open(file)).toThrow()
  expect(new Database(file).prepare('select count(*) from lines').pluck().get()).toBe(1)
})

it('[JO54] a file from before keeps its snapshots, and learns the time of its lines when it is asked', async () => {
  const file = newFile()
  const before = open(file)
  const entries = Array.from({ length: 3300 }, (_, index) => anEntry(index + 1))
  const head = await before.append(emptyHead, entries)
  await before.close()
  const hand = new Database(file)
  hand.exec(`
    drop table times; drop table boards;
    create table snapshots (revision integer primary key, hash text not null, board text not null) strict;
  `)
  hand.prepare('insert into snapshots values (?, ?, ?)').run(head.revision, head.hash, '{"plain":true}')
  hand.close()

  const after = open(file)
  expect(await after.latestSnapshot()).toEqual({ ...head, board: '{"plain":true}' })
  expect(await after.revisionAt(entries[2499]!.at)).toBe(2500)
  expect(await after.append(head, [anEntry(3301)])).toMatchObject({ revision: 3301 })
  expect(await after.revisionAt(anEntry(3301).at)).toBe(3301)
  await after.close()
})

it('[JO53] a kept board takes a fraction of its room in the file', async () => {
  const file = newFile()
  const journal = open(file)
  const board = JSON.stringify(Array.from({ length: 400 }, (_, index) => anEntry(index + 1)))
  await journal.keepSnapshot({ revision: 1, hash: emptyHead.hash, board })
  const look = new Database(file)
  expect(look.prepare('select length(packed) from boards').pluck().get()).toBeLessThan(board.length / 5)
  look.close()
  await journal.close()
})
