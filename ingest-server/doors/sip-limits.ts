// How much one address may say: a device gone mad, or somebody who guesses, takes nothing from the others.
import type { Instant } from '#contract/ids'

export interface Limits {
  /** False where this address has said more than anybody has to say. */
  mayStill(address: string): boolean
  /** A password was wrong. */
  wrong(address: string): void
  /** True where too many were: nothing it says is looked at for a while. */
  guesses(address: string): boolean
}

const perSecond = 100
const atOnce = 300
const mostWrong = 20
const wrongForMs = 5 * 60_000
const mostAddresses = 20_000

export function openLimits(now: () => Instant): Limits {
  const buckets = new Map<string, { left: number; at: Instant }>()
  const tries = new Map<string, { times: number; since: Instant }>()

  function put<T>(map: Map<string, T>, address: string, value: T): void {
    map.delete(address)
    if (map.size >= mostAddresses) map.delete(map.keys().next().value ?? address)
    map.set(address, value)
  }

  return {
    mayStill(address) {
      const { left, at } = buckets.get(address) ?? { left: atOnce, at: now() }
      const filled = Math.min(atOnce, left + (Math.max(0, now() - at) * perSecond) / 1000)
      put(buckets, address, { left: Math.max(0, filled - 1), at: now() })
      return filled >= 1
    },
    wrong(address) {
      const before = tries.get(address)
      const goesOn = before && now() - before.since < wrongForMs
      put(tries, address, goesOn ? { ...before, times: before.times + 1 } : { times: 1, since: now() })
    },
    guesses(address) {
      const found = tries.get(address)
      return found !== undefined && found.times >= mostWrong && now() - found.since < wrongForMs
    },
  }
}
