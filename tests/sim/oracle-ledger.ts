// The ledger of what was asked and what was answered, held against the lines: each once, with the answer given, and nothing nobody asked for.
import type { Entry } from '#contract/event'
import type { Outcome } from '#contract/outcome'

export interface Ledger {
  /** Somebody asks this: `person/id`, as the line is to name it. */
  asked(id: string): void
  answered(id: string, outcome: Outcome): void
  /** A machine's or a resident's report, by the key its source is known by. */
  reported(key: string): void
  acknowledged(key: string, caseId: string | undefined): void
  line(entry: Entry): void
  /** All that was answered so far; at a quiet time, when every line has been shown. */
  judge(): string[]
}

/** May be asked again, and answered otherwise then. */
const passing = new Set(['not-in-step', 'overloaded', 'not-signed-in', 'evidence-unknown'])

export function openLedger(): Ledger {
  const asked = new Set<string>()
  const reported = new Set<string>()
  const lines = new Map<string, Entry>()
  const casesOf = new Map<number, Set<string>>()
  const homes = new Map<string, string>()
  const moved = new Set<string>()
  const first = new Map<string, string>()
  const wrong: string[] = []
  let waiting: { id: string; outcome: Outcome }[] = []
  let waitingReports: { key: string; caseId: string | undefined }[] = []

  return {
    asked: (id) => void asked.add(id),
    reported: (key) => void reported.add(key),
    answered(id, outcome) {
      if (!outcome.ok && passing.has(outcome.refusal)) return
      waiting.push({ id, outcome })
      const { commandId: _named, ...said } = outcome as Outcome & { why?: unknown }
      const text = JSON.stringify(said)
      const before = first.get(id) ?? text
      first.set(id, before)
      // Nothing new said names the newest line that says so; a refusal is of its moment.
      if (before !== text && outcome.ok && lines.has(id))
        wrong.push(`ledger: ${id} was answered ${before}, then ${text}`)
    },
    acknowledged: (key, caseId) => void waitingReports.push({ key, caseId }),
    line(entry) {
      const { commandId, by, type, revision } = entry
      if (lines.has(commandId))
        wrong.push(`ledger: ${commandId} stands in lines ${lines.get(commandId)!.revision} and ${revision}`)
      lines.set(commandId, entry)
      const ids = new Set<string>()
      for (const event of entry.events) {
        if ('caseId' in event) ids.add(event.caseId)
        if (event.type === 'opened') ids.add(event.subject.id)
        const sources = event.type === 'opened' ? event.subject.sources : event.type === 'sourced' ? [event.source] : []
        if (type === 'merge' || type === 'unmerge' || type === 'split') for (const { key } of sources) moved.add(key)
        for (const { key } of sources) {
          const [home, here] = [
            homes.get(key),
            event.type === 'opened' ? event.subject.id : 'caseId' in event ? event.caseId : '',
          ]
          if (home !== undefined && home !== here && !moved.has(key) && type === 'report' && !isAnew(entry))
            wrong.push(`ledger: ${key} is in ${home} and in ${here}, line ${revision}`)
          homes.set(key, here)
          // What the street makes of many reports has a key of its own.
          const isOurs = key.startsWith('hik/') || key.startsWith('resident-page/')
          if (isOurs && type === 'report' && !reported.has(key))
            wrong.push(`ledger: nobody reported ${key}, line ${revision}`)
        }
      }
      casesOf.set(revision, ids)
      if (by.kind === 'person' && !asked.has(commandId))
        wrong.push(`ledger: nobody asked for ${commandId}, line ${revision}`)
    },
    judge() {
      for (const { id, outcome } of waiting) {
        const line = lines.get(id)
        if (!outcome.ok) {
          if (line) wrong.push(`ledger: ${id} was refused (${outcome.refusal}) and stands in line ${line.revision}`)
          continue
        }
        if (line) {
          const kept = line.outcome
          if (!kept.ok || kept.revision !== outcome.revision || kept.caseId !== outcome.caseId)
            wrong.push(`ledger: ${id} was answered line ${outcome.revision}, and stands in ${line.revision}`)
          continue
        }
        // Nothing new was said: the line that already said it is about this case.
        const about = casesOf.get(outcome.revision)
        const isSaid = outcome.caseId === undefined || about?.has(outcome.caseId)
        if (!about && outcome.revision > 0)
          wrong.push(`ledger: ${id} was answered line ${outcome.revision}, which is not`)
        else if (!isSaid)
          wrong.push(`ledger: ${id} was done for ${outcome.caseId}, and line ${outcome.revision} is of another`)
      }
      waiting = []
      for (const { key, caseId } of waitingReports)
        if (!homes.has(key)) wrong.push(`ledger: ${key} was acknowledged for ${caseId}, and is in no case`)
      waitingReports = []
      return wrong.splice(0)
    },
  }
}

const isAnew = ({ events }: Entry) =>
  events.some((event) => event.type === 'opened' && event.subject.lineage !== undefined)
