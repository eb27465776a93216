// R8: the whole server behind a seam for clock, chance, disk and network: streets by seed with faults, oracles after every day, and planted bugs that must be found.
import { bugs } from '../sim/bugs.ts'
import { liveMany, type Job, type Outcome } from '../sim/many.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { zeroOf } from './r1-killed.ts'

/** A street lives so long, then its marks and its chain are judged as a whole. */
const daysOfOne = 5
/** Every so many streets is held by two processes. */
const everyNthShared = 5
/** Streets in which a planted bug must come out. */
const triesEach = 8

export interface Simulated {
  days: number
  events: number
  lines: number
  happened: number
  befell: Record<string, number>
  violations: string[]
  seconds: number
}

const emptyTally = (): Simulated => ({
  days: 0,
  events: 0,
  lines: 0,
  happened: 0,
  befell: {},
  violations: [],
  seconds: 0,
})

/** `within`: no street is begun later than so many seconds. */
export async function simulate(
  seed: number,
  days: number,
  within: number,
  say: (words: string) => void,
  stopped: () => boolean,
): Promise<Simulated> {
  // prettier-ignore
  const all = emptyTally()
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  let given = 0
  await liveMany({
    next() {
      if (given * daysOfOne >= days || seconds() > within || stopped()) return null
      const nth = given++
      return { seed: seed * 10_000 + nth, days: daysOfOne, nodes: nth % everyNthShared === 0 ? 2 : 1, bug: null }
    },
    done(outcome) {
      all.days += outcome.days
      all.events += outcome.events
      all.lines += outcome.lines
      all.happened += outcome.happened
      for (const [what, times] of Object.entries(outcome.befell)) all.befell[what] = (all.befell[what] ?? 0) + times
      all.violations.push(...outcome.violations.map((words) => `${nameOf(outcome)}: ${words}`))
      if (all.days % 100 < daysOfOne)
        say(`${all.days} days, ${all.violations.length} violations, ${(all.days / seconds()).toFixed(1)} days/s`)
    },
  })
  return { ...all, seconds: seconds() }
}

const nameOf = ({ job, foundOn }: Outcome) => `seed ${job.seed} × ${job.nodes}, day ${foundOn}`

export interface Planted {
  bug: string
  /** Null where it was not found. */
  found: { seed: number; days: number; words: string } | null
}

/** Each bug in one street after the other, until it comes out. */
export async function findPlanted(
  seed: number,
  names = bugs.map(({ id }) => id),
  say: (words: string) => void = () => {},
): Promise<Planted[]> {
  const all = new Set(names)
  const found = new Map<string, Planted>()
  const lived = new Map<string, number>()
  const tried = new Map<string, number>()
  const next = (): Job | null => {
    const bug = names.find((id) => !found.has(id) && (tried.get(id) ?? 0) < triesEach)
    if (!bug) return null
    // One that is being looked for goes to the end of the queue: others have their turn.
    names = [...names.filter((id) => id !== bug), bug]
    const nth = tried.get(bug) ?? 0
    tried.set(bug, nth + 1)
    const nodes = bugs.find(({ id }) => id === bug)?.nodes ?? 1
    return { seed: seed * 10_000 + 9_000 + nth, days: daysOfOne, nodes, bug }
  }
  await liveMany({
    next,
    done({ job, days, violations }) {
      const bug = job.bug!
      lived.set(bug, (lived.get(bug) ?? 0) + days)
      const [words] = violations
      if (words !== undefined) say(`${bug}: seed ${job.seed}, after ${lived.get(bug)} days: ${words}`)
      if (words !== undefined && !found.has(bug))
        found.set(bug, { bug, found: { seed: job.seed, days: lived.get(bug)!, words } })
    },
  })
  return bugs.filter(({ id }) => all.has(id)).map(({ id }) => found.get(id) ?? { bug: id, found: null })
}

export const simulated: Program = {
  id: 'R8',
  about: 'the whole server simulated, seed by seed',
  async run({ seed, runs = 2_000, say, stopped }) {
    const all = await simulate(seed, runs, Infinity, say, stopped)
    for (const words of all.violations.slice(0, 12)) say(words)
    const planted = stopped() ? [] : await findPlanted(seed, undefined, say)
    for (const { bug } of planted.filter(({ found }) => !found)) say(`${bug}: not found`)
    return figuresOf(seed, runs, all, planted)
  },
}

export function figuresOf(seed: number, wanted: number, all: Simulated, planted: readonly Planted[]): Figure[] {
  const faults = Object.values(all.befell).reduce((sum, times) => sum + times, 0)
  const found = planted.filter((one) => one.found).length
  const of = `${all.events} things done, ${faults} faults of ${Object.keys(all.befell).length} kinds, ${all.lines} lines, ${all.happened} steps, seed ${seed}`
  return [
    {
      id: 'R8.days',
      value: String(all.days),
      target: `≥ ${wanted}`,
      ok: all.days >= wanted,
      words: `street-days; ${of}`,
    },
    zeroOf('R8.violations', all.violations.length, 'of ledger, desk, screens, scope, life, clocks, telling and chain'),
    { id: 'R8.planted', value: `${found} of ${planted.length}`, target: `${planted.length} of ${planted.length}`, ok: found === planted.length, words: `planted bugs found, each in at most ${triesEach} streets of ${daysOfOne} days` }, // prettier-ignore
    {
      id: 'R8.pace',
      value: `${(all.days / all.seconds).toFixed(1)} days/s`,
      target: '—',
      ok: true,
      words: `two processes, ${Math.round(all.seconds)} s`,
    },
  ]
}
