// Fast forward: the day up to now, played through the same doors as fast as they take it.
import type { Instant } from '#contract/ids'
import type { DemoClock } from './clock.ts'
import type { Telling } from './happenings.ts'
import type { Player } from './player.ts'

/** Something somebody does at an hour of its own. */
export interface Appointment {
  at: Instant
  keep(): Promise<void>
}

const step = 15_000

/** Plays `tellings` from `from` to `to`; `say` hears the share done. */
export async function forward(needs: {
  clock: DemoClock
  player: Player
  tellings: readonly Telling[]
  appointments: readonly Appointment[]
  from: Instant
  to: Instant
  say: (share: number) => void
}): Promise<void> {
  const { clock, player, tellings, from, to } = needs
  const appointments = needs.appointments.toSorted((a, b) => a.at - b.at)
  let [next, kept] = [0, 0]
  for (let at = from; at <= to; at += step) {
    clock.set(at)
    const due: Telling[] = []
    for (let one = tellings[next]; one && one.at <= at; one = tellings[++next]) due.push(one)
    await Promise.all(due.map((telling) => player.tell(telling)))
    for (let one = appointments[kept]; one && one.at <= at; one = appointments[++kept]) await one.keep()
    // In the last minutes the staff hold back: whoever opens the screens finds something to do.
    await player.work(at > to - 13 * 60_000)
    needs.say((at - from) / (to - from))
  }
}
