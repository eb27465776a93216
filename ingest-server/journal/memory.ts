// The journal's body in memory: for tests and for a demo that need not last. It keeps every promise but the disk's.
import type { CommandId } from '#contract/ids'
import { Outcome } from '#contract/outcome'
import { chainLines, emptyHead } from './chain.ts'
import { NotInStep } from './journal.ts'
import type { Head, Journal, KeptLine, Snapshot } from './journal.ts'

/** `id` names the journal for as long as it lives. */
export function openMemoryJournal(id = 'memory'): Journal {
  const lines: KeptLine[] = []
  const answered = new Map<CommandId, string>()
  let head: Head = emptyHead
  let snapshot: Snapshot | null = null

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
    async *read(revision) {
      for (let at = revision; at < lines.length; at++) yield { ...lines[at]! }
    },
    async keepSnapshot(kept) {
      if (!snapshot || kept.revision >= snapshot.revision) snapshot = { ...kept }
    },
    latestSnapshot: async () => snapshot && { ...snapshot },
    close: async () => {},
  }
}
