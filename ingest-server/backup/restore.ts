// A backup put back where nothing is: every file held against its manifest, the chain walked, brought to this version, and only then in place.
import { createPublicKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openBook } from '../checkpoints/book.ts'
import { readCheckpoint } from '../checkpoints/checkpoint.ts'
import { NotUsable } from '../engines/fault.ts'
import type { Place } from '../engines/moved.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { flushFolder } from '../records/flush-folder.ts'
import { openSqliteShelf } from '../records/shelf-sqlite.ts'
import { sealedIn, settleRestored, type Afterwards } from './afterwards.ts'
import { openFiles } from './exclusive.ts'
import { copyFile, filesBelow, flushFolders } from './files.ts'
import { filesIntoSchema, isEmptySchema } from './into-schema.ts'
import { leftOut, mayLie } from './left.ts'
import { isInside, readManifest, type Manifest } from './manifest.ts'
import { proveSet, publicKeyFile } from './proof.ts'
import { alone } from './still.ts'
import { orStop, type Work } from './work.ts'

export interface RestoreNeeds {
  /** A whole backup of one street. */
  set: string
  /** The newest of its keys, where they are put back, too. */
  keys: string | null
  place: Place
  checkpoints: string
  /** A public key that was kept elsewhere, as a file. */
  trusted: string | null
  newId: () => string
  /** Everything but putting it in place. */
  onlyCheck: boolean
  work: Work
}

export interface Restored extends Afterwards {
  manifest: Manifest
  reached: NonNullable<Manifest['journal']>
  /** Rows that hang on a secret which is not here, by table; null where the secrets are here. */
  unreadable: Record<string, number> | null
  /** Checkpoints kept elsewhere know of lines up to here. */
  knownElsewhere: number | null
}

const half = 'restoring.part'

/** Rejects with `Stopped` or one sentence; nothing is in place then. */
export async function restore(needs: RestoreNeeds): Promise<Restored> {
  const { set, keys, place, checkpoints, newId, onlyCheck, work } = needs
  const { folder, postgres } = place
  const manifest = await manifestOf(set, 'street')
  await refuseUsed(place)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const part = join(folder, half)
  await rm(part, { recursive: true, force: true })
  try {
    await copyWhole(set, manifest, part, work)
    const trusted = needs.trusted === null ? undefined : createPublicKey(await readFile(needs.trusted, 'utf8'))
    const reached = await proveSet(part, work, trusted)
    refuseOther(reached, manifest)
    if (keys !== null) await copyWhole(keys, await manifestOf(keys, 'keys'), part, work)
    await bringForward(folder, part)
    const hasSecret = existsSync(join(part, leftOut.secret)) || existsSync(join(folder, leftOut.secret))
    const unreadable = hasSecret ? null : sealedIn(part)
    const afterwards = settleRestored(part, newId())
    const knownElsewhere = await lastKnown(checkpoints, reached.id)
    if (!onlyCheck) await putInPlace(part, place, checkpoints, work)
    return { manifest, reached, unreadable, knownElsewhere, ...afterwards }
  } finally {
    await rm(part, { recursive: true, force: true })
    if (onlyCheck && !postgres && (await readdir(folder)).length === 0) await rm(folder, { recursive: true })
  }
}

export async function manifestOf(set: string, kind: Manifest['kind']): Promise<Manifest> {
  const manifest = await readManifest(set)
  if (manifest === 'newer')
    throw new NotUsable({
      zh: `备份 ${set} 是更新的版本写的，本程序不认得，请用新程序恢复。`,
      en: `The backup ${set} was written by a newer version, which this one does not know: restore it with the newer program.`,
    })
  if (!manifest)
    throw new NotUsable({
      zh: `${set} 不是完整的备份：没有能读的 manifest.json，它是最后才写的。`,
      en: `${set} is no whole backup: it has no manifest.json that can be read, and that is written last.`,
    })
  if (manifest.kind === kind) return manifest
  throw new NotUsable({
    zh: `${set} 是「${manifest.kind}」的备份，这里要「${kind}」的。`,
    en: `${set} is a backup of ${manifest.kind}; one of ${kind} is wanted here.`,
  })
}

async function refuseUsed({ folder, postgres }: Place): Promise<void> {
  const lies = (await readdir(folder).catch(() => [])).find((name) => !mayLie(name) && name !== half)
  if (lies !== undefined)
    throw new NotUsable({
      zh: `${folder} 不是空的（有 ${lies}）：请恢复到空目录，原来的先改名放在一边。`,
      en: `${folder} is not empty (${lies} is there): restore into an empty folder, and put the old one aside first.`,
    })
  if (postgres && !(await isEmptySchema(postgres)))
    throw new NotUsable({
      zh: `PostgreSQL 的 ${postgres.schema} 里已有内容：请先改名放在一边（alter schema … rename to …）。`,
      en: `The schema ${postgres.schema} of PostgreSQL is not empty: put it aside first (alter schema … rename to …).`,
    })
}

/** What was read is what is held against the manifest, and what is used. */
async function copyWhole(set: string, { files }: Manifest, part: string, work: Work): Promise<void> {
  for (const [nth, { path, size, sha256 }] of files.entries()) {
    orStop(work)
    const copied =
      isInside(path) && existsSync(join(set, path)) ? await copyFile(join(set, path), join(part, path)) : null
    if (copied?.size !== size || copied.sha256 !== sha256)
      throw new NotUsable({
        zh: `备份 ${set} 里的 ${path} 与清单不符，不能用；请换上一个备份。`,
        en: `${path} of the backup ${set} is not what its manifest says: take the backup before it.`,
      })
    work.onStep('files', nth + 1, files.length)
  }
}

function refuseOther(reached: NonNullable<Manifest['journal']>, { journal }: Manifest): void {
  if (reached.id === journal?.id && reached.revision === journal.revision && reached.hash === journal.hash) return
  throw new NotUsable({
    zh: '备份里的日志不是清单上的那一份。',
    en: 'The journal of this backup is not the one its manifest speaks of.',
  })
}

/** Residents' keys that lie in the folder already are those that hold. */
async function bringForward(folder: string, part: string): Promise<void> {
  const kept = join(folder, leftOut.keys)
  if (existsSync(kept) && !existsSync(join(part, leftOut.keys))) await copyFile(kept, join(part, leftOut.keys))
  await (await openSqliteShelf(part)).close()
  await openSqliteJournal({ file: join(part, 'journal.db'), newId: () => '' }).close()
  for (const name of ['journal.db', 'records.db', leftOut.keys]) alone(join(part, name))
}

async function lastKnown(checkpoints: string, journalId: string): Promise<number | null> {
  const note = (await openBook(checkpoints, journalId).last())?.note
  return (note && readCheckpoint(note)?.revision) || null
}

async function putInPlace(part: string, { folder, postgres }: Place, checkpoints: string, work: Work): Promise<void> {
  await placeCheckpoints(part, checkpoints)
  if (postgres) {
    const files = openFiles(part)
    await filesIntoSchema(files, postgres, work).finally(files.close)
    for (const name of ['journal.db', 'records.db', leftOut.keys]) await rm(join(part, name), { force: true })
  }
  orStop(work)
  await flushFolders(part)
  // The journal last: without it nobody takes the folder for a street's.
  const names = (await readdir(part)).filter((name) => name !== 'journal.db')
  for (const name of [...names, ...(postgres ? [] : ['journal.db'])]) await rename(join(part, name), join(folder, name))
  await flushFolder(folder)
}

/** The old book is kept under the old name, with the key that checks it; what lies there already is at least as long. */
async function placeCheckpoints(part: string, to: string): Promise<void> {
  const from = join(part, 'checkpoints')
  const publicKey = join(part, publicKeyFile)
  for (const book of await readdir(from).catch(() => [])) {
    if (existsSync(join(to, book))) continue
    for (const path of await filesBelow(join(from, book))) await copyFile(join(from, book, path), join(to, book, path))
    if (existsSync(publicKey)) await copyFile(publicKey, join(to, book, publicKeyFile))
  }
  await rm(from, { recursive: true, force: true })
  await rm(publicKey, { force: true })
}

/** The list of streets and what lies above them, where there is none yet. */
export async function restoreSystem(set: string, keys: string | null, folder: string, work: Work): Promise<Manifest> {
  const manifest = await manifestOf(set, 'system')
  const lies = manifest.files.find(({ path }) => existsSync(join(folder, path)))
  if (lies)
    throw new NotUsable({
      zh: `${join(folder, lies.path)} 已经在了：请恢复到空目录。`,
      en: `${join(folder, lies.path)} is there already: restore into an empty folder.`,
    })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await copyWhole(set, manifest, folder, work)
  if (keys !== null) await copyWhole(keys, await manifestOf(keys, 'keys'), folder, work)
  return manifest
}
