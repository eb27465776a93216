// The journal's disk: what has landed outlives every process, and what is asked of it may fail, be slow, or lose its answer on the way.
import type { Entry } from '#contract/event'
import { NotInStep } from '../../ingest-server/journal/journal.ts'
import type { Head, Journal } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal, type MemoryPaper } from '../../ingest-server/journal/memory.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import type { Owner, SimTime } from './time.ts'

export const mishaps = ['fails', 'answer-lost', 'slow', 'not-in-step', 'killed-before', 'killed-after'] as const
export type Mishap = (typeof mishaps)[number]

export interface Disk {
  /** The next appends meet these, one each. */
  coming: Mishap[]
  /** Every append fails until then. */
  full: boolean
  /** The next reading of all lines fails. */
  unreadable: boolean
}

interface DiskNeeds {
  id: string
  paper: MemoryPaper
  disk: Disk
  time: SimTime
  owner: Owner
  chance: Chance
  /** The process of this owner dies now. */
  kill: () => void
  note: (what: string) => void
}

/** One process's hold of the journal. */
export function openSimJournal({ id, paper, disk, time, owner, chance, kill, note }: DiskNeeds): Journal {
  const inner = openMemoryJournal(id, paper)
  const never = () => new Promise<never>(() => {})
  const takes = (milliseconds: number) => time.pause(owner, milliseconds)

  async function append(after: Head, entries: readonly Entry[]): Promise<Head> {
    if (!owner.alive) return never()
    const mishap = disk.coming.shift()
    if (mishap) note(`disk ${mishap}`)
    await takes(mishap === 'slow' ? chance.whole(1_500, 7_000) : chance.whole(1, 12))
    if (!owner.alive) return never()
    if (disk.full) throw new Error('no space left on device')
    if (mishap === 'fails') throw new Error('input/output error')
    if (mishap === 'not-in-step') throw new NotInStep('somebody else wrote')
    if (mishap === 'killed-before') {
      kill()
      return never()
    }
    const head = await inner.append(after, entries)
    for (const entry of entries) note(`line ${entry.revision} ${entry.type} ${entry.commandId}`)
    if (mishap === 'killed-after') {
      kill()
      return never()
    }
    if (mishap === 'answer-lost') throw new Error('the connection broke before the answer came')
    return head
  }

  return {
    ...inner,
    append,
    async *read(revision, upTo) {
      if (disk.unreadable) {
        disk.unreadable = false
        throw new Error('the connection broke while reading')
      }
      yield* inner.read(revision, upTo)
    },
  }
}
