// A journal whose disk does what the test says: holds an append, fails it, or loses its answer after it landed.
import type { Entry } from '#contract/event'
import { NotInStep } from '../../ingest-server/journal/journal.ts'
import type { Head, Journal } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'

export type Mishap = 'fails' | 'answer-lost' | 'not-in-step'

export interface HeldJournal extends Journal {
  /** How many entries each append that was tried carried. */
  appends: number[]
  /** The next appends meet these, one each. */
  mishaps: (Mishap | Error)[]
  /** While true no append lands; `false` lets the waiting one through. */
  hold(held: boolean): void
}

export function openHeldJournal(inner: Journal = openMemoryJournal()): HeldJournal {
  let release = () => {}
  let gate: Promise<void> | null = null
  const held: HeldJournal = {
    ...inner,
    appends: [],
    mishaps: [],
    hold(on) {
      release()
      gate = on ? new Promise((open) => (release = open)) : null
    },
    async append(after: Head, entries: readonly Entry[]) {
      held.appends.push(entries.length)
      await gate
      const mishap = held.mishaps.shift()
      if (mishap instanceof Error) throw mishap
      if (mishap === 'fails') throw new Error('no space left on device')
      if (mishap === 'not-in-step') throw new NotInStep('somebody else wrote')
      const head = await inner.append(after, entries)
      if (mishap === 'answer-lost') throw new Error('the connection broke before the answer came')
      return head
    },
  }
  return held
}
