// Places of an account as a person names them: each of the map by a name that is only its own.
import type { PlaceId } from '#contract/ids'
import { placeNamed, type Places } from './place-names.ts'

export interface NamedPlace {
  id: PlaceId
  words: string
}

/** A name that two places share has the code of each beside it. */
export function namedPlaces(places: Places): NamedPlace[] {
  const times = new Map<string, number>()
  const all = [...places.keys()].map((id) => ({ id, words: placeNamed(places, id) }))
  for (const { words } of all) times.set(words, (times.get(words) ?? 0) + 1)
  return all.map(({ id, words }) => ({ id, words: (times.get(words) ?? 0) > 1 ? `${words} ${id}` : words }))
}

/** By its name or its code; null where neither is whole. */
export const placeTyped = (all: readonly NamedPlace[], typed: string): PlaceId | null => {
  const bare = (text: string) => text.replace(/\s/g, '').toLowerCase()
  return all.find(({ id, words }) => bare(typed) === bare(words) || bare(typed) === bare(id))?.id ?? null
}
