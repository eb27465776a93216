// A board as text, for the journal's snapshot. Only what cannot be worked out is kept; the ways to find cases are made anew.
import type { Case } from '#contract/case'
import type { HandOver, Shift, Window } from '#contract/duty'
import type { CaseId } from '#contract/ids'
import type { Tally } from '#contract/patch'
import { emptyBoard } from './board.ts'
import type { Board, Recurrence } from './board.ts'
import { place } from './project.ts'
import { putShifts } from './project-duty.ts'

/** Grows whenever the shape does: an older text is not read, and the start reads the journal instead. */
const form = 2

interface Packed {
  form: number
  revision: number
  cases: Case[]
  numbers: [string, number][]
  tallies: Tally[]
  shifts: Shift[]
  handOvers: HandOver[]
  windows: Window[]
  repeats: [CaseId, number][]
  recurring: [string, Recurrence[]][]
}

export function packBoard(board: Board): string {
  const packed: Packed = {
    form,
    revision: board.revision,
    cases: [...board.cases.values()],
    numbers: [...board.numbers],
    tallies: [...board.tallies.values()],
    shifts: [...board.shifts.values()].flat(),
    handOvers: [...board.handOvers.values()],
    windows: [...board.windows.values()],
    repeats: [...board.repeats],
    recurring: [...board.recurring],
  }
  return JSON.stringify(packed)
}

/** Throws where the text is of another form: read the journal from its start then. */
export function unpackBoard(text: string): Board {
  const packed = JSON.parse(text) as Packed
  if (packed.form !== form) throw new Error(`a board of form ${packed.form}, this build reads ${form}`)
  const board = emptyBoard()
  board.revision = packed.revision
  board.numbers = new Map(packed.numbers)
  board.tallies = new Map(packed.tallies.map((tally) => [tally.at, tally]))
  putShifts(board, packed.shifts)
  board.handOvers = new Map(packed.handOvers.map((one) => [one.id, one]))
  board.windows = new Map(packed.windows.map((one) => [one.id, one]))
  board.repeats = new Map(packed.repeats)
  board.recurring = new Map(packed.recurring)
  for (const current of packed.cases) place(board, current)
  return board
}
