// The past as a tape: a board, what changed it since, and how far it has been wound.
import { applyPatch, boardFrom } from '#contract/patch'
import type { BoardView, Patch, ScreenBoard } from '#contract/patch'
import type { CaseId, Instant } from '#contract/ids'

export interface Tape {
  board: ScreenBoard
  at: Instant
  /** What is still to come, in order. */
  ahead: readonly Patch[]
  /** Up to here all that happened is on the tape. */
  upTo: Instant
  /** What the last winding changed. */
  changed: readonly CaseId[]
}

export const tapeOf = (start: BoardView, patches: readonly Patch[], from: Instant, upTo: Instant): Tape =>
  windTo({ board: boardFrom(start), at: from, ahead: patches, upTo, changed: [] }, from)

/** Forwards only, and never past what is on it. Throws where a line is missing: a past with a hole in it is none. */
export function windTo(tape: Tape, to: Instant): Tape {
  const at = Math.min(Math.max(tape.at, to), tape.upTo)
  const due = tape.ahead.filter((patch) => patch.at <= at)
  let { board } = tape
  for (const patch of due) {
    const next = applyPatch(board, patch)
    if (next === 'gap') throw new Error(`the past has a gap before revision ${patch.revision}`)
    board = next
  }
  const changed = due.length ? due.flatMap((patch) => patch.put.map(({ id }) => id)) : tape.changed
  return { ...tape, board, at, ahead: tape.ahead.slice(due.length), changed }
}

/** More of it, asked for from where it ends. */
export const lengthened = (tape: Tape, patches: readonly Patch[], upTo: Instant): Tape => ({
  ...tape,
  ahead: [...tape.ahead, ...patches],
  upTo,
})

/** When something next changes, as far as the tape goes. */
export const nextChange = ({ ahead }: Tape): Instant | null => ahead[0]?.at ?? null

/** When something last changed before this moment. */
export const lastChange = (patches: readonly Patch[], before: Instant): Instant | null =>
  patches.filter((patch) => patch.at < before).at(-1)?.at ?? null
