// One case that is two: some of its sources become a case of their own. To undo a join is to split that source off.
import type { Case, CaseSource, Lineage } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import { isOpen } from '#contract/stage'
import { whoRelates } from './apart.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { idOfOpened, openCase } from './opening.ts'
import type { Opening } from './opening.ts'
import { parted, whereIs } from './parting.ts'
import { mayAs } from './scope.ts'
import { stepOf } from './step.ts'
import { worstOf } from './worst-of.ts'

type Split = Extract<RelatingWish, { type: 'split' }>

/** The new one is told of and begins its clocks; the old one keeps whoever has it. Refused where it would take all, or none it has. */
export function split(board: Board, current: Case, wish: Split, doer: Doer, known: Known): Decision {
  const refusal = mayAs(whoRelates, doer.person, current)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  const keys = [...new Set(wish.sources)]
  const [first, ...rest] = current.sources
    .filter((source) => keys.includes(source.key))
    .map((source): CaseSource => ({ ...source, why: { rule: 'split', from: current.id } }))
  if (!first || rest.length + 1 !== keys.length || keys.length === current.sources.length) return no('cannot-split')
  const about = worstOf([first, ...rest], known)
  // Nothing in force knows what it was: there is no case it could become.
  if (!about) return no('matter-unknown')
  const { path } = whereIs(first, current, known)
  const lineage: Lineage = { from: [current.id], how: 'split' }
  const opening: Opening = { ...about, path, sources: [first, ...rest], lineage, apart: [current.id] }
  const opened = openCase(board, opening, doer.now, known)
  const madeCaseId = idOfOpened(opened)
  const step = stepOf(doer, 'split', { about: madeCaseId, reason: wish.reason })
  const set = { children: [...(current.children ?? []), madeCaseId] }
  return {
    events: [...parted(current, keys, madeCaseId, step, known, set), ...opened],
    caseId: current.id,
    madeCaseId,
  }
}
