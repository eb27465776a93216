// The one list of the palette: grouped, the group with the best line first, each only as long as an eye takes in.
import type { Group, PaletteEntry } from './entries.ts'
import type { Finder } from './finder.ts'

export interface PaletteGroup {
  group: Group
  entries: PaletteEntry[]
  /** Found and not shown. */
  hidden: number
}

const shown: Record<Group, number> = {
  ...{ recent: 6, verb: 6, case: 8, place: 5, person: 5, thing: 5, page: 6, setting: 4, archived: 8 },
}
/** Before anything is typed: where one was, what may be done, where one may go. */
const atRest: readonly Group[] = ['recent', 'verb', 'page', 'setting']
const shownAtRest: Partial<Record<Group, number>> = { recent: 6, verb: 5, page: 14, setting: 6 }
/** What was used lately is meant again. */
const recentLift = 12

export function linesAtRest(entries: readonly PaletteEntry[], recent: readonly string[]): PaletteGroup[] {
  const byKey = new Map(entries.map((one) => [one.key, one]))
  const lately = recent.flatMap((key) => byKey.get(key) ?? [])
  const isSend = (one: PaletteEntry) => one.target.to === 'send' || one.key.startsWith('shelve ')
  return atRest
    .map((group) => (group === 'recent' ? lately : entries.filter((one) => one.group === group && !isSend(one))))
    .flatMap((found, nth) => {
      const group = atRest[nth]!
      return grouped(group, found.slice(0, shownAtRest[group]), 0)
    })
}

export function linesFor(
  typed: string,
  entries: Iterable<PaletteEntry>,
  finder: Finder,
  recent: readonly string[],
): PaletteGroup[] {
  const lately = new Set(recent)
  const lifted = (one: PaletteEntry, score: number) => score + (lately.has(one.key) ? recentLift : 0)
  const found = finder
    .find(typed, entries)
    .map(({ one, score }) => ({ one, score: lifted(one, score) }))
    .sort((a, b) => b.score - a.score)
  const groups = new Map<Group, PaletteEntry[]>()
  // The first of each group stands as the whole list does: so the groups come by their best.
  for (const { one } of found) {
    const list = groups.get(one.group) ?? []
    groups.set(one.group, list)
    list.push(one)
  }
  return [...groups].flatMap(([group, list]) =>
    grouped(group, list.slice(0, shown[group]), Math.max(0, list.length - shown[group])),
  )
}

const grouped = (group: Group, entries: PaletteEntry[], hidden: number): PaletteGroup[] =>
  entries.length ? [{ group, entries, hidden }] : []

/** In the order they stand, as the arrow keys walk them. */
export const inOrder = (groups: readonly PaletteGroup[]): PaletteEntry[] => groups.flatMap(({ entries }) => entries)
