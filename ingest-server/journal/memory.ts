// The journal's body in memory: for tests and for a demo that need not last. It keeps every promise but the disk's.
import type { CommandId, Instant } from '#contract/ids'
import { Outcome } from '#contract/outcome'
import { chainLines, emptyHead } from './chain.ts'
import { NotInStep } from './journal.ts'
import type { Head, Journal, KeptLine, Snapshot } from './journal.ts'
import { mayGo } from './thinning.ts'

/** What there is of a journal in memory: opened by several, it stands for the file or the database they would share. */
export interface MemoryPaper {
  lines: KeptLine[]
  answered: Map<CommandId, string>
  times: Instant[]
  head: Head
  snapshots: Snapshot[]
  epoch: number
}

export const blankPaper = (): MemoryPaper => ({
  ...{ lines: [], answered: new Map(), times: [], head: emptyHead, snapshots: [], epoch: 0 },
})

/** `id` names the journal for as long as its paper lives. */
export function openMemoryJournal(id = 'memory', paper: MemoryPaper = blankPaper()): Journal {
  const { lines, answered, times } = paper
  let { epoch } = paper
  const snapshotBefore = (revision: number): Snapshot | null =>
    paper.snapshots.findLast((kept) => kept.revision <= revision) ?? null

  return {
    id,
    head: async () => paper.head,
    async claim() {
      epoch = ++paper.epoch
    },
    async append(after, entries) {
      const { head } = paper
      if (epoch !== paper.epoch) throw new NotInStep('somebody else has taken the pen')
      if (after.revision !== head.revision || after.hash !== head.hash)
        throw new NotInStep(`the head is ${head.revision}, not ${after.revision}`)
      const ids = new Set(entries.map((entry) => entry.commandId))
      if (ids.size < entries.length || entries.some((entry) => answered.has(entry.commandId)))
        throw new Error('a command id is kept once for ever')
      const added = chainLines(head, entries)
      lines.push(...added)
      times.push(...entries.map((entry) => entry.at))
      for (const entry of entries) answered.set(entry.commandId, JSON.stringify(entry.outcome))
      const last = added.at(-1)
      if (last) paper.head = { revision: last.revision, hash: last.hash }
      return paper.head
    },
    async answers(ids) {
      const known = new Map<CommandId, Outcome>()
      for (const one of ids) {
        const text = answered.get(one)
        if (text) known.set(one, Outcome.parse(JSON.parse(text)))
      }
      return known
    },
    async *read(revision, upTo = Infinity) {
      for (let at = Math.max(0, revision); at < Math.min(lines.length, upTo); at++) yield { ...lines[at]! }
    },
    async revisionAt(at) {
      const later = times.findIndex((one) => one > at)
      return later < 0 ? times.length : later
    },
    async keepSnapshot(kept) {
      const others = paper.snapshots.filter(({ revision }) => revision !== kept.revision)
      const all = [...others, { ...kept }].toSorted((a, b) => a.revision - b.revision)
      const gone = new Set(mayGo(all.map(({ revision }) => revision)))
      paper.snapshots = all.filter(({ revision }) => !gone.has(revision))
    },
    latestSnapshot: async () => snapshotBefore(Infinity),
    snapshotBefore: async (revision) => snapshotBefore(revision),
    close: async () => {},
  }
}
