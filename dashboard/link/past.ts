// The board as it was, and everything that changed it between two moments, line by line as it comes.
import type { Instant } from '#contract/ids'
import type { BoardView, Patch } from '#contract/patch'
import { ask, query, type Asked, type Fetch, type No } from './ask.ts'

export interface Changes {
  start: BoardView
  patches: Patch[]
}

/** The first line is the board at `from`, then what changed it up to `to`. */
export async function askChanges(fetch: Fetch, from: Instant, to: Instant): Promise<Asked<Changes>> {
  try {
    const answer = await fetch(`/api/past/changes${query({ from, to })}`, { credentials: 'same-origin' })
    if (!answer.ok) return (await ask(() => Promise.resolve(answer), '')) as No
    return { ok: true, answer: readChanges(await answer.text()) }
  } catch {
    return { ok: false, refusal: 'unreachable', words: null }
  }
}

/** Throws where a line is cut short: half of what happened would be a false past. */
export function readChanges(text: string): Changes {
  const [first, ...rest] = text.split('\n').filter((line) => line.trim())
  if (!first) throw new Error('no board in it')
  return { start: JSON.parse(first) as BoardView, patches: rest.map((line) => JSON.parse(line) as Patch) }
}
