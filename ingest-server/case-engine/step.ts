// The line a person leaves in the story of a case, and the event that writes it there without moving anything.
import type { Besides, Case, Receipt, Step } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Event } from '#contract/event'
import type { Board } from './board.ts'
import type { Walker } from './doer.ts'

type Marked = Extract<Event, { type: 'marked' }>

export const stepOf = (
  { by, now, claimedAt }: Pick<Walker, 'by' | 'now' | 'claimedAt'>,
  verb: Step['verb'],
  says: { about?: string; reason?: string | undefined; note?: string | undefined } = {},
): Step => ({
  verb,
  at: now,
  by,
  ...(says.about !== undefined && { about: says.about }),
  ...(says.reason && { reason: says.reason }),
  ...(says.note && { note: says.note }),
  ...(claimedAt !== undefined && { claimedAt }),
})

/** Without the fields in which nothing is written. */
export const markedWith = (
  { id: caseId }: Pick<Case, 'id'>,
  step: Step,
  also: { clocks?: Clock[]; told?: Receipt[]; set?: Besides } = {},
): Marked => ({
  type: 'marked',
  caseId,
  step,
  ...(also.clocks?.length && { clocks: also.clocks }),
  ...(also.told?.length && { told: also.told }),
  ...(also.set && Object.keys(also.set).length > 0 && { set: also.set }),
})

/** What is said of a case that has left the board is kept by the archive alone. */
export const saidOf = (board: Pick<Board, 'cases'>, mark: Marked): Marked =>
  board.cases.has(mark.caseId) ? mark : { ...mark, archived: true }
