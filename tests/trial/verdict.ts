// What the journal itself says after a trial: is everything that was answered in it, once, with its clocks.
import { join } from 'node:path'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import type { Acknowledged } from './load.ts'

export interface Verdict {
  lines: number
  /** Answered ok, but not in the journal as answered. */
  lost: string[]
  /** One report of one source in two cases. */
  doubled: string[]
  /** Acknowledged by MQTT, whose ack says no more than that: the report is in no case. */
  unfound: string[]
  /** Open cases whose scenario sets limits, with no clock running. */
  clockless: string[]
  chain: string | null
}

/** `where`: a data folder, or the journal itself, which is closed afterwards. `byMqtt`: event ids of the source `load`. */
export async function judge(
  where: string | Journal,
  acknowledged: readonly Acknowledged[],
  byMqtt: readonly string[] = [],
): Promise<Verdict> {
  const journal =
    typeof where === 'string'
      ? openSqliteJournal({ file: join(where, 'journal.db'), newId: () => 'not made here' })
      : where
  try {
    const kept = new Map<string, { revision: number; caseId: string }>()
    const homes = new Map<string, string>()
    const doubled: string[] = []
    const board = emptyBoard()
    for await (const line of journal.read(0)) {
      const entry = readEntry(line)
      if (entry.outcome.ok) kept.set(entry.commandId, { revision: entry.revision, caseId: entry.outcome.caseId ?? '' })
      for (const event of entry.events) {
        const [caseId, keys] =
          event.type === 'opened'
            ? [event.subject.id, event.subject.sources.map((source) => source.key)]
            : event.type === 'sourced'
              ? [event.caseId, [event.source.key]]
              : ['', []]
        for (const key of keys) {
          const home = homes.get(key) ?? caseId
          if (home !== caseId) doubled.push(`${key}: ${home} and ${caseId}`)
          homes.set(key, home)
        }
      }
      project(board, entry)
    }
    const walked = await verify(journal)
    return {
      lines: kept.size,
      lost: acknowledged
        .filter((one) => {
          const line = kept.get(one.commandId)
          return !line || line.revision !== one.revision || line.caseId !== one.caseId
        })
        .map((one) => `${one.eventId} → ${one.caseId}@${one.revision}`),
      doubled,
      unfound: byMqtt.filter((eventId) => !homes.has(`load/${eventId}`)),
      clockless: [...board.cases.values()]
        .filter((current) => current.clocks.length === 0)
        .map((current) => current.id),
      chain: walked.sound ? null : `line ${walked.revision}: ${walked.why}`,
    }
  } finally {
    await journal.close()
  }
}
