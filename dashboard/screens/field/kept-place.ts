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
  try {
    const known = JSON.parse(text) as Partial<Known> | null
    if (isWhole(known)) return now - known.at < oldestMs ? known : null
  } catch {
    // Cut off in mid-write: it is away like what is not whole.
  }
  // A place that cannot be read is no place; the phone opens all the same, and the next one known is written over it.
  storage.removeItem(name)
  return null
}

const isWhole = (known: Partial<Known> | null): known is Known =>
  typeof known?.at === 'number' && typeof known.point?.lon === 'number' && typeof known.point.lat === 'number'
