// Rules on their way to a screen: each has a name by what it says, and what the screen does not hold goes gzipped.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Scenario } from '#contract/scenario'
import type { Welcome } from '#contract/wire'

export interface RulePack {
  /** `held`: what the screen says it holds; undefined of one that cannot unpack, which gets all as they are. */
  tell(rules: Scenario[], held: readonly string[] | undefined): Pick<Welcome, 'scenarios' | 'rules' | 'packed'>
}

/** Packing is once a change, not once a screen: what most screens want is what the last one wanted. */
export function openRulePack(): RulePack {
  const names = new WeakMap<Scenario, string>()
  let last: { wanted: string; packed: Uint8Array } | null = null

  function nameOf(rule: Scenario): string {
    const known = names.get(rule)
    if (known !== undefined) return known
    // Not its version: another build may read more, or less, out of the same file.
    const name = createHash('sha256').update(JSON.stringify(rule)).digest('base64url').slice(0, 16)
    names.set(rule, name)
    return name
  }

  function packed(rules: readonly Scenario[]): Uint8Array {
    const named = new Map(rules.map((rule) => [nameOf(rule), rule]))
    const wanted = [...named.keys()].join()
    if (last?.wanted !== wanted) last = { wanted, packed: gzipSync(JSON.stringify(Object.fromEntries(named))) }
    return last.packed
  }

  return {
    tell(rules, held) {
      if (!held) return { scenarios: rules }
      const holds = new Set(held)
      const missing = rules.filter((rule) => !holds.has(nameOf(rule)))
      return { scenarios: [], rules: rules.map(nameOf), ...(missing.length > 0 && { packed: packed(missing) }) }
    },
  }
}
