// Residents: their right to be forgotten. The journal keeps the reference, what it pointed at is gone.
import type { Event } from '#contract/event'
import type { ReporterRef } from '#contract/ids'
import { readEntry } from '../journal/chain.ts'
import { no, note, tell, type AdminCommand, type Answer, type Call } from './call.ts'
import { withJournal } from './with-journal.ts'

/** Every resident this event ties to the case. */
function residentsIn(event: Event, caseId: string): (ReporterRef | undefined)[] {
  if (event.type === 'opened' && event.subject.id === caseId)
    return [event.subject.reporterRef, ...event.subject.sources.map((source) => source.reporterRef)]
  return event.type === 'sourced' && event.caseId === caseId ? [event.source.reporterRef] : []
}

const residentsOf = (call: Call, caseId: string): Promise<Set<ReporterRef>> =>
  withJournal(call, async (journal) => {
    const found = new Set<ReporterRef>()
    for await (const line of journal.read(0)) {
      for (const event of readEntry(line).events) for (const ref of residentsIn(event, caseId)) if (ref) found.add(ref)
    }
    return found
  })

async function erase(call: Call): Promise<Answer> {
  const caseId = call.words[0] ?? ''
  const residents = await residentsOf(call, caseId)
  if (residents.size === 0)
    return no(`案件「${caseId}」没有登记居民，或没有这件案件。`, `No resident is kept with a case ${caseId}.`)
  for (const ref of residents) await call.records.reporters.erase(ref)
  await note(call, 'reporter-erased', caseId)
  tell(
    call,
    `案件 ${caseId} 的 ${residents.size} 位居民的个人信息已删除，不能恢复。`,
    `What was kept of ${residents.size} resident(s) of case ${caseId} is erased for good.`,
  )
  return null
}

export const reporterCommands: Record<string, AdminCommand> = {
  'reporter erase': {
    usage: 'reporter erase CASE',
    says: { zh: '删除一件案件里居民的个人信息', en: 'erases what is kept of the residents of a case' },
    standsOn: 'journal.db',
    takes: 1,
    run: erase,
  },
}
