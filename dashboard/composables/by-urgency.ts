// The order in which cases must be dealt with: what is sure, then level, then the clock that breaks first.
import type { Case } from '#contract/case'
import { nextClock } from './clock-look.ts'

export function byUrgency(a: Case, b: Case): number {
  if (a.unsure !== b.unsure) return a.unsure ? 1 : -1
  if (a.level !== b.level) return a.level - b.level
  const [dueA, dueB] = [nextClock(a)?.dueAt ?? Infinity, nextClock(b)?.dueAt ?? Infinity]
  return dueA === dueB ? a.openedAt - b.openedAt : dueA - dueB
}
