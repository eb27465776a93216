// The rows of the table in the order of the column somebody chose.
import type { Tile } from './roll-view.ts'

export const columns = ['name', 'level1', 'level2', 'open', 'overdue', 'yellow', 'at'] as const
export type Column = (typeof columns)[number]

const valueOf: Record<Exclude<Column, 'name'>, (tile: Tile) => number> = {
  level1: ({ levels }) => levels[0] ?? 0,
  level2: ({ levels }) => levels[1] ?? 0,
  open: ({ open }) => open,
  overdue: ({ overdue }) => overdue,
  yellow: ({ yellow }) => yellow,
  at: ({ stoppedAt }) => stoppedAt ?? Number.MAX_SAFE_INTEGER,
}

/** `isDown`: the most first; a name from the end. What is equal goes by its code. */
export function sorted(tiles: readonly Tile[], column: Column, isDown: boolean): Tile[] {
  const way = isDown ? -1 : 1
  const compare = (a: Tile, b: Tile): number =>
    column === 'name' ? a.words.zh.localeCompare(b.words.zh, 'zh') : valueOf[column](a) - valueOf[column](b)
  return tiles.toSorted((a, b) => way * compare(a, b) || (a.id < b.id ? -1 : 1))
}
