// Finds among ten thousand things while somebody types: what is written, how it sounds, the best first.
import type { Spell, Spelled } from './spelling.ts'

/** One thing one may be found by. */
export interface Heard {
  text: string
  /** 1 for its name, less for what is only said about it. */
  worth: number
  /** Typed by its sound too: of whole sentences that would find everything. */
  sounds?: boolean
  /** A person's name, whose head may sound otherwise. */
  isName?: boolean
}

export interface Findable {
  key: string
  heard: readonly Heard[]
  /** Of two that fit alike the weightier stands first: 0 … 10. */
  lift: number
}

export interface Found<T> {
  one: T
  score: number
}

/** One text, made ready once however many things bear it: ten thousand cases have a few hundred names between them. */
interface Ready {
  low: string
  tight: string
  sound: Spelled | null
  /** How well the word of this turn fits; asked of each text once a turn. */
  turn: number
  fit: number
}
interface Field {
  ready: Ready
  worth: number
}

/** How well a word fits, best first; what is not there fits not at all. */
const fits = { whole: 100, head: 80, soundWhole: 70, initials: 62, word: 60, sound: 56, inside: 45, innerSound: 30 }
const isTyped = /^[a-z0-9]+$/
const isEdge = /[\s·›,()（）「」\-/]/

/**
 * `spell` null: what is written alone, until the readings are there.
 * A thing is read once and for as long as it is the same object.
 */
export function openFinder(spell: Spell | null) {
  const fieldsOf = new WeakMap<Findable, readonly Field[]>()
  const texts = new Map<string, Ready>()
  let turn = 0

  function readyFor({ text, sounds, isName }: Heard): Ready {
    const key = `${sounds ? (isName ? 2 : 1) : 0}${text}`
    const known = texts.get(key)
    if (known) return known
    const low = text.toLowerCase()
    const sound = spell && sounds ? spell(text, isName) : null
    const ready = { low, tight: low.replace(/\s+/g, ''), sound, turn: 0, fit: 0 }
    texts.set(key, ready)
    return ready
  }
  function read(one: Findable): readonly Field[] {
    const known = fieldsOf.get(one)
    if (known) return known
    const fields = one.heard.map((heard) => ({ ready: readyFor(heard), worth: heard.worth }))
    fieldsOf.set(one, fields)
    return fields
  }
  function fitOnce(word: string, ready: Ready): number {
    if (ready.turn !== turn) {
      ready.turn = turn
      ready.fit = fitOf(word, ready)
    }
    return ready.fit
  }

  /** Those that bear the word, and how well the best of their texts fits it. */
  function bearing<T extends Findable>(word: string, among: Iterable<Found<T>>, share: number): Found<T>[] {
    turn++
    const found: Found<T>[] = []
    for (const { one, score } of among) {
      let best = 0
      for (const { ready, worth } of read(one)) best = Math.max(best, worth * fitOnce(word, ready))
      if (best > 0) found.push({ one, score: score + best * share })
    }
    return found
  }

  return {
    /** The best first; alike, as they were given. */
    find<T extends Findable>(typed: string, among: Iterable<T>, most = Number.POSITIVE_INFINITY): Found<T>[] {
      const words = wordsOf(typed)
      if (!words.length) return []
      let found = Array.from(among, (one) => ({ one, score: one.lift }))
      // Every word typed must be found somewhere; the more it is the name itself, the better.
      for (const word of words) found = bearing(word, found, 1 / words.length)
      return found.sort((a, b) => b.score - a.score).slice(0, most)
    },
  }
}
export type Finder = ReturnType<typeof openFinder>

/** 「派给　李强」 is two words, whichever space stood between them. */
export const wordsOf = (typed: string): string[] =>
  typed
    .toLowerCase()
    .split(/[\s\u3000]+/)
    .filter(Boolean)

function fitOf(word: string, { low, tight, sound }: Ready): number {
  if (low === word || tight === word) return fits.whole
  const at = low.indexOf(word)
  if (at === 0) return fits.head
  if (at > 0) return isEdge.test(low[at - 1]!) ? fits.word : fits.inside
  if (tight.includes(word)) return fits.inside
  return sound && isTyped.test(word) ? soundOf(word, sound) : 0
}

function soundOf(word: string, { initials, full, starts }: Spelled): number {
  if (initials === word || full === word) return fits.soundWhole
  if (initials.startsWith(word)) return fits.initials
  if (full.startsWith(word)) return fits.sound
  // One letter is in everything.
  if (word.length < 2) return 0
  if (initials.includes(word)) return fits.innerSound
  for (let at = full.indexOf(word); at > 0; at = full.indexOf(word, at + 1)) if (starts.has(at)) return fits.innerSound
  return 0
}
