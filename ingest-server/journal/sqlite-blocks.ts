// Lines of the file in one piece, for whoever only checks them.
import type Database from 'better-sqlite3'
import type { Block } from './journal.ts'

/** Lines checked at a time: half a megabyte, which a processor's cache holds. */
const blockSize = 500

/** Null where none is left, or none of the next few hundred numbers is taken: reading on, line by line, tells which. */
export function openBlocks(db: Database.Database): (revision: number) => Block | null {
  // One value for many lines: making a text of each took as long as hashing it. Asked by a range and not by a limit,
  // SQLite adds them up as it comes by them, which is in the order of their numbers: in any other the block would not
  // hold, and be walked line by line.
  const read = db.prepare<[number, number], Omit<Block, 'bytes'> & { bytes: Uint8Array | null }>(`
    select min(revision) as first, max(revision) as last, count(*) as count,
      cast(group_concat(text || char(10) || hash, char(10)) as blob) as bytes
    from lines where revision > ? and revision <= ?
  `)
  return (revision) => {
    const block = read.get(revision, revision + blockSize)
    return block?.bytes ? { ...block, bytes: block.bytes } : null
  }
}
