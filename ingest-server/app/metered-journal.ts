// The journal with a stopwatch on its appends.
import type { Journal } from '../journal/journal.ts'

/** `seconds` runs ever forwards; `observe` hears how many lines an append kept and how long it took, where it did. */
export const meteredJournal = (
  journal: Journal,
  seconds: () => number,
  observe: (lines: number, took: number) => void,
): Journal => ({
  ...journal,
  async append(after, entries) {
    const started = seconds()
    const head = await journal.append(after, entries)
    observe(entries.length, seconds() - started)
    return head
  },
})
