// A street moved from its folder into a schema, or back: copied whole, compared, and the place it left marked as left.
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Instant } from '#contract/ids'
import { lookAtFile, lookAtSchema, type Standing } from '../engines/migrate.ts'
import { NotUsable } from '../engines/fault.ts'
import { markMoved, readMoved, type Place } from '../engines/moved.ts'
import { connectAlone, quoted, type PostgresPlace } from '../engines/postgres.ts'
import { breakAt, emptyHead } from '../journal/chain.ts'
import type { Head, KeptLine } from '../journal/journal.ts'
import { openPostgresJournal } from '../journal/postgres.ts'
import { flushFolder } from '../records/flush-folder.ts'
import { migrations } from '../records/tables.ts'
import { openFilesAlone, refuseServed } from './exclusive.ts'
import { flushFolders } from './files.ts'
import { filesIntoSchema, isEmptySchema } from './into-schema.ts'
import { journalIntoFolder, keysIntoFolder, recordsIntoFolder } from './into-folder.ts'
import { nameAt } from './sets.ts'
import { holdSchemaStill } from './still-schema.ts'
import type { Work } from './work.ts'

const rowFiles = ['journal.db', 'records.db', 'person-keys.db', 'archive.db'] as const
const half = 'moving.part'

type Whole = Place & { postgres: NonNullable<Place['postgres']> }

/** Rejects with `Stopped` or one sentence; the schema is as empty as before then, and the folder holds. */
export async function moveToPostgres(place: Whole, at: Instant, work: Work): Promise<Head> {
  const { folder, postgres } = place
  await refuseMoved(place, 'folder')
  if (!existsSync(join(folder, 'journal.db')))
    throw new NotUsable({ zh: `${folder} 里没有日志。`, en: `There is no journal in ${folder}.` })
  refuseOld(await lookAtFile(join(folder, 'records.db'), migrations))
  const left = await readMoved(place, 'postgres')
  if (!left && !(await isEmptySchema(postgres))) throw notEmpty(postgres.schema)
  await refuseServed(postgres)
  if (left) await renameAside(postgres, at)
  const files = openFilesAlone(folder)
  try {
    const head = await filesIntoSchema(files, postgres, work)
    await compare(place, head)
    await markMoved(place, 'folder', { to: 'postgres', at, revision: head.revision })
    return head
  } finally {
    files.close()
  }
}

/** What it was when it was left stays, under another name. */
async function renameAside({ url, schema }: PostgresPlace, at: Instant): Promise<void> {
  const client = await connectAlone(url)
  await client
    .query(`alter schema ${quoted(schema)} rename to ${quoted(`${schema}_before_${at}`)}`)
    .finally(() => client.end())
}

/** The same the other way. Files of before, which were left once, are put aside. */
export async function moveToFolder(place: Whole, at: Instant, work: Work): Promise<Head> {
  const { folder, postgres } = place
  await refuseMoved(place, 'postgres')
  const standing = await lookAtSchema(postgres, migrations)
  refuseOld(standing)
  if (existsSync(join(folder, 'journal.db')) && !(await readMoved(place, 'folder')))
    throw new NotUsable({
      zh: `${folder} 里已有日志，不是搬走时留下的：请先放在一边。`,
      en: `There is a journal in ${folder} that was not left by a move: put it aside first.`,
    })
  await refuseServed(postgres)
  const part = join(folder, half)
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true, mode: 0o700 })
  try {
    const still = await holdSchemaStill(postgres)
    try {
      await journalIntoFolder(still, part, work)
      await recordsIntoFolder(still, part, standing, work)
      await keysIntoFolder(still, part, work)
    } finally {
      await still.close()
    }
    const head = walk(join(part, 'journal.db'))
    await compare(place, head)
    await flushFolders(part)
    await putAside(folder, at)
    for (const name of ['records.db', 'person-keys.db', 'journal.db'])
      await rename(join(part, name), join(folder, name))
    await markMoved(place, 'folder', null)
    await flushFolder(folder)
    await markMoved(place, 'postgres', { to: 'folder', at, revision: head.revision })
    return head
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}

/** What was left holds again. What was written in the other place since does not come along. */
export const undoMove = (place: Place, what: 'folder' | 'postgres'): Promise<void> => markMoved(place, what, null)

async function refuseMoved(place: Place, what: 'folder' | 'postgres'): Promise<void> {
  const moved = await readMoved(place, what)
  if (!moved) return
  throw new NotUsable({
    zh: `这里的内容已在第 ${moved.revision} 行搬走；要重新搬，先用 move --undo 取消标记。`,
    en: `What was here moved away at line ${moved.revision}; to move it again, take the mark away with move --undo first.`,
  })
}

function refuseOld({ pending }: Standing): void {
  if (pending.length === 0) return
  throw new NotUsable({
    zh: `还差 ${pending.length} 步才到本版本：请先运行 migrate。`,
    en: `It is ${pending.length} steps short of this version: run migrate first.`,
  })
}

const notEmpty = (schema: string) =>
  new NotUsable({
    zh: `PostgreSQL 的 ${schema} 里已有内容，不能搬进去。`,
    en: `The schema ${schema} of PostgreSQL is not empty: nothing can be moved into it.`,
  })

/** Written while it was moved, or not written as it was. */
async function compare({ postgres }: Whole, head: Head): Promise<void> {
  const journal = await openPostgresJournal({ ...postgres, newId: () => '' })
  const there = await journal.head().finally(() => journal.close())
  if (there.revision === head.revision && there.hash === head.hash) return
  throw new NotUsable({
    zh: `两边的末行不一样（${there.revision} 与 ${head.revision}）：搬的时候还有程序在写。`,
    en: `The last lines differ (${there.revision} and ${head.revision}): somebody wrote while it was moved.`,
  })
}

function walk(file: string): Head {
  const db = new Database(file, { readonly: true })
  try {
    let head = emptyHead
    for (const line of db.prepare<[], KeptLine>('select revision, text, hash from lines order by revision').iterate()) {
      const why = breakAt(head, line)
      if (why)
        throw new NotUsable({
          zh: `日志第 ${line.revision} 行不对：${why}。`,
          en: `Line ${line.revision} is wrong: ${why}.`,
        })
      head = { revision: line.revision, hash: line.hash }
    }
    return head
  } finally {
    db.close()
  }
}

async function putAside(folder: string, at: Instant): Promise<void> {
  const names = (await readdir(folder)).filter((name) => rowFiles.some((file) => name.startsWith(file)))
  if (names.length === 0) return
  const aside = join(folder, `before-${nameAt(at)}`)
  await mkdir(aside, { mode: 0o700 })
  for (const name of names) await rename(join(folder, name), join(aside, name))
}
