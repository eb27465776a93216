// What each source sent since this start: taken, refused, over its quota, how often a minute, in which dialects, and the last no.
import type { Instant, SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'

export interface SourceTally {
  taken: number
  refused: number
  /** Told to come again later, and when that was last. */
  over: { times: number; lastAt: Instant | null }
  dialects: string[]
  /** Reports in the minute and in the hour that are just over. */
  rate: { minute: number; hour: number }
  /** `words`: as they were told it. */
  lastNo: { at: Instant; refusal: Refusal; words: string } | null
}

export interface SourceTallies {
  /** One body of it, settled. */
  add(id: SourceId, dialect: string, results: readonly IntakeAnswer[]): void
  /** Not even read: its proof is wrong, or it has sent too much. */
  turnedAway(id: SourceId, refusal: Refusal, words: string): void
  of(id: SourceId): SourceTally
}

/** A name nobody knows is no dialect it speaks. */
const isKnown = (result: IntakeAnswer): boolean => result.ok || result.refusal !== 'dialect-unknown'

const minute = 60_000
const kept = 60
const mostDialects = 20

interface Known extends Omit<SourceTally, 'rate' | 'dialects'> {
  dialects: Set<string>
  /** How many came in each minute, by which minute that was. */
  minutes: Map<number, number>
}

export function openSourceTallies({ now }: { now: () => Instant }): SourceTallies {
  const all = new Map<SourceId, Known>()
  const blank = (): Known => ({
    ...{ taken: 0, refused: 0, over: { times: 0, lastAt: null }, lastNo: null },
    ...{ dialects: new Set(), minutes: new Map() },
  })

  function knownAs(id: SourceId): Known {
    const known = all.get(id) ?? blank()
    all.set(id, known)
    return known
  }

  function refused(known: Known, refusal: Refusal, words: string): void {
    known.lastNo = { at: now(), refusal, words }
    if (refusal === 'over-quota') known.over = { times: known.over.times + 1, lastAt: now() }
    else known.refused++
  }

  function count(known: Known, reports: number): void {
    const which = Math.floor(now() / minute)
    const sofar = known.minutes.get(which)
    known.minutes.set(which, (sofar ?? 0) + reports)
    if (sofar !== undefined) return
    for (const old of known.minutes.keys()) if (old < which - kept || old > which) known.minutes.delete(old)
  }

  return {
    add(id, dialect, results) {
      const known = knownAs(id)
      if (known.dialects.size < mostDialects && results.every(isKnown)) known.dialects.add(dialect)
      count(known, results.length)
      for (const result of results)
        if (result.ok) known.taken++
        else refused(known, result.refusal, result.words)
    },
    turnedAway: (id, refusal, words) => refused(knownAs(id), refusal, words),
    of(id) {
      const { dialects, minutes, ...known } = all.get(id) ?? blank()
      const which = Math.floor(now() / minute)
      const hour = [...minutes].reduce((sum, [at, reports]) => (at > which - kept ? sum + reports : sum), 0)
      // The minute that is going on says too little, the one before it is whole.
      const last = Math.max(minutes.get(which) ?? 0, minutes.get(which - 1) ?? 0)
      return { ...known, dialects: [...dialects].sort(), rate: { minute: last, hour } }
    },
  }
}
