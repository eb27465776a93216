// The log on the disk: a file a day of the street's time, more where it grows large, zipped after its day, kept half a year and longer.
import { closeSync, createReadStream, createWriteStream, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Instant } from '#contract/ids'
import type { World } from './world.ts'

export interface LogFilesNeeds {
  folder: string
  /** Apart from what another process writes into the same folder; empty where it is the only one. */
  node?: string
  /** At least `leastDays`. */
  keptDays: number
  /** A file past it is followed by another of the same day. */
  mostBytes?: number
  now: () => Instant
}

export interface LogFiles {
  /** On the disk, as far as the machine itself is concerned, when it returns; never throws. */
  write(line: string): void
  /** Zips what is of another day, removes what is older than it must be kept. Once at a time. */
  tidy(): Promise<void>
  figures(): { days: number; bytes: number; oldest: string | null; dropped: number; keptDays: number; failing: boolean }
  close(): Promise<void>
}

/** By law, and no setting goes below it. */
export const leastDays = 180
const shanghai = 8 * 3_600_000
const usualBytes = 256 * 1024 ** 2
/** Who could not write tries the folder anew so often, and drops what comes between. */
const triedAgainAfter = 1000

/** `2026-11-22`, as the street counts its days. */
export const dayOf = (at: Instant): string => new Date(at + shanghai).toISOString().slice(0, 10)

const named = /^(\d{4}-\d{2}-\d{2})(?:\.[\w-]+)?(?:\.(\d+))?\.log(\.gz)?$/
export const dayIn = (name: string): string | null => named.exec(name)?.[1] ?? null

export function openLogFiles(needs: LogFilesNeeds): LogFiles {
  const { folder, node = '', now, mostBytes = usualBytes } = needs
  const keptDays = Math.max(leastDays, needs.keptDays)
  const own = node === '' ? '' : `.${node.replaceAll(/[^\w-]/g, '-')}`
  let open: { file: number; day: string; bytes: number; torn: boolean } | null = null
  let [dropped, told, failedAt] = [0, 0, -Infinity]
  let lying = { days: 0, bytes: 0, oldest: null as string | null, newest: '' }

  const fileOf = (day: string, nth: number) => join(folder, `${day}${own}${nth === 0 ? '' : `.${nth}`}.log`)

  function fileFor(day: string): NonNullable<typeof open> {
    if (open && open.day === day && open.bytes < mostBytes) return open
    shut()
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (let nth = 0; ; nth++) {
      const path = fileOf(day, nth)
      const bytes = sizeOf(path)
      if (bytes >= mostBytes || sizeOf(`${path}.gz`) > 0) continue
      return (open = { file: openSync(path, 'a', 0o600), day, bytes, torn: false })
    }
  }

  function shut(): void {
    if (!open) return
    const { file } = open
    open = null
    try {
      closeSync(file)
    } catch {
      // It is given up: what was written to it is written.
    }
  }

  function put(line: string, at: Instant): void {
    const to = fileFor(dayOf(at))
    const bytes = Buffer.from(to.torn ? `\n${line}` : line)
    to.torn = true
    const written = writeSync(to.file, bytes)
    to.bytes += written
    if (written < bytes.length) throw new Error('the disk took only a part of it')
    to.torn = false
  }

  return {
    write(line) {
      const at = now()
      if (dropped > told && Math.abs(at - failedAt) < triedAgainAfter) return void dropped++
      try {
        if (dropped > told) {
          const note = {
            level: 40,
            time: at,
            event: 'log-dropped',
            dropped: dropped - told,
            msg: 'lines could not be written',
          }
          put(`${JSON.stringify(note)}\n`, at)
          told = dropped
        }
        put(line, at)
      } catch {
        // A disk that is full stops no house: what is lost is counted, and said by the first line that fits again.
        dropped++
        failedAt = at
        if (!open?.torn) shut()
      }
    },
    async tidy() {
      const today = dayOf(now())
      const names = (await readdir(folder).catch(() => [])).filter((name) => dayIn(name) !== null).sort()
      for (const name of names)
        if (dayIn(name)! < today && !name.endsWith('.gz') && isOwn(name, own)) await zip(join(folder, name))
      const left = (await readdir(folder).catch(() => [])).filter((name) => dayIn(name) !== null).sort()
      const days = [...new Set(left.map((name) => dayIn(name)!))]
      const last = dayOf(now() - keptDays * 86_400_000)
      // By its date and by the days that came after it: a clock that leapt a year ahead must not cost a year of lines.
      const gone = new Set(days.filter((day, nth) => day < last && days.length - nth > keptDays + 1))
      for (const name of left) if (gone.has(dayIn(name)!)) await rm(join(folder, name), { force: true })
      const kept = left.filter((name) => !gone.has(dayIn(name)!))
      const sizes = await Promise.all(
        kept.map((name) =>
          stat(join(folder, name)).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      )
      lying = {
        days: days.length - gone.size,
        bytes: sizes.reduce((sum, size) => sum + size, 0),
        oldest: kept[0] === undefined ? null : dayIn(kept[0]),
        newest: days.at(-1) ?? '',
      }
    },
    figures() {
      const { days, bytes, oldest, newest } = lying
      // A day that began since the last look counts.
      const isNew = open !== null && open.day > newest
      const lies = {
        days: days + Number(isNew),
        bytes: bytes + (isNew ? open!.bytes : 0),
        oldest: oldest ?? open?.day ?? null,
      }
      return { ...lies, dropped, keptDays, failing: dropped > told }
    },
    async close() {
      shut()
    },
  }
}

/** Of several processes in one folder each zips what it wrote itself. */
const isOwn = (name: string, own: string): boolean =>
  own === '' ? /^\d{4}-\d{2}-\d{2}(\.\d+)?\.log$/.test(name) : name.includes(`${own}.`)

/** Whole or not at all: the plain file goes when the zipped one is there. */
async function zip(path: string): Promise<void> {
  const half = `${path}.gz.half`
  try {
    await pipeline(createReadStream(path), createGzip(), createWriteStream(half, { mode: 0o600, flush: true }))
    await rename(half, `${path}.gz`)
    await rm(path)
  } catch {
    await rm(half, { force: true })
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

/** Looks after the files now and every hour. Returns the stop. */
export function keepTidy(files: Pick<LogFiles, 'tidy'>, { every }: Pick<World, 'every'>): () => void {
  let tidying: Promise<void> | null = null
  const tidy = () => {
    tidying ??= files
      .tidy()
      // A folder that cannot be read now is read in an hour; that lines are lost is said by the figures.
      .catch(() => undefined)
      .finally(() => (tidying = null))
  }
  tidy()
  return every(3_600_000, tidy)
}
