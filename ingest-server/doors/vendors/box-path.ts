// What stands at a JSONPath. Plain ones, names and numbers, are walked: to read each path anew for each alarm costs fifty times as much.
import { query, type JsonValue } from 'jsonpath-rfc9535'

const plain = /^\$(?:\.[A-Za-z_]\w*|\[\d{1,6}\])*$/
const step = /\.(\w+)|\[(\d+)\]/g

/** The first value at this path, as RFC 9535 has it; undefined where there is none. */
export function firstAt(value: JsonValue, path: string): JsonValue | undefined {
  if (!plain.test(path)) return query(value, path)[0]
  let here: JsonValue | undefined = value
  for (const [, name, index] of path.matchAll(step)) {
    if (typeof here !== 'object' || here === null) return undefined
    const at: string | number = name ?? Number(index)
    if (Array.isArray(here) !== (name === undefined) || !Object.hasOwn(here, at)) return undefined
    here = (here as Record<string | number, JsonValue>)[at]
  }
  return here
}
