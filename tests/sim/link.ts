// A device's way to the server: words that take their time, in order, until it is cut; or goes half, and neither side is told.
import type { Owner, SimTime } from './time.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'

export interface Link {
  /** False in a dead spot: nothing begins, and what was open is lost. */
  up: boolean
  /** What is said goes nowhere, and nobody is told so. */
  half: boolean
  /** Milliseconds one word takes now. */
  takes(): number
}

export function openLink(chance: Chance): Link & { slow: boolean } {
  return {
    up: true,
    half: false,
    slow: false,
    takes() {
      return this.slow ? chance.whole(200, 1_500) : chance.whole(1, 40)
    },
  }
}

/** One way of one connection: in order, as a stream has it. */
export function openWay(time: SimTime, wire: Owner, link: Link, isOpen: () => boolean) {
  let last = 0
  return (deliver: () => void): void => {
    if (link.half) return
    last = Math.max(last, time.now() + link.takes())
    time.after(wire, last - time.now(), () => {
      if (isOpen() && !link.half) deliver()
    })
  }
}
