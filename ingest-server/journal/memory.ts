// The journal's body in memory: for tests and for a demo that need not last. It keeps every promise but the disk's.
import type { CommandId, Instant } from '#contract/ids'
import { Outcome } from '#contract/outcome'
import { chainLines, emptyHead } from './chain.ts'
import { NotInStep } from './journal.ts'
import type { Head, Journal, KeptLine, Snapshot } from './journal.ts'
import { mayGo } from './thinning.ts'

/** `id` names the journal for as long as it lives. */
export function openMemoryJournal(id = 'memory'): Journal {
  const lines: KeptLine[] = []
  const answered = new Map<CommandId, string>()
  const times: Instant[] = []
  let head: Head = emptyHead
  let snapshots: Snapshot[] = []
  const snapshotBefore = (revision: number): Snapshot | null =>
    snapshots.findLast((kept) => kept.revision <= revision) ?? null

  return {
    id,
    head: async () => head,
    async append(after, entries) {
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
      if (last) head = { revision: last.revision, hash: last.hash }
      return head
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
      for (let at = revision; at < Math.min(lines.length, upTo); at++) yield { ...lines[at]! }
    },
    async revisionAt(at) {
      const later = times.findIndex((one) => one > at)
      return later < 0 ? times.length : later
    },
    async keepSnapshot(kept) {
      const others = snapshots.filter(({ revision }) => revision !== kept.revision)
      const all = [...others, { ...kept }].toSorted((a, b) => a.revision - b.revision)
      const gone = new Set(mayGo(all.map(({ revision }) => revision)))
      snapshots = all.filter(({ revision }) => !gone.has(revision))
    },
    latestSnapshot: async () => snapshotBefore(Infinity),
    snapshotBefore: async (revision) => snapshotBefore(revision),
    close: async () => {},
  }
}
