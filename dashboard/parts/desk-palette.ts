// What the palette draws: groups of lines, each with its words, and why one cannot be chosen.
import type { Level } from '#contract/stage'

export interface PaletteLine {
  key: string
  title: string
  about: string
  mark?: { level: Level; unsure: boolean }
  closed?: string
}
export interface PaletteLines<L extends PaletteLine = PaletteLine> {
  group: string
  words: string
  entries: readonly L[]
  /** 另有 12 条; empty where all are shown. */
  more: string
}
