// Builds the power-cut shim and plays its log back: what was not flushed is taken from the disk again.
import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Compiles the shim into `folder`; null where this machine has no C compiler or is no Linux. */
export function buildShim(folder: string): string | null {
  if (process.platform !== 'linux') return null
  const library = join(folder, 'power-cut.so')
  try {
    execFileSync('cc', [
      '-shared',
      '-fPIC',
      '-O2',
      '-o',
      library,
      join(import.meta.dirname, 'power-cut.c'),
      '-ldl',
      '-lpthread',
    ])
    return library
  } catch (cause) {
    if (!existsSync(library)) return null
    throw cause
  }
}

interface Written {
  path: string
  offset: number
  oldSize: number
  old: Buffer
}

/** Writes not followed by a flush of the same file, in the order they were made. */
export function unflushed(log: Buffer): Written[] {
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

/** Takes back what was never flushed, newest first. Returns how many writes that were. */
export function cutPower(logFile: string): number {
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
