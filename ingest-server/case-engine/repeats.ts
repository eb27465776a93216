// Reports that said nothing new, counted without a line each: the next line of their case takes the count along.
import type { Case } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'

type Carrier = Extract<Event, { type: 'sourced' | 'unsourced' | 'moved' | 'marked' }>

const carries: Partial<Record<Event['type'], true>> = { sourced: true, unsourced: true, moved: true, marked: true }
const isCarrier = (event: Event): event is Carrier => carries[event.type] === true

/** The same decision; where reports were counted since, the first event of each of its cases says so. */
export function withRepeats(board: Board, decision: Decision): Decision {
  if (board.repeats.size === 0 || 'refusal' in decision) return decision
  const said = new Set<CaseId>()
  const events = decision.events.map((event) => {
    if (!isCarrier(event) || said.has(event.caseId)) return event
    const repeats = repeatsOf(board, board.cases.get(event.caseId))
    if (repeats === undefined) return event
    said.add(event.caseId)
    return { ...event, set: { ...event.set, repeats } }
  })
  return said.size > 0 ? { ...decision, events } : decision
}

function repeatsOf(board: Board, current: Case | undefined): number | undefined {
  const since = current && board.repeats.get(current.id)
  return since === undefined ? undefined : (current?.repeats ?? 0) + since
}

/** They are in the line now. */
export function clearRepeats(board: Board, event: Event): void {
  if (isCarrier(event) && event.set?.repeats !== undefined) board.repeats.delete(event.caseId)
}
