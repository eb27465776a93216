// Where this phone last was, kept on it: a call for help from a dead spot still says where, and how old that is.
import type { Kept } from '../../link/storage.ts'
import type { Known } from '../../stores/here.ts'

const name = 'sanping.here.1'
/** Older than a shift it misleads. */
const oldestMs = 12 * 3_600_000

export function keepPlace(storage: Kept, known: Known | null): void {
  if (known) storage.setItem(name, JSON.stringify(known))
  else storage.removeItem(name)
}

export function keptPlace(storage: Kept, now = Date.now()): Known | null {
  const text = storage.getItem(name)
  if (!text) return null
  const known = JSON.parse(text) as Known
  return now - known.at < oldestMs ? known : null
}
