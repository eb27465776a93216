// What may be said after `npm run demo --`.
import { parseArgs } from 'node:util'

export interface DemoOptions {
  pace: number
  seed: number
  at: string
  fail: 'camera' | 'net' | 'flood' | null
  lan: boolean
  /** How it opens: with a fire after a rush, after a rush alone, or as an ordinary hour. */
  opening: (typeof openings)[number]
}

const openings = ['fire', 'busy', 'quiet'] as const

/** Throws one sentence that names the option. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      speed: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      at: { type: 'string', default: '11:38' },
      fail: { type: 'string' },
      lan: { type: 'boolean', default: false },
      opening: { type: 'string', default: 'fire' },
    },
  })
  const pace = Number(values.speed)
  if (!(pace >= 0.1 && pace <= 600)) throw new Error(`--speed wants a number from 0.1 to 600, not "${values.speed}"`)
  const seed = Number(values.seed)
  if (!Number.isInteger(seed)) throw new Error(`--seed wants a whole number, not "${values.seed}"`)
  const opening = openings.find((one) => one === values.opening)
  if (!opening) throw new Error(`--opening wants ${openings.join(', ')}, not "${values.opening}"`)
  const fail = values.fail ?? null
  if (fail !== null && fail !== 'camera' && fail !== 'net' && fail !== 'flood')
    throw new Error(`--fail wants camera, net or flood, not "${fail}"`)
  return { pace, seed, at: values.at, fail, lan: values.lan, opening }
}
