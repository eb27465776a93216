// The archive's bodies: the same promises in memory and in a file, and what only a file can show.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { openSqliteArchive } from '../../ingest-server/archive/sqlite.ts'
import { anEnded, archiveSuite } from '../suites/archive-suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'sanping-archive-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const newFile = () => join(folder, `${files++}.db`)
const open = (file: string, edition = 'first') => openSqliteArchive({ file, edition })
const subject = anEnded('20261120-001', '2026-11-20 11:00')
const kept = { subject, facts: null }

archiveSuite('in memory', async () => openMemoryArchive())
archiveSuite('in a file', () => open(newFile()))

it('[TI10] opened again it has its cases and knows how far it came', async () => {
  const file = newFile()
  const before = await open(file)
  await before.put([kept], { journal: 'journal-1', revision: 41 })
  await before.close()
  const after = await open(file)
  expect(after.upTo()).toEqual({ journal: 'journal-1', revision: 41 })
  expect(await after.get(subject.id)).toEqual(subject)
  await after.close()
})

it('[TI10] a case that cannot be written takes the whole batch back, and the line it would have reached', async () => {
  const file = newFile()
  const archive = await open(file)
  await archive.put([kept], { journal: 'journal-1', revision: 41 })
  const hand = new Database(file)
  hand.exec(
    `create trigger full before insert on sheets when new.id = '20261120-003' begin select raise(abort, 'disk full'); end`,
  )
  hand.close()
  const batch = ['20261120-002', '20261120-003'].map((id) => ({
    subject: anEnded(id, '2026-11-20 12:00'),
    facts: null,
  }))
  await expect(archive.put(batch, { journal: 'journal-1', revision: 43 })).rejects.toThrow('disk full')
  expect(archive.upTo().revision).toBe(41)
  expect((await archive.search({ limit: 10 })).map(({ id }) => id)).toEqual([subject.id])
  await archive.close()
})

it('[KP2] judged by other formulas it starts anew, to be judged again from the journal', async () => {
  const file = newFile()
  const before = await open(file)
  await before.put([kept], { journal: 'journal-1', revision: 41 })
  await before.close()
  const after = await open(file, 'second')
  expect(after.upTo()).toEqual({ journal: '', revision: 0 })
  expect(await after.get(subject.id)).toBeNull()
  await after.close()
})
