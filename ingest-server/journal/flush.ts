// A write-ahead log made durable beside the loop: while one street waits for its disk, the others are heard and written.
import { close, fdatasync, fdatasyncSync, openSync } from 'node:fs'
import { promisify } from 'node:util'

export interface Flush {
  /** Resolves when all that was written before the call is on the disk. Rejects where the disk refuses, and from then on always. */
  flush(): Promise<void>
  /** What is under way is done, or was refused. */
  settled(): Promise<void>
  close(): Promise<void>
}

const sync = promisify(fdatasync)

/**
 * `file` must be there, and stay the same file until it is closed: SQLite keeps its log while anybody has the journal open.
 * A file is flushed, not a writer: what SQLite wrote by its own handle is flushed by this one.
 */
export function openFlush(file: string): Flush {
  const handle = openSync(file, 'r+')
  // What a process wrote that was killed before it flushed is read as if it were kept: it must be before anybody is answered from it.
  fdatasyncSync(handle)
  let last: Promise<void> = Promise.resolve()
  return {
    // One after the other. The system tells a failure once: whoever asks again must not hear that all is well.
    flush: () => (last = last.then(() => sync(handle))),
    settled: () => last,
    async close() {
      await last.catch(() => undefined)
      await promisify(close)(handle)
    },
  }
}
