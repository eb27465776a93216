// Each commit is flushed before it is answered, beside the loop; and a disk that refused a flush is believed no more.
import { mkdtempSync, rmSync } from 'node:fs'
import type * as Fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it, vi } from 'vitest'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import type { Flush } from '../../ingest-server/journal/flush.ts'
import { JournalBroken } from '../../ingest-server/journal/journal.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { anEntry } from '../world/an-entry.ts'

const disk = vi.hoisted(() => ({ refusals: 0, flushed: 0, atOpening: 0 }))
vi.mock('node:fs', async (original) => {
  const real = await original<typeof Fs>()
  return {
    ...real,
    fdatasyncSync(handle: number) {
      disk.atOpening++
      real.fdatasyncSync(handle)
    },
    fdatasync(handle: number, done: Fs.NoParamCallback) {
      disk.flushed++
      if (disk.refusals-- > 0) setImmediate(done, Object.assign(new Error('EIO'), { code: 'EIO' }))
      else real.fdatasync(handle, done)
    },
  }
})

const folder = mkdtempSync(join(tmpdir(), 'sanping-flush-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => void Object.assign(disk, { refusals: 0, flushed: 0, atOpening: 0 }))
let files = 0
const open = (flushOf?: (file: string) => Flush) =>
  openSqliteJournal({ file: join(folder, `${files++}.db`), newId: () => 'journal', ...(flushOf && { flushOf }) })

/** A disk that takes as long as the test wants. */
function heldDisk() {
  let release = () => {}
  let last: Promise<void> = Promise.resolve()
  const flush: Flush = {
    flush: () => (last = new Promise((done) => (release = done))),
    settled: () => last,
    close: async () => {},
  }
  return { flushOf: () => flush, release: () => release() }
}

/** Whether it has come about once everything that can has had its turn. */
async function isAnswered(promise: Promise<unknown>): Promise<boolean> {
  let answered = false
  void promise.then(() => (answered = true))
  for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next))
  return answered
}

it('[JO100] nothing is answered before its flush, and while one street waits for the disk another is written and answered', async () => {
  const disk = heldDisk()
  const [slow, other] = [open(disk.flushOf), open()]
  const kept = slow.append(emptyHead, [anEntry(1)])
  await other.append(emptyHead, [anEntry(1)])
  expect(await isAnswered(kept)).toBe(false)
  disk.release()
  expect(await kept).toMatchObject({ revision: 1 })
  await slow.close()
  await other.close()
})

it('[JO100] each append is flushed once, by us; one that writes nothing needs none', async () => {
  const journal = open()
  let head = await journal.append(emptyHead, [anEntry(1), anEntry(2)])
  head = await journal.append(head, [anEntry(3)])
  await journal.append(head, [])
  expect(disk.flushed).toBe(2)
  await journal.close()
})

it('[JO101] a flush that was refused breaks the journal for good, though the system says it only once', async () => {
  const journal = open()
  const head = await journal.append(emptyHead, [anEntry(1)])
  disk.refusals = 1
  await expect(journal.append(head, [anEntry(2)])).rejects.toBeInstanceOf(JournalBroken)
  const now = { revision: 2, hash: '' }
  for await (const { hash } of journal.read(1)) now.hash = hash
  await expect(journal.append(now, [anEntry(3)])).rejects.toBeInstanceOf(JournalBroken)
  await expect(journal.head()).rejects.toBeInstanceOf(JournalBroken)
  await journal.close()
})

it('[JO102] the head is told, and so signed, only when it is on the disk', async () => {
  const disk = heldDisk()
  const journal = open(disk.flushOf)
  const kept = journal.append(emptyHead, [anEntry(1)])
  const head = journal.head()
  expect(await isAnswered(head)).toBe(false)
  disk.release()
  expect(await head).toEqual(await kept)
  await journal.close()
})

it('[JO103] what a killed process may have left unflushed is flushed before anybody is answered from it', async () => {
  const journal = open()
  expect(disk).toMatchObject({ atOpening: 1, flushed: 0 })
  await journal.close()
})
