// A sheet of questions before a deed, ready to be drawn by DeskSheet; and what was answered.
import type { Instant } from '#contract/ids'

export interface SheetOption {
  key: string
  words: string
  /** 还可 1 次; why it cannot be chosen. */
  note?: string | undefined
  disabled?: boolean | undefined
}
export interface SheetRow {
  key: string
  label: string
  options: readonly SheetOption[]
  /** Several may be chosen. */
  many?: boolean | undefined
  /** Besides the options a moment of one's own, as milliseconds. */
  moment?: { least: Instant; most?: Instant | undefined } | undefined
  /** Only shown while these options of other rows are chosen. */
  when?: readonly { row: string; option: string }[] | undefined
  /** What choosing it does. */
  note?: string | undefined
  /** Chosen at first. */
  first?: readonly string[] | undefined
}
export interface SheetSays {
  title: string
  rows: readonly SheetRow[]
  /** What it does, said before it is done. */
  note?: string | undefined
  reason: 'needed' | 'optional' | 'none'
  /** By one tap. */
  reasons: readonly string[]
  placeholder: string
  commit: string
}

export interface SheetAnswer {
  chosen: Readonly<Record<string, readonly string[]>>
  reason: string
}
