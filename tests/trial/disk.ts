// A disk that fails on order (disk.c): built, ordered while the server runs, and, after a power cut, put back to what was flushed.
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** Compiles it into `folder`; null where this machine has no C compiler or is no Linux. */
export function buildDisk(folder: string): string | null {
  if (process.platform !== 'linux') return null
  const library = join(folder, 'disk.so')
  try {
    execFileSync('cc', [
      '-shared',
      '-fPIC',
      '-O2',
      '-o',
      library,
      join(import.meta.dirname, 'disk.c'),
      '-ldl',
      '-lpthread',
    ])
    return library
  } catch (cause) {
    if (!existsSync(library)) return null
    throw cause
  }
}

/** Beyond what is said here the disk is well. */
export interface Orders {
  /** Before its so-many-th write or flush from now the process dies; 0: never. */
  killAfter?: number
  full?: boolean
  noWrite?: boolean
  noFlush?: boolean
  flushMs?: number
}

export interface Disk {
  /** For the server's environment. */
  env: Record<string, string>
  order(orders: Orders): void
  /** Writes and flushes so far. */
  done(): number
  /** After a kill: what was never flushed is taken back. Returns how many writes that were. */
  cutPower(): number
}

/** `log` and `page`: files beside the folder, which is the one that fails. */
export function openDisk(library: string, { folder, log, page }: { folder: string; log: string; page: string }): Disk {
  writeFileSync(page, Buffer.alloc(32))
  const shared = openSync(page, 'r+')
  const done = (): number => {
    const count = Buffer.alloc(8)
    readSync(shared, count, 0, 8, 0)
    return Number(count.readBigUInt64LE())
  }
  return {
    env: { LD_PRELOAD: library, DISK_FOLDER: folder, DISK_LOG: log, DISK_ORDERS: page },
    order({ killAfter = 0, full = false, noWrite = false, noFlush = false, flushMs = 0 }) {
      const said = Buffer.alloc(24)
      said.writeBigUInt64LE(BigInt(killAfter === 0 ? 0 : done() + killAfter), 0)
      said.writeUInt32LE(Number(full), 8)
      said.writeUInt32LE(Number(noWrite), 12)
      said.writeUInt32LE(Number(noFlush), 16)
      said.writeUInt32LE(Math.round(flushMs * 1000), 20)
      writeSync(shared, said, 0, said.length, 8)
    },
    done,
    cutPower: () => cutPower(log),
  }
}

interface Written {
  path: string
  offset: number
  oldSize: number
  old: Buffer
}

/** Writes not followed by a flush of the same file, in the order they were made. */
function unflushed(log: Buffer): Written[] {
  let pending: Written[] = []
  let at = 0
  while (at + 4 <= log.length) {
    const pathLength = log.readUInt32LE(at)
    const head = at + 4 + pathLength
    if (head + 21 > log.length) break
    const path = log.toString('utf8', at + 4, head)
    const length = log.readUInt32LE(head + 17)
    if (head + 21 + length > log.length) break
    if (log[head] === 'f'.charCodeAt(0)) pending = pending.filter((one) => one.path !== path)
    else
      pending.push({
        path,
        offset: Number(log.readBigUInt64LE(head + 1)),
        oldSize: Number(log.readBigUInt64LE(head + 9)),
        old: log.subarray(head + 21, head + 21 + length),
      })
    at = head + 21 + length
  }
  return pending
}

/** Newest first. */
function cutPower(logFile: string): number {
  if (!existsSync(logFile)) return 0
  const lost = unflushed(readFileSync(logFile))
  for (const one of lost.toReversed()) {
    if (!existsSync(one.path)) continue
    const file = openSync(one.path, 'r+')
    if (one.old.length > 0) writeSync(file, one.old, 0, one.old.length, one.offset)
    ftruncateSync(file, one.oldSize)
    closeSync(file)
  }
  rmSync(logFile)
  return lost.length
}
