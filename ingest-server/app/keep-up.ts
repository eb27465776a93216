// Whoever keeps up with the desk: one change after the other, and a fault is said and stops nothing.
import type { Change, Desk } from '../desk/port.ts'

interface KeepUpNeeds {
  desk: Pick<Desk, 'follow' | 'holds'>
  /** Before the changes that wait, each time there is something to do; where it has nothing to do, they do not wait for it. */
  first: () => Promise<void> | undefined
  take: (change: Change) => Promise<void>
  /** Once none waits any more: for what failed above, or lies before the first change heard of. */
  last?: () => Promise<void>
  /** Another process keeps up from now on: what is known of how far this one came is worth nothing. */
  forget: () => void
  /** Where given, changes are let go by while it says no. */
  listens?: () => boolean
  /** When it is closed: what is being read can be left. */
  stopping: AbortController
  onFault: (fault: unknown) => void
}

export interface KeepingUp {
  /** Looks whether there is something to do. Once it is opened, and after each change, it does so by itself. */
  look(): void
  /** When all that is known now was taken, or could not be. */
  settled(): Promise<void>
  /** Ends with what is under way, then with `lastly`, of which no fault is told: it is only to spare the next start work. */
  close(lastly: () => Promise<void>): Promise<void>
}

export function keepUp({ desk, first, take, last, forget, listens, stopping, onFault }: KeepUpNeeds): KeepingUp {
  const waiting: Change[] = []
  let running: Promise<void> | null = null
  /** Only one of many processes does: the one that holds the desk, from where the last one noted that it was. */
  const mayGoOn = () => !stopping.signal.aborted && desk.holds()

  async function work(): Promise<void> {
    if (!desk.holds()) return stop()
    const beginning = first()
    if (beginning) await attempt(() => beginning)
    for (let change = waiting.shift(); change && mayGoOn(); change = waiting.shift()) {
      const next = change
      await attempt(() => take(next))
    }
    if (last && waiting.length === 0 && mayGoOn()) await attempt(last)
    if (!desk.holds()) stop()
  }

  function stop(): void {
    waiting.length = 0
    forget()
  }

  async function attempt(job: () => Promise<void>): Promise<void> {
    try {
      await job()
    } catch (fault) {
      if (!stopping.signal.aborted) onFault(fault)
    }
  }

  function look(): void {
    running ??= work().finally(() => {
      running = null
      if (waiting.length > 0 && mayGoOn()) look()
    })
  }

  const stopFollowing = desk.follow((change) => {
    if (!desk.holds() || (listens && !listens())) return
    waiting.push(change)
    look()
  })
  look()

  return {
    look,
    async settled() {
      while (running) await running
    },
    async close(lastly) {
      stopFollowing()
      stopping.abort()
      await running
      if (desk.holds()) await attempt(lastly)
    },
  }
}
