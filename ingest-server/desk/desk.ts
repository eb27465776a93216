// The narrow place every wish passes: decide, keep, show, tell, answer; one batch a turn of the loop, one commit a batch.
import { clocks } from '../case-engine/clocks.ts'
import { decide } from '../case-engine/decide.ts'
import { packing } from '../case-engine/pack.ts'
import type { Known } from '../case-engine/known.ts'
import type { Command } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import { JournalBroken, NotInStep } from '../journal/journal.ts'
import type { Journal } from '../journal/journal.ts'
import { catchUp } from './catch-up.ts'
import type { CaughtUp } from './catch-up.ts'
import { decideBatch, no, Undecidable } from './deciding.ts'
import { openLanes } from './lanes.ts'
import type { Change, Desk } from './port.ts'
import { openShown } from './shown.ts'
import type { Shown } from './shown.ts'

export interface DeskNeeds {
  journal: Journal
  known: Known
  now: () => Instant
  /** Ends the turn: whatever is submitted before `run` is called goes into one batch. In production `setImmediate`. */
  defer: (run: () => void) => void
  /** Between two tries at a journal that does not answer. */
  pause: (milliseconds: number) => Promise<void>
  /** Faults that heal, for the log; a `JournalBroken` does not: stop the process. */
  onFault: (fault: unknown) => void
  /** Commands in one batch. */
  batchOf?: number
  /** Commands that may wait; one more is refused. */
  mayWait?: number
  /** Lines between two snapshots, at least. */
  snapshotEvery?: number
  /** Where it was read by others already: what it stands at, and what is shown of it. */
  from?: { caughtUp: CaughtUp; shown: Shown }
  /** Where given, a lost pen ends this desk instead of healing it. What waits is answered `not-in-step`, and may have been kept. */
  onLost?: () => void
}

/** A desk that others can take over. */
export interface HeldDesk extends Desk {
  /** Takes nothing more, answers what waits, and gives what it stands at; null where that is not known. */
  leave(): Promise<CaughtUp | null>
  /** Asks the journal, behind what waits, whether it may still write. */
  check(): void
}

interface Asked {
  command: Command
  answer: (outcome: Outcome) => void
  fail: (fault: unknown) => void
}

const longestPause = 2000

/** So much of a snapshot's text is one more line that may be kept before the next. */
const charactersWorthALine = 250

/** Cases packed before everything else has its turn. */
const packedAtATime = 64

/** Opens in step: the journal has been read. Rejects where it cannot be. */
export async function openDesk(needs: DeskNeeds): Promise<HeldDesk> {
  const { journal, known, now, defer, pause, onFault, batchOf = 256, mayWait = 10_000, snapshotEvery = 5000 } = needs
  const lanes = openLanes<Asked>()
  const followers = new Set<(change: Change) => void>()
  let { board, head, snapshot } = needs.from?.caughtUp ?? (await catchUp(journal, onFault))
  const shown = needs.from?.shown ?? openShown(board)
  let inStep = true
  let turning: Promise<void> | null = null
  let broken: JournalBroken | null = null
  let closing = false
  let failures = 0
  let keeping: Promise<void> | null = null
  let doubted = false

  function submit(command: Command): Promise<Outcome> {
    if (broken) return Promise.reject(broken)
    if (closing) return Promise.resolve(no(command.id, 'not-in-step'))
    if (lanes.size() >= mayWait) return Promise.resolve(no(command.id, inStep ? 'overloaded' : 'not-in-step'))
    return new Promise((answer, fail) => {
      lanes.add(laneOf(command), { command, answer, fail })
      wake()
    })
  }

  function wake(): void {
    if (turning || broken || (lanes.size() === 0 && !doubted) || (closing && !inStep)) return
    turning = new Promise<void>((over) => {
      defer(() => void turn().finally(over))
    }).then(() => {
      turning = null
      wake()
    })
  }

  async function turn(): Promise<void> {
    const batch = lanes.take(batchOf)
    try {
      await keep(batch)
    } catch (fault) {
      inStep = false
      lanes.putBack(batch)
      await heal(fault)
    }
    if (inStep && head.revision - snapshot.revision >= snapshotDue()) keepSnapshot()
  }

  async function keep(batch: readonly Asked[]): Promise<void> {
    if (doubted) head = await journal.append(head, [])
    doubted = false
    const commands = batch.map((asked) => asked.command)
    const given = await journal.answers(commands.map((command) => command.id))
    const { entries, answers, change } = decideBatch(commands, { board, known, now, given })
    if (change) {
      head = await journal.append(head, entries)
      failures = 0
      tell(change)
    } else if (batch.length > 0 && given.size === batch.length) {
      // All of it had landed, and only the word of it was lost: it can be kept, and nothing new need come to show it.
      failures = 0
    }
    batch.forEach(({ answer, fail }, index) => {
      const said = answers[index]!
      if (said instanceof Undecidable) fail(said)
      else answer(said)
    })
  }

  /** Only what is durable comes here. A follower that fails keeps nobody else from hearing. */
  function tell(change: Change): void {
    shown.advance(change, board)
    for (const follower of followers) {
      try {
        follower(change)
      } catch (fault) {
        onFault(fault)
      }
    }
  }

  /**
   * Whether the append landed is not known. Nothing of it was shown; the board that ran ahead is thrown away, and the journal
   * says what is true. The batch waits meanwhile: what landed is then answered from the journal, the rest is decided again.
   */
  async function heal(fault: unknown): Promise<void> {
    let last = fault
    while (!inStep) {
      if (last instanceof JournalBroken) return breakDown(last)
      onFault(last)
      if (last instanceof NotInStep && needs.onLost) {
        closing = true
        return needs.onLost()
      }
      // The first try comes at once: most often somebody else's line or a lost answer is all there is.
      if (failures > 0) await pause(Math.min(longestPause, 25 * 2 ** Math.min(failures, 10)))
      failures++
      if (closing) return
      try {
        take(await catchUp(journal, onFault))
      } catch (another) {
        last = another
      }
    }
  }

  function take(caughtUp: CaughtUp): void {
    ;({ board, head, snapshot } = caughtUp)
    const missed = shown.changeTo(board, now())
    if (missed) tell(missed)
    inStep = true
  }

  function breakDown(fault: JournalBroken): void {
    broken = fault
    for (const { fail } of lanes.take(Infinity)) fail(fault)
    onFault(fault)
  }

  /** A large board costs more to pack than a few lines cost to read. */
  const snapshotDue = (): number => Math.max(snapshotEvery, snapshot.length / charactersWorthALine)

  function keepSnapshot(): void {
    keeping ??= writeSnapshot()
      .catch(onFault)
      .finally(() => (keeping = null))
  }

  /** A shortcut for the next start, which without it only takes longer. Packed and written between the next batches. */
  async function writeSnapshot(): Promise<void> {
    const at = head
    const lines: string[] = []
    for (const line of packing(board)) {
      lines.push(line)
      if (lines.length % packedAtATime === 0) await new Promise<void>(defer)
    }
    const kept = { ...at, board: lines.join('\n') }
    await journal.keepSnapshot(kept)
    snapshot = { revision: kept.revision, length: kept.board.length }
  }

  async function leave(): Promise<CaughtUp | null> {
    closing = true
    while (turning) await turning
    for (const { command, answer } of lanes.take(Infinity)) answer(no(command.id, 'not-in-step'))
    await keeping
    return inStep && !broken ? { board, head, snapshot } : null
  }

  return {
    journalId: journal.id,
    submit,
    would: (command) => decide(board, command, now(), known),
    board: shown.board,
    repeats: (id) => board.repeats.get(id) ?? 0,
    due: (at) => (inStep ? clocks(board, at) : { due: [], nextAt: null }),
    inStep: () => inStep,
    holds: () => true,
    keeps: () => inStep && failures === 0,
    waiting: lanes.size,
    follow(follower) {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    leave,
    check() {
      doubted = true
      wake()
    },
    async close() {
      const stands = await leave()
      if (stands && stands.head.revision > stands.snapshot.revision) keepSnapshot()
      await keeping
    },
  }
}

/** One lane for each who asks: a camera platform in flood delays nobody's tap, and time waits behind no one. */
const laneOf = ({ by }: Command): string => (by.kind === 'clock' ? by.kind : `${by.kind} ${by.id}`)
