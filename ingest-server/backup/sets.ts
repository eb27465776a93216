// The backups in one folder: each a folder by its time, whole once it bears that name; what was cut off bears another and is swept.
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '#contract/ids'
import { flushFolder } from '../records/flush-folder.ts'
import { flushFolders } from './files.ts'
import { readManifest, writeManifest, type Manifest } from './manifest.ts'

const named = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/
const torn = '.part'
const tornFor = 24 * 3_600_000

export const nameAt = (at: Instant): string => new Date(at).toISOString().replaceAll(/[:.]/g, '-')
const timeOf = (name: string): Instant =>
  Date.parse(name.replace(torn, '').replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/, 'T$1:$2:$3.$4Z'))

/** Whole ones, the oldest first. */
export async function setsIn(folder: string): Promise<{ path: string; manifest: Manifest }[]> {
  const found: { path: string; manifest: Manifest }[] = []
  for (const name of (await readdir(folder).catch(orNone)).filter((one) => named.test(one)).toSorted()) {
    const manifest = await readManifest(join(folder, name))
    if (manifest && manifest !== 'newer') found.push({ path: join(folder, name), manifest })
  }
  return found
}

/** Written under another name, and gone again whatever happens but its end. */
export async function writeSet(
  folder: string,
  at: Instant,
  fill: (part: string) => Promise<Manifest>,
): Promise<{ path: string; manifest: Manifest }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweepTorn(folder, at)
  const path = join(folder, nameAt(at))
  const part = path + torn
  await mkdir(part, { mode: 0o700 })
  try {
    const manifest = await fill(part)
    await flushFolders(part)
    await writeManifest(part, manifest)
    await flushFolder(part)
    await rename(part, path)
    await flushFolder(folder)
    return { path, manifest }
  } catch (fault) {
    await rm(part, { recursive: true, force: true })
    throw fault
  }
}

/** What a process that was killed left; one that runs now is younger. */
async function sweepTorn(folder: string, now: Instant): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith(torn) && named.test(name.slice(0, -torn.length)) && now - timeOf(name) > tornFor)
      await rm(join(folder, name), { recursive: true, force: true })
}

/** The oldest go. Which. */
export async function keepNewest(folder: string, count: number): Promise<string[]> {
  const gone = (await setsIn(folder)).slice(0, -count).map(({ path }) => path)
  // The name first: one that is half gone must not look whole.
  for (const path of gone) {
    await rename(path, path + torn)
    await rm(path + torn, { recursive: true, force: true })
  }
  return gone
}

function orNone(fault: NodeJS.ErrnoException): string[] {
  if (fault.code === 'ENOENT') return []
  throw fault
}
