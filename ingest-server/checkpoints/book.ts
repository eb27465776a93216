// The book of checkpoints: a folder away from the database, a file a month, a line a checkpoint, each flushed.
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '#contract/ids'
import { flushFolder } from '../records/flush-folder.ts'

/** As it stands in the book: which file, which line of it, and the note; null where the line is none. */
export interface Written {
  file: string
  line: number
  note: string | null
}

export interface Book {
  folder: string
  /** All, in the order they were written. A last line cut off in mid-write was never finished and is not told of. */
  read(): AsyncIterable<Written>
  last(): Promise<Written | null>
  /** Resolves once it is on the disk. */
  add(note: string, at: Instant): Promise<void>
  /** The files are moved aside, kept, and a new book begins: a journal that was put back from a backup parts from its old one. */
  putAside(at: Instant): Promise<string | null>
}

const monthly = /^\d{4}-\d{2}\.ndjson$/
/** More than any line is long. */
const tail = 8192

export const openBook = (above: string, journalId: string): Book => {
  const folder = join(above, journalId.replaceAll(/[^\w.-]/g, '-'))

  const files = async (): Promise<string[]> => {
    const names = await readdir(folder).catch(noneYet)
    return names.filter((name) => monthly.test(name)).sort()
  }

  async function* read(): AsyncGenerator<Written> {
    for (const file of await files()) {
      const text = await readFile(join(folder, file), 'utf8')
      const whole = text.slice(0, text.lastIndexOf('\n') + 1)
      for (const [index, line] of whole.split('\n').slice(0, -1).entries())
        yield { file, line: index + 1, note: noteIn(line) }
    }
  }

  /** The end of the newest file that has a whole line, and how long that file is up to there. */
  async function lastIn(file: string): Promise<{ note: string | null; whole: number } | null> {
    const handle = await open(join(folder, file), 'r')
    try {
      const { size } = await handle.stat()
      const from = Math.max(0, size - tail)
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(tail), 0, tail, from)
      const end = buffer.subarray(0, bytesRead).lastIndexOf(10)
      if (end < 0) return null
      const begin = buffer.subarray(0, end).lastIndexOf(10) + 1
      return { note: noteIn(buffer.toString('utf8', begin, end)), whole: from + end + 1 }
    } finally {
      await handle.close()
    }
  }

  return {
    folder,
    read,
    async last() {
      for (const file of (await files()).reverse()) {
        const found = await lastIn(file)
        if (found) return { file, line: 0, note: found.note }
      }
      return null
    },
    async add(note, at) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const newest = (await files()).at(-1)
      const month = `${new Date(at).toISOString().slice(0, 7)}.ndjson`
      // A clock set back must not put a later checkpoint into an earlier file.
      const file = newest !== undefined && newest > month ? newest : month
      const path = join(folder, file)
      const isNew = file !== newest
      const handle = await open(path, 'a', 0o600)
      try {
        if (!isNew) await cutTorn(path, handle.truncate.bind(handle))
        await handle.appendFile(`${JSON.stringify({ note })}\n`)
        await handle.datasync()
      } finally {
        await handle.close()
      }
      if (isNew) await flushFolder(folder)
    },
    async putAside(at) {
      if ((await files()).length === 0) return null
      const aside = `${folder}.until-${new Date(at).toISOString().replaceAll(':', '-')}`
      await rename(folder, aside)
      await flushFolder(above)
      return aside
    },
  }

  /** What a power cut left of a line would make the next one unreadable. */
  async function cutTorn(path: string, truncate: (length: number) => Promise<void>): Promise<void> {
    const whole = (await lastIn(path.slice(folder.length + 1)))?.whole ?? 0
    if (whole < (await stat(path)).size) await truncate(whole)
  }
}

function noteIn(line: string): string | null {
  try {
    const { note, ...more } = JSON.parse(line) as { note?: unknown }
    return typeof note === 'string' && Object.keys(more).length === 0 ? note : null
  } catch {
    return null
  }
}

function noneYet(fault: NodeJS.ErrnoException): string[] {
  if (fault.code === 'ENOENT') return []
  throw fault
}
