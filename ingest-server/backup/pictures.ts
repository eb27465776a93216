// Pictures into a backup: what the last one has is linked, not copied; each is what its row says, or it is named.
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { copyFile, isThere, linkFile, type FileKept } from './files.ts'
import { orStop, type Work } from './work.ts'

/** As the records have them. */
export interface PictureRow {
  id: string
  full_sha256: string
  thumb_sha256: string
}

interface Needs {
  rows: readonly PictureRow[]
  /** The street's own folder of pictures. */
  from: string
  /** The set that is being written. */
  set: string
  /** The set before it, and what its manifest says of its files. */
  before: { path: string; hashes: ReadonlyMap<string, string> } | null
  work: Work
}

const pathsOf = ({ id, full_sha256, thumb_sha256 }: PictureRow) => [
  { path: `${id.slice(0, 2)}/${id.slice(2)}.jpg`, sha256: full_sha256 },
  { path: `${id.slice(0, 2)}/${id.slice(2)}.thumb.webp`, sha256: thumb_sha256 },
]

/** `gone`: erased meanwhile, or not on the disk as it was kept. */
export async function copyPictures({ rows, from, set, before, work }: Needs): Promise<{
  files: FileKept[]
  gone: string[]
  linked: number
}> {
  const [files, gone]: [FileKept[], string[]] = [[], []]
  let linked = 0
  for (const [nth, row] of rows.entries()) {
    orStop(work)
    for (const { path, sha256 } of pathsOf(row)) {
      const kept = `evidence/${path}`
      const to = join(set, kept)
      const isSame = before?.hashes.get(kept) === sha256
      if (isSame && (await linkFile(join(before.path, kept), to))) {
        linked++
        files.push({ path: kept, size: (await stat(to)).size, sha256 })
        continue
      }
      const copied = await copyOr(join(from, path), to)
      if (copied === null || copied.sha256 !== sha256) gone.push(kept)
      if (copied !== null) files.push({ path: kept, ...copied })
    }
    work.onStep('pictures', nth + 1, rows.length)
  }
  return { files, gone, linked }
}

async function copyOr(from: string, to: string): Promise<Omit<FileKept, 'path'> | null> {
  if (!(await isThere(from))) return null
  return copyFile(from, to).catch(async (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault
    // Erased between the look and the copy.
    await rm(to, { force: true })
    return null
  })
}
