// Time as a door like any other: asks which commands are due, submits them, and sleeps until the next.
import type { Instant } from '#contract/ids'
import type { Desk } from '../desk/port.ts'

export interface ClockDoorNeeds {
  desk: Pick<Desk, 'due' | 'submit' | 'follow'>
  now: () => Instant
  /** Runs once after so many milliseconds. Returns the stop. */
  after: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

/** A wall clock may jump and a timer may be lost: nothing is due for longer than this without being asked about. */
const longestSleep = 5_000

/** A mark the desk would not take now is not asked for in a tight loop. */
const shortestSleep = 50

/** Nothing lives in the timer: lost, late or early, the next asking finds what is due on the board. */
export function openClockDoor({ desk, now, after, onFault }: ClockDoorNeeds): { close(): void } {
  let stopTimer = () => {}
  let armedFor = Infinity
  let asking = false
  let closed = false

  function ask(): void {
    if (closed || asking) return
    const at = now()
    const { due, nextAt } = desk.due(at)
    asking = due.length > 0
    if (!asking) return arm(nextAt)
    void Promise.all(due.map((command) => desk.submit(command)))
      .catch(onFault)
      .finally(() => {
        asking = false
        armAnew()
      })
  }

  /** What was just marked may ring again soon: only the board as it is now knows. What it would not take is asked for once more. */
  function armAnew(): void {
    const at = now()
    const { due, nextAt } = desk.due(at)
    arm(due.length > 0 ? at : nextAt)
  }

  function arm(nextAt: Instant | null): void {
    stopTimer()
    if (closed) return
    const at = now()
    const sleep = nextAt === null ? longestSleep : nextAt > at ? Math.min(longestSleep, nextAt - at) : shortestSleep
    armedFor = at + sleep
    stopTimer = after(sleep, ask)
  }

  /** A change may have set a clock that rings before the timer does. */
  function heed(): void {
    if (asking) return
    const { nextAt } = desk.due(now())
    if (nextAt !== null && nextAt < armedFor) arm(nextAt)
  }

  const stopFollowing = desk.follow(heed)
  ask()
  return {
    close() {
      closed = true
      stopTimer()
      stopFollowing()
    },
  }
}
