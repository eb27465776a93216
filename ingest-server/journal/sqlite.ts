// The journal's body on SQLite: one file, write-ahead log, every commit flushed to the disk before it is answered, and nobody else waits for that.
import Database from 'better-sqlite3'
import type { CommandId } from '#contract/ids'
import { Outcome } from '#contract/outcome'
import { NotUsable } from '../engines/fault.ts'
import { chainLines, emptyHead } from './chain.ts'
import { openFlush, type Flush } from './flush.ts'
import { JournalBroken, NotInStep } from './journal.ts'
import type { Head, Journal, KeptLine } from './journal.ts'
import { openBlocks } from './sqlite-blocks.ts'
import { openBoards } from './sqlite-boards.ts'
import { openTimes } from './sqlite-times.ts'

/** Below it a write-ahead log can be corrupted by a checkpoint that comes at the wrong moment. */
const floor = [3, 51, 3] as const

/** After these the page cache and the disk may tell different stories: only a new start tells which is true. */
const beyondRepair = /^SQLITE_(IOERR_(DIR_)?FSYNC|CORRUPT.*|NOTADB)$/

/** Lines read at a time: the reader may write between two of them. */
const pageSize = 500

const schema = `
  create table if not exists journal (
    id text primary key
  ) strict;
  create table if not exists lines (
    revision integer primary key,
    command_id text not null unique,
    text text not null,
    hash text not null
  ) strict;
  create table if not exists pen (
    one integer primary key check (one = 1),
    epoch integer not null
  ) strict;
  insert or ignore into pen (one, epoch) values (1, 0);
`
/** Kept in the file as its `user_version`; files from before say 0. */
const newest = 1

export interface SqliteJournalOptions {
  /** A path; the folder must be there. */
  file: string
  /** Names a journal that is made now. */
  newId: () => string
  /** NORMAL flushes no commit. Only the power-cut trial's negative control, and what only fills a file, ask for less than FULL. */
  synchronous?: 'FULL' | 'NORMAL'
  /** How the write-ahead log becomes durable; a test gives its own. */
  flushOf?: (file: string) => Flush
}

/** Throws where the file cannot be opened, is no journal, or this SQLite is too old to be trusted with one. */
export function openSqliteJournal(options: SqliteJournalOptions): Journal {
  const { file, newId, synchronous = 'FULL', flushOf = openFlush } = options
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('busy_timeout = 2000')
  // A checkpoint is paid by the commit that triggers it: rarer and larger costs less in all.
  db.pragma('wal_autocheckpoint = 4000')
  const version = db.prepare<[], string>('select sqlite_version()').pluck().get()!
  if (isTooOld(version))
    throw new JournalBroken(`SQLite ${version} is too old for the journal: at least ${floor.join('.')} is needed`)
  const written = db.pragma('user_version', { simple: true }) as number
  if (written > newest)
    throw new NotUsable({
      zh: `日志 ${file} 是更新的版本（${written}）写的，本程序只认得 ${newest}，请换回新程序。`,
      en: `The journal ${file} was written by a newer version (${written}); this one knows ${newest}: start the newer program.`,
    })
  db.exec(schema)
  if (written < newest) db.pragma(`user_version = ${newest}`)
  db.prepare('insert into journal (id) select ? where not exists (select 1 from journal)').run(newId())
  const id = db.prepare('select id from journal').pluck().get() as string

  const last = db.prepare<[], Head>('select revision, hash from lines order by revision desc limit 1')
  const insert = db.prepare('insert into lines (revision, command_id, text, hash) values (?, ?, ?, ?)')
  const answer = db.prepare<[string], string>('select text from lines where command_id = ?').pluck()
  const page = db.prepare<[number, number, number], KeptLine>(
    'select revision, text, hash from lines where revision > ? and revision <= ? order by revision limit ?',
  )
  const blocks = openBlocks(db)
  const boards = openBoards(db)
  const times = openTimes(db)

  const pen = db.prepare<[], number>('select epoch from pen').pluck()
  const take = db.prepare<[], number>('update pen set epoch = epoch + 1 returning epoch').pluck()
  let epoch = pen.get()

  // From here on SQLite itself flushes a fresh log's head and around a checkpoint, and leaves each commit's flush to us:
  // its own would hold up every street of the process. Nothing is answered before it.
  db.pragma('synchronous = NORMAL')
  const log = synchronous === 'FULL' ? flushOf(`${file}-wal`) : null

  const trusted = (flushed: Promise<void> | undefined) =>
    flushed?.catch((cause: unknown) => {
      throw new JournalBroken("the journal's disk cannot be trusted (it refused a flush)", { cause })
    })

  const headNow = (): Head => last.get() ?? emptyHead
  // Immediate: the head that is looked at is the head that is written after, whoever else has the file open.
  const write = db.transaction((after: Head, entries: Parameters<Journal['append']>[1]): Head => {
    const head = headNow()
    if (pen.get() !== epoch) throw new NotInStep('somebody else has taken the pen')
    if (head.revision !== after.revision || head.hash !== after.hash)
      throw new NotInStep(`the head is ${head.revision}, not ${after.revision}`)
    const lines = chainLines(head, entries)
    lines.forEach((line, index) => insert.run(line.revision, entries[index]!.commandId, line.text, line.hash))
    times.advance(head.revision + lines.length)
    return lines.length > 0 ? { revision: lines.at(-1)!.revision, hash: lines.at(-1)!.hash } : head
  }).immediate

  function kept(...asked: Parameters<Journal['append']>): Head {
    try {
      return write(...asked)
    } catch (cause) {
      times.forget()
      throw asFault(cause)
    }
  }

  return {
    id,
    async head() {
      const head = headNow()
      // Whoever signs it says that it is kept.
      await trusted(log?.settled())
      return head
    },
    async claim() {
      epoch = take.get()
      await trusted(log?.flush())
    },
    async append(after, entries) {
      const head = kept(after, entries)
      if (entries.length > 0) await trusted(log?.flush())
      return head
    },
    async answers(ids) {
      const known = new Map<CommandId, Outcome>()
      for (const one of ids) {
        const text = answer.get(one)
        if (text) known.set(one, Outcome.parse((JSON.parse(text) as { outcome: unknown }).outcome))
      }
      return known
    },
    async *read(revision, upTo = Number.MAX_SAFE_INTEGER) {
      for (let at = revision; ;) {
        const lines = page.all(at, upTo, pageSize)
        yield* lines
        if (lines.length < pageSize) return
        at = lines.at(-1)!.revision
      }
    },
    block: async (revision) => blocks(revision),
    revisionAt: async (at) => times.revisionAt(at, headNow().revision),
    keepSnapshot: boards.keep,
    latestSnapshot: () => boards.before(Number.MAX_SAFE_INTEGER),
    snapshotBefore: boards.before,
    async close() {
      await log?.close()
      db.close()
    },
  }
}

/** `version` as SQLite says it: `3.51.3`. */
export function isTooOld(version: string): boolean {
  const parts = version.split('.').map(Number)
  const first = floor.findIndex((least, index) => parts[index] !== least)
  return first !== -1 && (parts[first] ?? 0) < floor[first]!
}

function asFault(cause: unknown): unknown {
  const code = cause instanceof Database.SqliteError ? cause.code : ''
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return new NotInStep('somebody else wrote this revision first', { cause })
  if (beyondRepair.test(code)) return new JournalBroken(`the journal's disk cannot be trusted (${code})`, { cause })
  return cause
}
