// One alarm of a camera that repeats it every second: from its first post to its last it is one event.
import { hash } from 'node:crypto'

/** A device posts the same alarm again and again while it lasts, without any id: only this memory makes it one. */
export interface Runs {
  /** The id of the event this post belongs to. `first`: the device itself says it is the first post of a new one. */
  active(key: string, at: number, first: boolean): { eventId: string; phase: 'new' | 'update' }
  /** The event that is over now, or null where none was known to run. The same end told again, whose answer was lost, is the same. */
  inactive(key: string, at: number): string | null
}

/** `quietMs`: after that long without a post the next one is another event. Kept in memory: after a restart the case's own correlation joins what goes on. */
export function openRuns({ quietMs, most }: { quietMs: number; most: number }): Runs {
  const runs = new Map<string, { from: number; last: number; endedAt?: number }>()
  const idOf = (key: string, from: number) => `${key}@${from}`

  return {
    active(key, at, first) {
      const run = runs.get(key)
      const isAnother = run?.endedAt !== undefined && at >= run.endedAt
      const goesOn =
        run && !isAnother && Math.abs(at - run.last) <= quietMs && at >= run.from && (!first || at === run.from)
      if (goesOn) {
        run.last = Math.max(run.last, at)
        return { eventId: idOf(key, run.from), phase: at === run.from ? 'new' : 'update' }
      }
      // The oldest goes: a Map keeps the order in which its keys came.
      runs.delete(key)
      if (runs.size >= most) runs.delete(runs.keys().next().value ?? key)
      runs.set(key, { from: at, last: at })
      return { eventId: idOf(key, at), phase: 'new' }
    },
    inactive(key, at) {
      const run = runs.get(key)
      if (!run || at < run.from || (run.endedAt ?? at) !== at) return null
      run.endedAt = at
      return idOf(key, run.from)
    },
  }
}

interface Told {
  /** Whose names these are. */
  sourceId: string
  /** What all posts of one alarm have in common, of any length. */
  named: string
  at: number
  isOver: boolean
  first?: boolean | undefined
}

/** Which event a post belongs to, and how far that has come; null for the end of one that never began here. */
export function grown(runs: Runs, { sourceId, named, at, isOver, first = false }: Told) {
  const key = `${sourceId}/${named.length <= 150 ? named : hash('sha256', named)}`
  const bare = (eventId: string) => eventId.slice(sourceId.length + 1)
  if (isOver) {
    const ended = runs.inactive(key, at)
    return ended === null ? null : { eventId: bare(ended), phase: 'end' as const }
  }
  const { eventId, phase } = runs.active(key, at, first)
  return { eventId: bare(eventId), phase }
}
