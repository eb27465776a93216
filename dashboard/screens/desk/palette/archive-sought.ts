// What the archive is asked for: its sheets know places by their ids and matters by their codes, and what was said by its words.
import type { ArchiveWish } from '../../../link/judging.ts'
import type { PlaceId } from '#contract/ids'
import { inWords } from '../../../words/words.ts'
import { airy, placeName } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { wordsOf } from './finder.ts'
import type { Finder } from './finder.ts'
import type { PaletteEntry } from './entries.ts'

/** So many are asked for, newest first. */
const most = 20
/** One letter would bring the newest cases, whatever they are. */
const least = 2

const same = (name: string, word: string) => {
  const plain = (text: string) => text.toLowerCase().replace(/\s+/g, '')
  return plain(name).startsWith(plain(word))
}

/** Null: too little was typed. `places`: as the palette lists them. */
export function archiveSought(
  typed: string,
  facts: Facts,
  places: readonly PaletteEntry[],
  finder: Finder,
): ArchiveWish | null {
  if (typed.trim().length < least) return null
  const left: string[] = []
  let place: PlaceId | undefined
  let code: string | undefined
  for (const word of wordsOf(typed)) {
    const matter = [...facts.matters.values()].find(({ words }) => same(inWords(words), word))
    const [first] = place ? [] : finder.find(word, places, 1)
    if (matter && !code) code = matter.code
    else if (first?.one.target.to === 'place' && named(facts, first.one.target.id, word)) place = first.one.target.id
    else left.push(word)
  }
  // What was said is one run of words; a matter is named by its code where nothing else was said.
  const text = left.length ? left.join(' ') : code
  return { ...(text ? { text } : {}), ...(place ? { place } : {}), limit: most }
}

/** As the place is written, or as it sounds; not merely somewhere within its name. */
const named = (facts: Facts, id: PlaceId, word: string) =>
  same(airy(placeName(facts, id)), word) || /^[a-z]{2,}$/.test(word)
