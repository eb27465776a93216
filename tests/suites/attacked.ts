// A journal with its signed checkpoints, and hands that get at the files: each attack made on a fresh copy of them.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import Database from 'better-sqlite3'
import { openBook, type Book } from '../../ingest-server/checkpoints/book.ts'
import {
  noNote,
  noteHash,
  originOf,
  readCheckpoint,
  signCheckpoint,
} from '../../ingest-server/checkpoints/checkpoint.ts'
import { privateKeyOf } from '../../ingest-server/checkpoints/note.ts'
import { publicHalf } from '../../ingest-server/checkpoints/key.ts'
import { prove, type Proof } from '../../ingest-server/checkpoints/prove.ts'
import { keepSigning } from '../../ingest-server/checkpoints/signing.ts'
import type { Desk } from '../../ingest-server/desk/port.ts'
import { emptyHead, genesis, lineHash } from '../../ingest-server/journal/chain.ts'
import type { Head } from '../../ingest-server/journal/journal.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { anEntry } from '../world/an-entry.ts'

const id = 'journal-of-wuliqiao'
export const key: KeyObject = privateKeyOf(Buffer.alloc(32, 7))

/** Two lines a second, signed every twenty. */
export const whole = { lines: 800, each: 500, signedEvery: 20, snapshotEvery: 250 }

export interface Kept {
  folder: string
  /** As noted elsewhere, on paper say. */
  head: Head
  close(): void
}

/** Written and signed by the server's own hands; only its desk and its clock are ours. */
export async function aKeptJournal(): Promise<Kept> {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-attacked-'))
  const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => id, synchronous: 'NORMAL' })
  let [head, now] = [emptyHead, Date.UTC(2026, 10, 21)]
  let tell: Parameters<Desk['follow']>[0] = () => {}
  let due: (() => void) | null = null
  const signing = keepSigning({
    desk: {
      board: () => ({ revision: head.revision }) as ReturnType<Desk['board']>,
      follow: (told) => ((tell = told), () => {}),
      holds: () => true,
    },
    ...{ journal, key, now: () => now, book: openBook(join(folder, 'checkpoints'), id) },
    after: (_, run) => ((due = run), () => (due = null)),
    onFault(fault) {
      throw fault
    },
  })
  await signing.settled()
  for (let line = 1; line <= whole.lines; line++) {
    now += whole.each
    head = await journal.append(head, [{ ...anEntry(line), at: now }])
    tell({ since: line - 1, revision: line, at: now, put: [], remove: [], tallies: [] })
    if (line % whole.snapshotEvery === 0) await journal.keepSnapshot({ ...head, board: '{}' })
    if (line % whole.signedEvery !== 0) continue
    ;(due as (() => void) | null)?.()
    await signing.settled()
  }
  await signing.close()
  await journal.close()
  return { folder, head, close: () => rmSync(folder, { recursive: true }) }
}

export interface Hands {
  folder: string
  db: Database.Database
  /** The lines of the checkpoints' one file. */
  notes(): string[]
  writeNotes(lines: readonly string[]): void
  /** Gives every line from `from` on its number and its hash anew, and the snapshots theirs: as if it had always been so. */
  rehash(from: number): void
  /** From this line on nothing is left, nor any trace of it in the database. */
  cut(from: number): void
  /** Takes `line` out, or moves all from it on one further: each says of itself where it stands then. */
  shift(from: number, by: 1 | -1): void
}

export async function attack(
  kept: Kept,
  deed: (hands: Hands) => void,
  how: { known?: Head; keyLost?: boolean; deep?: boolean } = {},
): Promise<Proof> {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-attack-'))
  try {
    cpSync(kept.folder, folder, { recursive: true })
    const db = new Database(join(folder, 'journal.db'))
    db.pragma('synchronous = OFF')
    deed(handsOn(folder, db))
    db.close()
    const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => id, synchronous: 'NORMAL' })
    try {
      const book: Book = openBook(join(folder, 'checkpoints'), id)
      const known = how.known ? [how.known] : []
      return await prove({ journal, book, known, key: how.keyLost ? null : publicHalf(key), deep: how.deep ?? false })
    } finally {
      await journal.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function handsOn(folder: string, db: Database.Database): Hands {
  const path = join(folder, 'checkpoints', id)
  const file = () => join(path, readdirSync(path)[0]!)
  const setText = db.prepare('update lines set text = ?, hash = ? where revision = ?')
  return {
    folder,
    db,
    notes: () => readFileSync(file(), 'utf8').split('\n').slice(0, -1),
    writeNotes(lines) {
      mkdirSync(path, { recursive: true })
      writeFileSync(file(), lines.map((line) => `${line}\n`).join(''))
    },
    rehash(from) {
      let before =
        (db
          .prepare('select hash from lines where revision = ?')
          .pluck()
          .get(from - 1) as string) ?? genesis
      const after = db.prepare<[number], { revision: number; text: string }>(
        'select revision, text from lines where revision >= ? order by revision',
      )
      db.transaction(() => {
        for (const { revision, text } of after.all(from)) {
          const own = text.replace(/^\{"revision":\d+/, `{"revision":${revision}`)
          before = lineHash(before, own)
          setText.run(own, before, revision)
        }
        const boards = db.prepare('select name from sqlite_master where name = ?').get('boards')
        if (boards)
          db.exec(`update boards set hash = (select hash from lines where lines.revision = boards.revision)
            where revision in (select revision from lines)`)
      })()
    },
    cut(from) {
      for (const table of ['lines', 'times', 'boards', 'snapshots'])
        if (db.prepare('select name from sqlite_master where name = ?').get(table))
          db.prepare(`delete from ${table} where revision >= ?`).run(from)
    },
    shift(from, by) {
      if (by < 0) db.prepare('delete from lines where revision = ?').run(from)
      // By way of numbers nobody has: one that is taken is refused.
      db.prepare('update lines set revision = -revision where revision >= ?').run(from)
      db.prepare('update lines set revision = -revision + ? where revision < 0').run(by)
    },
  }
}

/** Signs all of them anew, from the first to the last, with a key of one's own. */
export function forgeAll(lines: readonly string[], own: KeyObject): string[] {
  let before = noNote
  return lines.map((line) => {
    const said = readCheckpoint((JSON.parse(line) as { note: string }).note)!
    const note = signCheckpoint({ ...said, before, origin: originOf(id) }, own)
    before = noteHash(note)
    return JSON.stringify({ note })
  })
}
