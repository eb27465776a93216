// One batch, thought through: each command against the board as the ones before it leave it. Nothing is kept yet.
import type { Board } from '../case-engine/board.ts'
import { decide } from '../case-engine/decide.ts'
import type { Decision, Yes } from '../case-engine/decision.ts'
import type { Known } from '../case-engine/known.ts'
import { project } from '../case-engine/project.ts'
import type { Command } from '#contract/command'
import type { Entry } from '#contract/event'
import type { CommandId, Instant } from '#contract/ids'
import type { Done, Outcome } from '#contract/outcome'
import type { Change } from './port.ts'
import { gather } from './shown.ts'

/** A command that could not be thought through: a fault of ours, told to its asker alone. */
export class Undecidable extends Error {
  override name = 'Undecidable'
}

export interface Batch {
  /** What to append; empty where nothing new was said. */
  entries: Entry[]
  /** In the order of the commands. */
  answers: (Outcome | Undecidable)[]
  /** Null where there is nothing to append. */
  change: Change | null
}

interface Needs {
  board: Board
  known: Known
  now: () => Instant
  /** The answers given before, for ever. */
  given: ReadonlyMap<CommandId, Outcome>
}

/**
 * Changes `board` in place. Should the batch then not be kept, the board is worth nothing and is read anew.
 * Throws where a decision cannot be projected: the board is worth nothing then, either.
 */
export function decideBatch(commands: readonly Command[], { board, known, now, given }: Needs): Batch {
  const entries: Entry[] = []
  const decided = new Map<CommandId, Outcome | Undecidable>(given)
  const gathered = gather(board.revision)

  for (const command of commands) {
    if (decided.has(command.id)) continue
    const at = now()
    const decision = think(board, command, at, known)
    if (decision instanceof Undecidable || 'refusal' in decision) {
      decided.set(command.id, decision instanceof Undecidable ? decision : no(command.id, decision.refusal))
      continue
    }
    const outcome = done(command.id, decision, board)
    decided.set(command.id, outcome)
    if (decision.events.length === 0) {
      if (decision.caseId) board.repeats.set(decision.caseId, (board.repeats.get(decision.caseId) ?? 0) + 1)
      continue
    }
    const { id: commandId, by, wish } = command
    const entry = { revision: outcome.revision, at, commandId, by, type: wish.type, events: decision.events, outcome }
    gathered.add(project(board, entry))
    entries.push(entry)
  }

  const last = entries.at(-1)
  return {
    entries,
    answers: commands.map((command) => decided.get(command.id)!),
    change: last ? gathered.change(last.revision, last.at, board) : null,
  }
}

export const no = (commandId: CommandId, refusal: Extract<Decision, { refusal: unknown }>['refusal']): Outcome => ({
  ok: false,
  commandId,
  refusal,
})

/** Where nothing new was said, the line that already said it answers. */
function done(commandId: CommandId, decision: Yes, board: Board): Done {
  const { caseId, madeCaseId, how, why, events } = decision
  const revision =
    events.length > 0 ? board.revision + 1 : ((caseId && board.cases.get(caseId)?.revision) ?? board.revision)
  return {
    ok: true,
    commandId,
    revision,
    ...(caseId && { caseId }),
    ...(madeCaseId && { madeCaseId }),
    ...(how && { how }),
    ...(why && { why }),
  }
}

function think(board: Board, command: Command, at: Instant, known: Known): Decision | Undecidable {
  try {
    return decide(board, command, at, known)
  } catch (cause) {
    return new Undecidable(`the wish ${command.wish.type} could not be decided`, { cause })
  }
}
