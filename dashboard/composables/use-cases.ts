// The cases of the board in the order they must be dealt with: level, then the clock that breaks first.
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import { isOpen } from '#contract/stage'
import { useBoard } from '../stores/board.ts'
import { nextClock } from './clock-look.ts'

export function byUrgency(a: Case, b: Case): number {
  if (a.unsure !== b.unsure) return a.unsure ? 1 : -1
  if (a.level !== b.level) return a.level - b.level
  const [dueA, dueB] = [nextClock(a)?.dueAt ?? Infinity, nextClock(b)?.dueAt ?? Infinity]
  return dueA === dueB ? a.openedAt - b.openedAt : dueA - dueB
}

/** Open ones only, unless `keep` says otherwise. */
export function useCases(keep: (subject: Case) => boolean = (subject) => isOpen(subject.stage)): ComputedRef<Case[]> {
  const board = useBoard()
  return computed(() => board.cases.filter(keep).sort(byUrgency))
}
