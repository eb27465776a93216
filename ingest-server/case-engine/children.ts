// What became of the cases that grew out of one.
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'

/** Of its children only those that grew out of it are waited for: one that was split off is a matter of its own. */
export const childrenEnded = (board: Pick<Board, 'cases'>, current: Pick<Case, 'id' | 'children'>): boolean =>
  (current.children ?? []).every((id) => {
    const child = board.cases.get(id)
    return child?.lineage?.how !== 'branched' || hasEnded(board, id)
  })

/** Ended is what has left the board. What went into another case, or was opened again as one, has ended when that has. */
function hasEnded(board: Pick<Board, 'cases'>, id: CaseId): boolean {
  const current = board.cases.get(id)
  if (!current) return true
  if (isOpen(current.stage)) return false
  const goesOnIn = (current.children ?? []).filter((next) => board.cases.get(next)?.lineage?.how === 'reopened')
  return [...goesOnIn, ...(current.mergedInto ? [current.mergedInto] : [])].every((next) => hasEnded(board, next))
}
