// What the walls above the streets show, made of what is held of those below: one reckoning for wall and table, so that no two disagree.
import type { Instant } from '#contract/ids'
import type { KpiPhase } from '#contract/kpi'
import { kpiPhases } from '#contract/kpi'
import type { Words } from '#contract/language'
import {
  levelsOf,
  middleOf,
  rolled,
  worstOf,
  type RollStreet,
  type RollView,
  type Sum,
  type UrgeShown,
} from '#contract/roll'
import type { Level } from '#contract/stage'
import type { Grave, Part } from '#contract/summary'

/** A street or a district as one tile. */
export interface Tile {
  id: string
  words: Words
  levels: readonly number[]
  open: number
  worst: Level | null
  overdue: number
  yellow: number
  /** Null: live; else everything of it is as it was then, 0 where it was never heard of. */
  stoppedAt: Instant | null
  outline: RollStreet['outline']
  /** Of the level right below. */
  street: RollStreet | null
}

/** A district with its streets, on a wall of many. */
export interface Group {
  id: string
  words: Words
  tile: Tile | null
  cells: Tile[]
}

export interface RollBook {
  sum: Sum
  open: number
  levels: readonly number[]
  tiles: Tile[]
  /** Streets wherever they are listed: right below, or within a district. */
  streets: Tile[]
  /** A district that stopped stands for all of its streets. */
  stopped: Tile[]
  stoppedStreets: number
  ranking: Tile[]
  groups: Group[]
  nameOf: (street: string) => Words
  urgeOf: (grave: Pick<Grave, 'street' | 'number'>) => UrgeShown | null
}

export function reckonRoll(view: RollView): RollBook {
  const sum = rolled(view.streets)
  const tiles = view.streets.map(tileOf)
  const within = view.streets.flatMap((one) => (one.kind === 'street' ? [] : partsOf(one)))
  const streets = [...tiles.filter(({ street }) => street?.kind === 'street'), ...within]
  const levels = levelsOf(sum)
  const names = new Map([...tiles, ...streets].map(({ id, words }) => [id, words]))
  const urges = new Map(view.urges.map((one) => [`${one.street} ${one.number}`, one]))
  const among = streets.length > 0 ? streets : tiles
  return {
    ...{ sum, levels, open: all(levels), tiles, streets },
    stopped: stoppedOf(tiles, within),
    stoppedStreets: among.filter(({ stoppedAt }) => stoppedAt !== null).length,
    ranking: among.filter(({ overdue, yellow }) => overdue + yellow > 0).toSorted(mostOverdue),
    groups: groupsOf(tiles, within),
    nameOf: (street) => names.get(street) ?? { zh: street, en: street },
    urgeOf: ({ street, number }) => urges.get(`${street} ${number}`) ?? null,
  }
}

const all = (levels: readonly number[]): number => levels.reduce((sum, n) => sum + n, 0)

function stoppedOf(tiles: readonly Tile[], within: readonly Tile[]): Tile[] {
  const above = tiles.filter(({ stoppedAt }) => stoppedAt !== null)
  const gone = new Set(above.map(({ id }) => id))
  return [...above, ...within.filter(({ id, stoppedAt }) => stoppedAt !== null && !gone.has(id.slice(0, 6)))]
}

const mostOverdue = (a: Tile, b: Tile): number => b.overdue - a.overdue || b.yellow - a.yellow || (a.id < b.id ? -1 : 1)

function tileOf(street: RollStreet): Tile {
  const { id, words, summary, heardAt, isStopped, outline } = street
  const levels = summary ? levelsOf(summary) : [0, 0, 0, 0]
  return {
    ...{ id, words, levels, open: all(levels), worst: worstOf(levels), outline, street },
    ...{ overdue: summary?.figures.overdue ?? 0, yellow: summary?.figures.yellow ?? 0 },
    stoppedAt: isStopped || !summary ? (heardAt ?? 0) : null,
  }
}

/** Of a district that stopped, its streets have stopped as well: nobody says how they are. */
const partsOf = ({ summary, isStopped, heardAt }: RollStreet): Tile[] =>
  (summary?.parts ?? []).map((part: Part) => ({
    ...{ id: part.street, words: part.words, levels: part.levels, open: all(part.levels), worst: worstOf(part.levels) },
    ...{ overdue: part.overdue, yellow: part.yellow, outline: null, street: null },
    stoppedAt: part.stoppedAt ?? (isStopped ? (heardAt ?? 0) : null),
  }))

/** Streets by their district, whether that is a tenant of its own or only the head of their codes. */
function groupsOf(tiles: readonly Tile[], within: readonly Tile[]): Group[] {
  const groups = new Map<string, Group>()
  const groupOf = (id: string): Group => {
    const known = groups.get(id)
    if (known) return known
    const made: Group = { id, words: { zh: id, en: id }, tile: null, cells: [] }
    groups.set(id, made)
    return made
  }
  for (const tile of tiles) {
    const group = groupOf(tile.id.slice(0, 6))
    if (tile.street?.kind === 'street') group.cells.push(tile)
    else Object.assign(group, { tile, words: tile.words })
  }
  for (const tile of within) groupOf(tile.id.slice(0, 6)).cells.push(tile)
  return [...groups.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** More than these are shown by district, in cells. */
export const mostTiles = 24
export const isByDistrict = ({ tiles, streets }: Pick<RollBook, 'tiles' | 'streets'>): boolean =>
  tiles.length > mostTiles || streets.length > tiles.length

/** Phases that something passed today. */
export const middlesOf = ({ took }: Pick<Sum, 'took'>): { phase: KpiPhase; ms: number }[] =>
  kpiPhases.flatMap((phase) => {
    const ms = middleOf(took, phase)
    return ms === null ? [] : [{ phase, ms }]
  })

/** `五里桥街道` → `五里桥`: a cell has room for little. */
export const shortName = ({ zh, en }: Words): Words => ({
  zh: zh.replace(/(?:街道|镇|乡|区)?(?:（示意）)?$/, '') || zh,
  en: en.replace(/ (?:Sub-district|District|Town)?(?:\(made up\))?$/i, '') || en,
})

/** How many columns so that `n` boxes of about `shape` (width to height) fill a room. */
export function columnsFor(n: number, room: number, shape: number): number {
  if (n === 0) return 1
  return Math.max(1, Math.min(n, Math.round(Math.sqrt((n * room) / shape))))
}
