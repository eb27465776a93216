// One desk of many processes: held here, or followed here, and whoever looks at it or wishes something of it never knows which.
import { decide } from '../case-engine/decide.ts'
import type { Command } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import { catchUp } from './catch-up.ts'
import type { CaughtUp } from './catch-up.ts'
import { no } from './deciding.ts'
import { openDesk } from './desk.ts'
import type { DeskNeeds, HeldDesk } from './desk.ts'
import { openFollowing } from './following.ts'
import type { Following } from './following.ts'
import type { Change, Desk } from './port.ts'
import { openShown } from './shown.ts'

/** What a shared desk says to the processes it is shared with. All of it may be lost: the journal alone is the truth. */
export interface Wire {
  /** Lines up to here are kept. */
  tell(revision: number): void
  /** To whoever holds the desk; null where no answer came within `milliseconds`. The same wish may be passed again. */
  pass(command: Command, milliseconds: number): Promise<Outcome | null>
}

export interface SharedNeeds extends Omit<DeskNeeds, 'from' | 'onLost'> {
  wire: Wire
  /** Runs ever forwards. */
  seconds: () => number
  /** Returns the stop. */
  every: (milliseconds: number, run: () => void) => () => void
}

export interface SharedDesk extends Desk {
  /** Takes the pen and writes on. Rejects where the journal does not answer: it is still followed then. */
  take(): Promise<void>
  /** Answers what waits, and only follows from then on. Resolves once another may take it. */
  leave(): Promise<void>
  /** Somebody else kept lines up to this one. */
  told(revision: number): void
  /** Where it is held: asks the journal whether it still is. */
  check(): void
}

/** A desk that changes hands does so within a few seconds: whoever wishes meanwhile waits so long, then is told to come again. */
const patience = 6
/** One passing waits no longer: an answer that was lost is asked for again. */
const onePassing = 1500
const betweenTries = 50
/** Lines nobody told of are found so soon. */
const readEvery = 1000
/** Followed, time wishes nothing; it is asked again so soon, because the desk may be held by then. */
const askAgain = 1000

/** Opens following: the journal has been read. Rejects where it cannot be. */
export async function openSharedDesk(needs: SharedNeeds): Promise<SharedDesk> {
  const { journal, known, now, pause, seconds, every, wire, onFault, mayWait = 10_000 } = needs
  const followers = new Set<(change: Change) => void>()
  const first = await catchUp(journal, onFault)
  const shown = openShown(first.board)
  let following: Following | null = follows(first)
  let held: HeldDesk | null = null
  let switching: Promise<void> = Promise.resolve()
  let leaving = false
  let closed = false
  let asking = 0

  function follows(from: CaughtUp | null): Following {
    return openFollowing({ journal, from, shown, tell, now, onFault })
  }

  function tell(change: Change): void {
    for (const follower of followers) {
      try {
        follower(change)
      } catch (fault) {
        onFault(fault)
      }
    }
  }

  /** One change of role after the other. */
  function inTurn(change: () => Promise<void>): Promise<void> {
    const turn = switching.then(change)
    switching = turn.catch(() => {})
    return turn
  }

  const take = (): Promise<void> =>
    inTurn(async () => {
      if (held || closed || !following) return
      await journal.claim()
      // Nobody else writes from here on: what is read now is all there is.
      await following.readOn()
      const caughtUp = await following.leave()
      if (!caughtUp) {
        following = follows(null)
        throw new Error('the journal could not be read to its end: the desk is followed, not held')
      }
      const desk = await openDesk({ ...needs, from: { caughtUp, shown }, onLost: lost })
      desk.follow((change) => {
        wire.tell(change.revision)
        tell(change)
      })
      ;[held, following] = [desk, null]
    })

  const leave = (): Promise<void> =>
    inTurn(async () => {
      if (!held) return
      leaving = true
      const stands = await held.leave()
      ;[held, following, leaving] = [null, follows(stands), false]
      await following.readOn()
    })

  /** Told from the midst of a turn of the desk, which must end first. */
  function lost(): void {
    leaving = true
    leave().catch(onFault)
  }

  const isHeld = () => held !== null && !leaving
  const readOn = () => void following?.readOn()

  async function submit(command: Command): Promise<Outcome> {
    if (closed) return no(command.id, 'not-in-step')
    if (!held && asking >= mayWait) return no(command.id, 'overloaded')
    const until = seconds() + patience
    asking++
    try {
      for (;;) {
        const asked = held
        const outcome = await (asked ? asked.submit(command) : wire.pass(command, onePassing))
        if (outcome && (asked === held || !isLater(outcome)) && !(leaving && isLater(outcome))) return outcome
        if (closed || seconds() >= until) return no(command.id, 'not-in-step')
        await pause(betweenTries)
      }
    } finally {
      asking--
    }
  }

  const stopReading = every(readEvery, readOn)

  return {
    journalId: journal.id,
    submit,
    would(command) {
      if (held) return held.would(command)
      const board = following?.board()
      return board ? decide(board, command, now(), known) : { refusal: 'not-in-step' }
    },
    board: shown.board,
    repeats: (id) => held?.repeats(id) ?? following?.board()?.repeats.get(id) ?? 0,
    due: (at: Instant) => (held && !leaving ? held.due(at) : { due: [], nextAt: at + askAgain }),
    inStep: () => held?.inStep() ?? following?.inStep() ?? false,
    holds: isHeld,
    keeps: () => held?.keeps() ?? following?.inStep() ?? false,
    waiting: () => held?.waiting() ?? asking,
    follow(follower) {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    ...{ take, leave },
    told(revision) {
      if (revision > shown.board().revision) readOn()
    },
    check: () => held?.check(),
    async close() {
      closed = true
      stopReading()
      await inTurn(async () => {
        await held?.close()
        await following?.leave()
      })
    },
  }
}

const isLater = (outcome: Outcome): boolean => !outcome.ok && outcome.refusal === 'not-in-step'
