// How far behind the street each step is: from a report's coming in to the line, and from there to the glass of walls and phones.
import { z } from 'zod'
import { Instant } from '#contract/ids'
import type { Role } from '#contract/roles'
import type { Lag, Lags } from '#contract/wire'
import { openAllowance } from './line-allowance.ts'

export interface LagScreen {
  /** What the screen says; nonsense is left out without a word. */
  drawn(said: unknown): void
  leave(): void
}

export interface LagMeter {
  /** A report was handed to the line so long after it came in. */
  handed(seconds: number): void
  /** A pulse, or a patch that brings a level I or II, of that time went out: only of these can anything be drawn. */
  told(at: Instant): void
  /** Null where such a screen is not measured, or enough are. */
  screen(role: Role): LagScreen | null
  all(): Lags
}

type Kind = 'wall' | 'phone'
const kindOf: Partial<Record<Role, Kind>> = { wall: 'wall', officer: 'phone', property: 'phone' }

const Drawn = z.object({ at: Instant, revision: z.int().min(0) })

/** A figure is of now or of nothing: what is older says nothing. */
const windowMs = 30_000
/** Of one screen: half a minute of pulses would be fifteen; the last half of them is enough for a middle. */
const mostSamples = 8
/** Of one kind: five hundred phones say how five thousand fare. */
const mostScreens = 500
const mostTold = 256

interface Sample {
  /** Of what was drawn. */
  of: Instant
  at: Instant
  milliseconds: number
}

interface LagNeeds {
  now: () => Instant
  pace?: number
  /** Each time that was taken, for whoever keeps more than the last half minute. */
  taken?: (kind: Kind, milliseconds: number) => void
}

export function openLagMeter({ now, pace = 1, taken }: LagNeeds): LagMeter {
  const screens: Record<Kind, Set<Sample[]>> = { wall: new Set(), phone: new Set() }
  const told: Instant[] = []
  let intake: number | null = null

  const fresh = ({ at }: Sample): boolean => now() - at < windowMs * pace

  function take(kind: Kind, samples: Sample[], said: unknown): void {
    const drawn = Drawn.safeParse(said)
    if (!drawn.success) return
    const [of, at] = [drawn.data.at, now()]
    const milliseconds = (at - of) / pace
    if (milliseconds < 0 || milliseconds > windowMs) return
    if (!told.includes(of) || samples.some((sample) => sample.of === of)) return
    samples.push({ of, at, milliseconds })
    taken?.(kind, milliseconds)
    if (samples.length > mostSamples) samples.shift()
  }

  function lagOf(kind: Kind): Lag | null {
    const own = [...screens[kind]].map((samples) => samples.filter(fresh)).filter((samples) => samples.length > 0)
    if (own.length === 0) return null
    const all = own.flat()
    return {
      milliseconds: rounded(middle(own.map((samples) => middle(samples.map((sample) => sample.milliseconds))))),
      worst: rounded(Math.max(...all.map((sample) => sample.milliseconds))),
      screens: own.length,
      at: Math.max(...all.map((sample) => sample.at)),
    }
  }

  return {
    handed: (seconds) => void (intake = rounded(seconds * 1000)),
    told(at) {
      if (told.at(-1) === at) return
      told.push(at)
      if (told.length > mostTold) told.shift()
    },
    screen(role) {
      const kind = kindOf[role]
      if (!kind || screens[kind].size >= mostScreens) return null
      const samples: Sample[] = []
      screens[kind].add(samples)
      const may = openAllowance(6, 2 / pace, now)
      return {
        drawn: (said) => void (may() && take(kind, samples, said)),
        leave: () => void screens[kind].delete(samples),
      }
    },
    all: () => ({ intake, wall: lagOf('wall'), phone: lagOf('phone') }),
  }
}

const middle = (figures: number[]): number => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)]!

/** As fine as a person cares for: a figure that trembles is no calmer than a clock. */
function rounded(milliseconds: number): number {
  const step = milliseconds < 20 ? 1 : milliseconds < 100 ? 5 : milliseconds < 1000 ? 10 : 100
  return Math.round(milliseconds / step) * step
}
