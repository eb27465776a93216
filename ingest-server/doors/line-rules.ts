// The scenarios a screen must know: those in force, and the older versions that cases on the board still go by.
import type { Known } from '../case-engine/known.ts'
import { scenarioOf } from '../case-engine/scenario-book.ts'
import type { Scenario } from '#contract/scenario'
import type { ShownBoard } from '../desk/port.ts'

/** Those in force stand first: of two of one id the first is the one for what has no case yet. */
export function rulesFor(board: Pick<ShownBoard, 'cases'>, known: Pick<Known, 'scenarios'>): Scenario[] {
  const rules = new Set(known.scenarios.all)
  const used = new Set<string>()
  for (const subject of board.cases.values()) {
    const version = `${subject.scenarioId}@${subject.scenarioVersion}`
    if (used.has(version)) continue
    used.add(version)
    const scenario = scenarioOf(subject, known)
    if (scenario) rules.add(scenario)
  }
  return [...rules]
}

/** The same as long as neither the board nor the book moved: five thousand screens that come back at once look it through once. */
export function openRulesFor(known: Pick<Known, 'scenarios'>): (board: ShownBoard) => Scenario[] {
  let last: { board: ShownBoard; revision: number; book: Known['scenarios']; rules: Scenario[] } | null = null
  return (board) => {
    const book = known.scenarios
    if (last?.board !== board || last.revision !== board.revision || last.book !== book)
      last = { board, revision: board.revision, book, rules: rulesFor(board, known) }
    return last.rules
  }
}
