// New cases wait in a bar until a finger lets them in, so that the list never jumps under it. I and II do not wait.
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import type { Level } from '#contract/stage'
import { tabFor } from './lists.ts'

/** The cases a finger has let in, or that were there when the desk was opened. Null before the first board. */
export type Admitted = ReadonlySet<CaseId> | null

export interface WaitingBar {
  count: number
  /** The worst level among them; null where machines were unsure of them all. */
  worst: Level | null
  earliest: number
}

/** What was put aside calls nobody, so it waits for nobody either. */
const mustWait = (subject: Case) =>
  tabFor(subject) === 'inbox' && !subject.shelved && (subject.unsure || subject.level > 2)

/** What stands in the lists after this board: all that stood there, what is serious, and what is not new to the desk. */
export function admit(admitted: Admitted, cases: Iterable<Case>): ReadonlySet<CaseId> {
  const next = new Set<CaseId>()
  for (const subject of cases) {
    if (admitted === null || admitted.has(subject.id) || !mustWait(subject)) next.add(subject.id)
  }
  return next
}

export const everything = (cases: Iterable<Case>): ReadonlySet<CaseId> =>
  new Set([...cases].map((subject) => subject.id))

/** What the bar says of those outside; null where nobody waits. */
export function waitingBar(admitted: Admitted, cases: Iterable<Case>): WaitingBar | null {
  if (admitted === null) return null
  const outside = [...cases].filter((subject) => !admitted.has(subject.id))
  if (!outside.length) return null
  const levels = outside.filter((subject) => !subject.unsure).map((subject) => subject.level)
  return {
    count: outside.length,
    worst: levels.length ? (Math.min(...levels) as Level) : null,
    earliest: Math.min(...outside.map((subject) => subject.openedAt)),
  }
}
