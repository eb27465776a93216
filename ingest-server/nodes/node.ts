// One process among identical ones: it shares the desks of its streets with the others, as many as there are.
import type { SharedDesk, Wire } from '../desk/shared.ts'
import type { Between } from './between.ts'
import { openLeases } from './leases.ts'
import { openLive } from './live.ts'
import type { Live } from './live.ts'
import { openPassing } from './passing.ts'
import type { Passing } from './passing.ts'

export interface NodeNeeds {
  between: Between
  /** Another than any other process's. */
  name: string
  newId: () => string
  /** Runs ever forwards. */
  seconds: () => number
  /** Both return their stop. */
  after: (milliseconds: number, run: () => void) => () => void
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

export interface Joined {
  desk: SharedDesk
  /** Hands the desk over where it is held, for good. Wishes are passed on still. */
  handOver(): Promise<void>
  close(): void
}

export interface Node {
  readonly name: string
  /** `street`: what all processes know it by, its journal's id. `open` gets what its desk is shared by. */
  join(street: string, open: (wire: Wire) => Promise<SharedDesk>): Promise<Joined>
  /** What is said between those who serve this street, and kept nowhere. */
  live(street: string): Live
  figures(): NodeFigures
  /** By their names, all that live and serve this street, as far as is known. */
  serving(street: string): readonly string[]
  /** Desks are handed over now, and none is taken any more: what comes is passed on. */
  drain(): Promise<void>
  close(): Promise<void>
}

export interface NodeFigures {
  isUp: boolean
  /** Desks held here; how often one came or went. */
  held: number
  turned: number
  /** From a wish passed on to its answer, the last hundred: the middle and the worst, in seconds. Null where none was. */
  answered: { middle: number; worst: number } | null
  /** Wishes passed on and answered since the start. */
  passed: number
}

const lookEvery = 400
const remembered = 100

export function openNode({ between, name, newId, seconds, after, every, onFault }: NodeNeeds): Node {
  const answers = `sanping:answers:${name}`
  const passings = new Map<string, Passing>()
  const took: number[] = []
  let passed = 0
  /** A name may be given twice in a process's life; what it said before is not its own. */
  const self = `${name} ${newId()}`
  const leases = openLeases({
    ...{ between, name, seconds, onFault },
    onTaken: (street) => passings.get(street)?.held(),
    onGiven: (_street, to) => void between.add(`sanping:answers:${to}`, ['look', '1'], 1000).catch(() => {}),
  })
  const stops = [
    between.read(answers, (fields) => {
      if (fields['look'] !== undefined) void leases.look()
      else passings.get(fields['street'] ?? '')?.answered(fields)
    }),
    between.whenBack(() => void leases.look()),
    every(lookEvery, () => void leases.look()),
  ]

  return {
    name,
    async join(street, open) {
      const passing = openPassing({
        ...{ between, answers, street, newId, after, seconds, onFault },
        onAnswered(second) {
          passed++
          took.push(second)
          if (took.length > remembered) took.shift()
        },
      })
      passings.set(street, passing)
      const desk = await open(passing)
      const stopServing = passing.serve(desk)
      const part = leases.join(street, desk)
      void leases.look()
      return {
        desk,
        handOver: part,
        close() {
          stopServing()
          passings.delete(street)
        },
      }
    },
    live: (street) => openLive({ between, street, self, every, onFault }),
    figures() {
      const sorted = took.toSorted((a, b) => a - b)
      const worst = sorted.at(-1)
      const middle = sorted[sorted.length >> 1]
      return {
        ...{ isUp: between.isUp(), held: leases.held(), turned: leases.turned(), passed },
        answered: worst !== undefined && middle !== undefined ? { middle, worst } : null,
      }
    },
    serving: leases.serving,
    drain: leases.drain,
    async close() {
      for (const stop of stops) stop()
      await between.close()
    },
  }
}
