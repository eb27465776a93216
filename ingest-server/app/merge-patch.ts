// JSON Merge Patch (RFC 7396): what a level says otherwise than the one above it; and the difference of two rules, line by line.
import type { RuleLine } from '#contract/rules'
import { pathOf } from './rule-file.ts'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `null` takes a field away; a list is replaced whole; neither of the two is written to. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch
  const merged = new Map(Object.entries(isFields(target) ? target : {}))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), value))
  }
  // Defined, not assigned: a field called `__proto__` is a field like any other.
  return Object.fromEntries(merged)
}

/** Leaf by leaf, in the order of the fields; `above` or `ours` is absent where it is not there. */
export function linesOf(above: unknown, ours: unknown, path: readonly PropertyKey[] = []): RuleLine[] {
  if (above === undefined && ours === undefined) return []
  const keys = keysOf(above, ours)
  if (keys) return keys.flatMap((key) => linesOf(fieldOf(above, key), fieldOf(ours, key), [...path, key]))
  if (JSON.stringify(above) === JSON.stringify(ours)) return []
  return [{ path: pathOf(path), ...(above !== undefined && { above }), ...(ours !== undefined && { ours }) }]
}

/** Both alike: then what lies in them is compared, else they are two values. */
function keysOf(above: unknown, ours: unknown): readonly PropertyKey[] | null {
  if (Array.isArray(above) && Array.isArray(ours))
    return Array.from({ length: Math.max(above.length, ours.length) }, (_, i) => i)
  if (isFields(above) && isFields(ours)) return [...new Set([...Object.keys(above), ...Object.keys(ours)])]
  return null
}

const fieldOf = (of: unknown, key: PropertyKey): unknown =>
  Object.hasOwn(of as object, key) ? (of as Record<PropertyKey, unknown>)[key] : undefined
