// Files copied whole and flushed, each with the hash of what was written; or linked to a copy of before that is the same.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { flushFolder } from '../records/flush-folder.ts'

/** `path`: below the folder it was read from, with slashes. */
export interface FileKept {
  path: string
  size: number
  sha256: string
}

/** The hash of what was read, which is what was written. Resolves once it is on the disk. */
export async function copyFile(from: string, to: string): Promise<Omit<FileKept, 'path'>> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let size = 0
  const handle = await open(to, 'wx', 0o600)
  try {
    for await (const part of createReadStream(from, { highWaterMark: 1 << 20 })) {
      const bytes = part as Buffer
      hash.update(bytes)
      size += bytes.byteLength
      await handle.appendFile(bytes)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { size, sha256: hash.digest('hex') }
}

export async function hashFile(path: string): Promise<Omit<FileKept, 'path'>> {
  const hash = createHash('sha256')
  let size = 0
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(part as Buffer)
    size += (part as Buffer).byteLength
  }
  return { size, sha256: hash.digest('hex') }
}

const cannotLink = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK', 'ENOSYS', 'ENOENT', 'EACCES'])

/** False where this disk does not link, or it is not there. */
export async function linkFile(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await link(from, to)
    return true
  } catch (fault) {
    if (cannotLink.has((fault as NodeJS.ErrnoException).code ?? '')) return false
    throw fault
  }
}

/** Every plain file below, by its path with slashes; `skip` is asked of what lies directly in it. */
export async function filesBelow(folder: string, skip: (name: string) => boolean = () => false): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(orNone)) {
    if (skip(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await filesBelow(path)).map((one) => `${entry.name}/${one}`))
    else if (entry.isFile()) found.push(entry.name)
  }
  return found.map((one) => one.split(sep).join('/'))
}

export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** All folders from this one down, so that their names outlast a power cut. */
export async function flushFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await flushFolders(join(folder, entry.name))
  await flushFolder(folder)
}

export const below = (folder: string, path: string): string => relative(folder, path).split(sep).join('/')

function orNone(fault: NodeJS.ErrnoException): [] {
  if (fault.code === 'ENOENT') return []
  throw fault
}
