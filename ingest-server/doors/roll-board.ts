// What a district or a city holds of those below it: the last word of each, how old it is, and the orders on their way down.
import type { CaseId, Instant } from '#contract/ids'
import { stoppedAfterMs, type RollPatch, type RollStreet, type RollView, type UrgeShown } from '#contract/roll'
import { streetKindOf, type StreetId } from '#contract/streets'
import type { SummaryHeard, SummarySaid, UrgeAnswer, UrgeBelow } from '#contract/summary'
import type { Summaries } from '../records/port-summaries.ts'
import type { Below, Self } from './roll-port.ts'

interface BoardNeeds {
  self: Self
  /** Those that are listed below it; live. */
  below: () => readonly Below[]
  kept: Summaries
  now: () => Instant
  newId: () => string
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

export interface RollBoard {
  /** `from`: as it was proved to be. What is not newer than what is held is refused, and what is held said. */
  hear(from: StreetId, said: SummarySaid): SummaryHeard
  /** Sends one case's order down; it goes with the street's next word. */
  urge(asked: Pick<UrgeBelow, 'street' | 'number' | 'reason'> & { from: string; id?: string }): UrgeShown | null
  /** What became of it, once that is known. */
  answerTo(id: string): Promise<UrgeShown>
  /** Another process of this tenant sent it down. */
  noteUrge(one: UrgeShown): void
  /** Each order as it changes, for the other processes of this tenant. Returns the stop. */
  followUrges(tell: (one: UrgeShown) => void): () => void
  view(): RollView
  /** Told at most once a second what is another. Returns the stop. */
  follow(tell: (patch: RollPatch) => void): () => void
  /** Each word that was taken, for the other processes of this tenant. Returns the stop. */
  followHeard(tell: (from: StreetId, said: SummarySaid) => void): () => void
  close(): Promise<void>
}

export const toldEveryMs = 1000
/** What a restart shows is no older than this when it was live. */
const keptEveryMs = 5000
const forgottenAfterMs = 86_400_000
const mostUrges = 200

interface Held extends RollStreet {
  /** The last word's own time: nothing of before is taken. */
  at: Instant
}

export async function openRollBoard(needs: BoardNeeds): Promise<RollBoard> {
  const { self, below, kept, now, newId, every, onFault } = needs
  const streets = new Map<string, Held>()
  const urges = new Map<string, UrgeShown>()
  const unkept = new Set<string>()
  const told = new Map<string, RollStreet>()
  const followers = new Set<(patch: RollPatch) => void>()
  const listeners = new Set<(from: StreetId, said: SummarySaid) => void>()
  const urgeListeners = new Set<(one: UrgeShown) => void>()
  const waiting = new Map<string, (one: UrgeShown) => void>()
  let urgesChanged = false
  let keeping: Promise<void> = Promise.resolve()

  // The last that was known before this start, and nothing says that it still is so.
  for (const { summary, origin, outline, heardAt } of await kept.all()) {
    const { street: id, words, at } = summary
    streets.set(id, { id, kind: streetKindOf(id), words, origin, outline, summary, heardAt, isStopped: true, at })
  }
  for (const one of await kept.urges(mostUrges)) urges.set(one.id, one)
  list()
  remember(shown())

  /** Those that are listed and not yet heard of stand there empty. */
  function list(): void {
    const all = below()
    for (const one of all) {
      const held = streets.get(one.id)
      if (held) Object.assign(held, { words: one.words, origin: one.origin ?? held.origin })
      else streets.set(one.id, { ...one, outline: null, summary: null, heardAt: null, isStopped: false, at: 0 })
    }
  }

  function hear(from: StreetId, { summary, answers, origin, outline }: SummarySaid): SummaryHeard {
    const held = streets.get(from)
    const before = held?.summary
    const isNewer = !before || summary.revision > before.revision || sameLater(summary, held)
    if (!isNewer || summary.street !== from)
      return { ok: false, revision: before?.revision ?? 0, urges: [], wantsOutline: false }
    const { words, at } = summary
    streets.set(from, {
      ...{ id: from, kind: streetKindOf(from), words: held?.words ?? words },
      // A heartbeat says the same again: the record stays, only its age is another.
      summary: before?.revision === summary.revision ? { ...before, at } : summary,
      ...{ origin: origin ?? held?.origin ?? null, outline: outline ?? held?.outline ?? null },
      ...{ heardAt: now(), isStopped: false, at },
    })
    unkept.add(from)
    for (const answer of answers) answered(from, answer)
    for (const tell of listeners) tell(from, { summary, answers, origin, ...(outline && { outline }) })
    return {
      ...{ ok: true, revision: summary.revision, wantsOutline: streets.get(from)!.outline === null },
      urges: [...urges.values()].filter((one) => one.state === 'waiting' && one.street.startsWith(from)).map(asAsked),
    }
  }

  function answered(from: StreetId, { id, ok, refusal }: UrgeAnswer): void {
    const asked = urges.get(id)
    if (!asked?.street.startsWith(from) || asked.state !== 'waiting') return
    set({ ...asked, state: ok ? 'given' : 'refused', ...(refusal !== undefined && { refusal }) })
  }

  function note(one: UrgeShown): void {
    urges.set(one.id, one)
    urgesChanged = true
    if (one.state === 'waiting') return
    waiting.get(one.id)?.(one)
    waiting.delete(one.id)
  }

  function set(one: UrgeShown): void {
    note(one)
    for (const tell of urgeListeners) tell(one)
    keeping = keeping.then(() => kept.keepUrge(one)).catch(onFault)
  }

  /** Whether this very case is on its list; a number nobody told us of leads nowhere. */
  const isListed = (street: StreetId, number: CaseId): boolean =>
    [...streets.values()].some(({ summary }) =>
      summary?.grave.some((one) => one.street === street && one.number === number),
    )

  function shown(): RollStreet[] {
    return [...streets.values()].map(({ at: _at, ...one }) => one).sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  function remember(all: readonly RollStreet[]): void {
    told.clear()
    for (const one of all) told.set(one.id, one)
  }

  function tell(): void {
    const at = now()
    list()
    for (const one of streets.values()) if (isGone(one, at)) streets.delete(one.id)
    for (const one of streets.values())
      if (one.heardAt !== null && !one.isStopped && at - one.heardAt > stoppedAfterMs) one.isStopped = true
    const all = shown()
    const put = all.map((one) => changeOf(told.get(one.id), one)).filter((one) => one !== null)
    const remove = [...told.keys()].filter((id) => !streets.has(id))
    if (put.length === 0 && remove.length === 0 && !urgesChanged) return
    remember(all)
    const patch: RollPatch = { at, put, remove, ...(urgesChanged && { urges: newest(urges) }) }
    urgesChanged = false
    for (const follower of followers) follower(patch)
  }

  /** Listed no longer, and not heard of for a day. */
  const isGone = ({ id, heardAt }: Held, at: Instant): boolean =>
    at - (heardAt ?? 0) > forgottenAfterMs && !below().some((one) => one.id === id)

  function keep(): void {
    const rows = [...unkept].flatMap((id) => {
      const { summary, origin, outline, heardAt } = streets.get(id) ?? {}
      return summary ? [{ summary, origin: origin ?? null, outline: outline ?? null, heardAt: heardAt ?? 0 }] : []
    })
    unkept.clear()
    if (rows.length > 0) keeping = keeping.then(() => kept.keep(rows)).catch(onFault)
  }

  const stops = [every(toldEveryMs, tell), every(keptEveryMs, keep)]
  return {
    hear,
    urge({ street, number, reason, from, id = newId() }) {
      const known = urges.get(id)
      if (known) return known
      if (!isListed(street, number)) return null
      const one: UrgeShown = { id, street, number, reason, from, at: now(), state: 'waiting' }
      set(one)
      for (const old of [...urges.keys()].slice(0, -mostUrges)) urges.delete(old)
      return one
    },
    answerTo(id) {
      const known = urges.get(id)
      return known && known.state !== 'waiting'
        ? Promise.resolve(known)
        : new Promise((answer) => waiting.set(id, answer))
    },
    noteUrge: note,
    followUrges(tellOne) {
      urgeListeners.add(tellOne)
      return () => void urgeListeners.delete(tellOne)
    },
    view: () => ({ self, streets: [...told.values()], urges: newest(urges) }),
    follow(tellOne) {
      followers.add(tellOne)
      return () => void followers.delete(tellOne)
    },
    followHeard(tellOne) {
      listeners.add(tellOne)
      return () => void listeners.delete(tellOne)
    },
    async close() {
      for (const stop of stops) stop()
      keep()
      await keeping
    },
  }
}

const newest = (urges: ReadonlyMap<string, UrgeShown>): UrgeShown[] => [...urges.values()].slice(-50)

const sameLater = ({ revision, at }: { revision: number; at: Instant }, held: Held | undefined): boolean =>
  held?.summary?.revision === revision && at > held.at

const asAsked = ({ state: _state, refusal: _refusal, ...asked }: UrgeShown): UrgeBelow => asked

/** What goes over the line of one street: of its summary only the fields that say something else; its age alone is not news. */
export function changeOf(before: RollStreet | undefined, now: RollStreet): RollPatch['put'][number] | null {
  if (!before) {
    const { summary, ...rest } = now
    return { ...rest, ...(summary && { summary }) }
  }
  const { summary, ...rest } = now
  const change: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(rest))
    if (key !== 'heardAt' && !same(value, before[key as keyof RollStreet])) change[key] = value
  const fields = summary && summary.revision !== before.summary?.revision ? fieldsOf(before, summary) : null
  if (Object.keys(change).length === 0 && !fields) return null
  return { id: now.id, heardAt: now.heardAt, ...change, ...(fields && { summary: fields }) }
}

function fieldsOf({ summary: before }: RollStreet, now: NonNullable<RollStreet['summary']>) {
  const entries = Object.entries(now).filter(([key, value]) => !before || !same(value, before[key as keyof typeof now]))
  return Object.fromEntries(entries) as Partial<typeof now>
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
