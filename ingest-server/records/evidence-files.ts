// Where a picture lies: <folder>/ab/cdef….jpg with its thumbnail beside it, and uploads under way in <folder>/part/.
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { EvidenceId, Instant } from '#contract/ids'
import type { Remade } from './evidence-picture.ts'
import { flushFolder } from './flush-folder.ts'

const sizes = {
  full: { ending: '.jpg', type: 'image/jpeg' },
  thumb: { ending: '.thumb.webp', type: 'image/webp' },
} as const
type Size = keyof typeof sizes

export function openEvidenceFiles(given: string) {
  const folder = resolve(given)
  const parts = join(folder, 'part')
  const partOf = (id: EvidenceId) => join(parts, id)
  const pathOf = (id: EvidenceId, size: Size) => join(folder, id.slice(0, 2), id.slice(2) + sizes[size].ending)

  async function write(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(path), { recursive: true })
    const half = `${path}.new`
    await durably(half, 'w', (handle) => handle.writeFile(bytes))
    await rename(half, path)
  }

  return {
    /** Asked of the disk, in microseconds: another process may have put it there. */
    isHere: (id: EvidenceId): boolean => existsSync(pathOf(id, 'full')),
    kept: (id: EvidenceId, size: Size) => ({ path: pathOf(id, size), type: sizes[size].type }),

    /** On disk for good once it resolves: both files flushed, then the folder that names them. */
    async keep(id: EvidenceId, { full, thumb }: Remade): Promise<void> {
      await write(pathOf(id, 'thumb'), thumb)
      await write(pathOf(id, 'full'), full)
      await flushFolder(dirname(pathOf(id, 'full')))
      await flushFolder(folder)
      await flushFolder(dirname(folder))
    },

    /** Gone, and the folders that named them know it. */
    async drop(ids: readonly EvidenceId[]): Promise<void> {
      const folders = new Set<string>()
      for (const id of ids)
        for (const size of ['full', 'thumb'] as const) {
          await rm(pathOf(id, size), { force: true })
          folders.add(dirname(pathOf(id, size)))
        }
      for (const one of folders) await flushFolder(one).catch(orNothing)
    },

    partLength: (id: EvidenceId): Promise<number> => stat(partOf(id)).then((part) => part.size, orZero),
    readPart: (id: EvidenceId): Promise<Buffer> => readFile(partOf(id)),
    dropPart: (id: EvidenceId): Promise<void> => rm(partOf(id), { force: true }),

    /**
     * Appends until the sender ends, stops or is overtaken, or says more than `total`; how long the part is then.
     * Flushed at the end, however it ends: the sender will go on from this length. Its time is ours, for the sweep.
     */
    async append(
      id: EvidenceId,
      from: number,
      total: number,
      now: Instant,
      part: AsyncIterable<Uint8Array>,
      upload: { overtaken: boolean; writing: Promise<unknown> },
    ): Promise<number> {
      await mkdir(parts, { recursive: true })
      let till = from
      await durably(partOf(id), 'a', async (handle) => {
        for await (const chunk of part) {
          if (upload.overtaken) return
          till += chunk.byteLength
          if (till > total) return
          const writing = handle.appendFile(chunk)
          upload.writing = writing
          await writing
        }
      })
      await utimes(partOf(id), now / 1000, now / 1000).catch(orNothing)
      return till
    },

    /** Uploads that nobody went on with since then. */
    async sweepParts(before: Instant): Promise<void> {
      for (const name of await readdir(parts).catch(orNone)) {
        const path = join(parts, name)
        const part = await stat(path)
        if (part.mtimeMs < before) await rm(path, { force: true })
      }
    },
  }
}

type Handle = Awaited<ReturnType<typeof open>>

async function durably(path: string, flags: 'w' | 'a', write: (handle: Handle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags, 0o600)
  try {
    await write(handle)
  } finally {
    await handle.sync()
    await handle.close()
  }
}

const isMissing = (fault: NodeJS.ErrnoException) => fault.code === 'ENOENT'
function orNothing(fault: NodeJS.ErrnoException): void {
  if (!isMissing(fault)) throw fault
}
function orZero(fault: NodeJS.ErrnoException): number {
  if (isMissing(fault)) return 0
  throw fault
}
function orNone(fault: NodeJS.ErrnoException): string[] {
  if (isMissing(fault)) return []
  throw fault
}
