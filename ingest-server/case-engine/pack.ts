// A board as text, for the journal's snapshot. Only what cannot be worked out is kept; the ways to find cases are made anew.
import type { Case } from '#contract/case'
import type { HandOver, Shift, Window } from '#contract/duty'
import type { CaseId } from '#contract/ids'
import type { Linkage } from '#contract/linkage'
import type { Tally } from '#contract/patch'
import { emptyBoard } from './board.ts'
import type { Board, Recurrence } from './board.ts'
import { place } from './project.ts'
import { putShifts } from './project-duty.ts'

/** Grows whenever the shape does: an older text is not read, and the start reads the journal instead. */
const form = 4

/** The first line; each line after it is a case. */
interface Packed {
  form: number
  revision: number
  numbers: [string, number][]
  tallies: Tally[]
  shifts: Shift[]
  handOvers: HandOver[]
  windows: Window[]
  linkage: Linkage
  repeats: [CaseId, number][]
  recurring: [string, Recurrence[]][]
}

/**
 * A line at a time: whoever has more to do may do it between two, and the board may move on meanwhile: what is packed is the board as
 * it stood at the first line, for its records are replaced and never edited.
 */
export function* packing(board: Board): Generator<string, void> {
  const cases = [...board.cases.values()]
  const packed: Packed = {
    form,
    revision: board.revision,
    numbers: [...board.numbers],
    tallies: [...board.tallies.values()],
    shifts: [...board.shifts.values()].flat(),
    handOvers: [...board.handOvers.values()],
    windows: [...board.windows.values()],
    linkage: board.linkage,
    repeats: [...board.repeats],
    recurring: [...board.recurring],
  }
  yield JSON.stringify(packed)
  for (const current of cases) yield JSON.stringify(current)
}

export const packBoard = (board: Board): string => [...packing(board)].join('\n')

/** A case at a time, likewise. Throws where the text is of another form: read the journal from its start then. */
export function* unpacking(text: string): Generator<undefined, Board> {
  let end = endOfLine(text, 0)
  const packed = JSON.parse(text.slice(0, end)) as Packed
  if (packed.form !== form) throw new Error(`a board of form ${packed.form}, this build reads ${form}`)
  const board = emptyBoard()
  board.revision = packed.revision
  board.numbers = new Map(packed.numbers)
  board.tallies = new Map(packed.tallies.map((tally) => [tally.at, tally]))
  putShifts(board, packed.shifts)
  board.handOvers = new Map(packed.handOvers.map((one) => [one.id, one]))
  board.windows = new Map(packed.windows.map((one) => [one.id, one]))
  board.linkage = packed.linkage
  board.repeats = new Map(packed.repeats)
  board.recurring = new Map(packed.recurring)
  while (end < text.length) {
    yield undefined
    const start = end + 1
    end = endOfLine(text, start)
    place(board, JSON.parse(text.slice(start, end)) as Case)
  }
  return board
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

export function unpackBoard(text: string): Board {
  const steps = unpacking(text)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
