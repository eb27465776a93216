// A street copied while it works: its journal as it was at one moment, and all the journal speaks of, no older than it.
import { writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Instant } from '#contract/ids'
import { openBook } from '../checkpoints/book.ts'
import { publicPem, readSigningKey } from '../checkpoints/key.ts'
import { lookAtFile, lookAtSchema } from '../engines/migrate.ts'
import type { Place } from '../engines/moved.ts'
import { migrations } from '../records/tables.ts'
import { copyFile, filesBelow, hashFile, isThere, type FileKept } from './files.ts'
import { journalIntoFolder, keysIntoFolder, recordsIntoFolder } from './into-folder.ts'
import { isSiteFile, leftOut, systemKey } from './left.ts'
import { newestForm, type Manifest } from './manifest.ts'
import { copyPictures, type PictureRow } from './pictures.ts'
import { proveSet, publicKeyFile } from './proof.ts'
import { setsIn, writeSet } from './sets.ts'
import { holdSchemaStill } from './still-schema.ts'
import { holdStill } from './still.ts'
import { orStop, type Work } from './work.ts'

export interface TakeNeeds {
  place: Place
  /** Its code, of a street of many. */
  street: string | null
  /** Where its checkpoints lie. */
  checkpoints: string
  /** Where its backups lie. */
  into: string
  at: Instant
  work: Work
}

export interface Taken {
  path: string
  manifest: Manifest
  /** Files that are one with those of the backup before. */
  linked: number
}

/** Rejects with `Stopped`, or with a sentence where the journal does not hold; no half of it is left then. */
export async function takeBackup({ place, street, checkpoints, into, at, work }: TakeNeeds): Promise<Taken> {
  let linked = 0
  const before = (await setsIn(into)).findLast(({ manifest }) => manifest.kind === 'street') ?? null
  const taken = await writeSet(into, at, async (part) => {
    // The checkpoints first: none may speak of a line that the journal of this backup does not have.
    const files = await copyCheckpoints(place, checkpoints, part)
    const { rows, records } = await copyRows(place, part, work)
    const journal = await proveSet(part, work)
    for (const path of ['journal.db', 'records.db']) files.push({ path, ...(await hashFile(join(part, path))) })
    // The pictures last: a line is written after the pictures it names, and they stay.
    const pictures = await copyPictures({
      ...{ rows, from: join(place.folder, 'evidence'), set: part, work },
      before: before && {
        path: before.path,
        hashes: new Map(before.manifest.files.map(({ path, sha256 }) => [path, sha256])),
      },
    })
    linked = pictures.linked
    files.push(...pictures.files, ...(await copySiteFiles(place.folder, part, work)))
    return {
      ...{ form: newestForm, kind: 'street', at, engine: place.postgres ? 'postgres' : 'folder', street, journal },
      ...{ records, files, gone: pictures.gone, leftOut: Object.values(leftOut) },
    }
  })
  return { ...taken, linked }
}

interface Copied {
  rows: PictureRow[]
  records: string | null
}

async function copyRows(place: Place, part: string, work: Work): Promise<Copied> {
  const { records } = await (place.postgres ? copySchema(place, part, work) : copyFiles(place.folder, part, work))
  const db = new Database(join(part, 'records.db'), { readonly: true })
  const rows = db.prepare<[], PictureRow>('select id, full_sha256, thumb_sha256 from evidence').all()
  db.close()
  return { rows, records }
}

/** Both are held before either is copied: the records are a moment newer than the journal, and no more. */
async function copyFiles(folder: string, part: string, work: Work): Promise<Pick<Copied, 'records'>> {
  const { ran } = await lookAtFile(join(folder, 'records.db'), migrations)
  const journal = holdStill(join(folder, 'journal.db'))
  const records = holdStill(join(folder, 'records.db'))
  try {
    await journal.copyTo(join(part, 'journal.db'), (done, of) => work.onStep('journal', done, of), work)
    journal.close()
    await records.copyTo(join(part, 'records.db'), (done, of) => work.onStep('records', done, of), work)
  } finally {
    journal.close()
    records.close()
  }
  return { records: ran.at(-1) ?? null }
}

async function copySchema({ postgres }: Place, part: string, work: Work): Promise<Pick<Copied, 'records'>> {
  const standing = await lookAtSchema(postgres!, migrations)
  const still = await holdSchemaStill(postgres!)
  try {
    await journalIntoFolder(still, part, work)
    await recordsIntoFolder(still, part, standing, work)
  } finally {
    await still.close()
  }
  return { records: standing.ran.at(-1) ?? null }
}

async function copyCheckpoints(place: Place, checkpoints: string, part: string): Promise<FileKept[]> {
  const id = await journalIdOf(place)
  const { folder } = openBook(checkpoints, id)
  const to = openBook(join(part, 'checkpoints'), id).folder
  const files: FileKept[] = []
  for (const name of await filesBelow(folder))
    files.push({
      path: `${to.slice(part.length + 1)}/${name}`,
      ...(await copyFile(join(folder, name), join(to, name))),
    })
  const key = files.length > 0 ? await readSigningKey(place.folder) : null
  // Nothing was signed yet: a key without a checkpoint would say that they were taken away.
  if (!key) return files
  await writeFile(join(part, publicKeyFile), publicPem(key), { flush: true, mode: 0o600 })
  return [...files, { path: publicKeyFile, ...(await hashFile(join(part, publicKeyFile))) }]
}

async function journalIdOf({ folder, postgres }: Place): Promise<string> {
  if (postgres) {
    const still = await holdSchemaStill(postgres)
    const { rows } = await still.client.query<{ id: string }>('select id from journal')
    await still.close()
    return rows[0]!.id
  }
  const db = new Database(join(folder, 'journal.db'), { readonly: true, fileMustExist: true })
  const id = db.prepare<[], string>('select id from journal').pluck().get()!
  db.close()
  return id
}

const copySiteFiles = async (folder: string, part: string, work: Work): Promise<FileKept[]> =>
  copyAll(folder, await filesBelow(folder, (name) => !isSiteFile(name)), part, work)

/** The keys alone, apart from what they open. */
export function takeKeys({
  place,
  street,
  into,
  at,
  work,
}: Omit<TakeNeeds, 'checkpoints'>): Promise<Omit<Taken, 'linked'>> {
  return writeSet(into, at, async (part) => {
    const files: FileKept[] = []
    for (const name of [leftOut.secret, leftOut.signing])
      if (existsSync(join(place.folder, name)))
        files.push({ path: name, ...(await copyFile(join(place.folder, name), join(part, name))) })
    await copyPersonKeys(place, part, work)
    files.push({ path: leftOut.keys, ...(await hashFile(join(part, leftOut.keys))) })
    return {
      ...{ form: newestForm, kind: 'keys', at, engine: place.postgres ? 'postgres' : 'folder', street },
      ...{ journal: null, records: null, files, leftOut: [], gone: [] },
    }
  })
}

async function copyPersonKeys({ folder, postgres }: Place, part: string, work: Work): Promise<void> {
  if (postgres) {
    const still = await holdSchemaStill(postgres)
    await keysIntoFolder(still, part, work).finally(still.close)
    return
  }
  const still = holdStill(join(folder, leftOut.keys))
  await still
    .copyTo(join(part, leftOut.keys), (done, of) => work.onStep('keys', done, of), work)
    .finally(() => still.close())
}

/** What many streets have in common: their list and the files of the levels above them (`levels`, below the data folder), or their key. */
export function takeSystem(
  folder: string,
  { levels, kind }: { levels: readonly string[]; kind: 'system' | 'keys' },
  { into, at, work }: Pick<TakeNeeds, 'into' | 'at' | 'work'>,
): Promise<Omit<Taken, 'linked'>> {
  return writeSet(into, at, async (part) => {
    const all = [kind === 'keys' ? systemKey : 'streets.json']
    for (const level of kind === 'keys' ? [] : levels)
      all.push(...(await filesBelow(join(folder, level))).map((one) => `${level}/${one}`))
    return {
      ...{ form: newestForm, kind, at, engine: 'folder', street: null, journal: null, records: null },
      ...{ files: await copyAll(folder, all, part, work), leftOut: [], gone: [] },
    }
  })
}

/** One that goes meanwhile, as an old log does, is not missed. */
async function copyAll(folder: string, all: readonly string[], part: string, work: Work): Promise<FileKept[]> {
  const files: FileKept[] = []
  for (const [nth, path] of all.entries()) {
    orStop(work)
    if (!(await isThere(join(folder, path)))) continue
    files.push({ path, ...(await copyFile(join(folder, path), join(part, path))) })
    work.onStep('files', nth + 1, all.length)
  }
  return files
}
