// The desk by keyboard: which key wishes what. Keys that type into a field are left to the field.
import type { DeskTab } from './lists.ts'

export type DeskKey =
  | 'next'
  | 'previous'
  | 'primary'
  | 'refuse'
  | 'acknowledge'
  | 'undo'
  | 'help'
  | 'pages'
  | 'find'
  | 'leave'
  | 'merge'
  | 'shelve'
  | 'request'
  | 'part'
  | { reason: number }

const everywhere: Record<string, DeskKey> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  a: 'acknowledge',
  u: 'undo',
  g: 'pages',
  '/': 'find',
  h: 'shelve',
  r: 'request',
  f: 'part',
  '?': 'help',
  Escape: 'leave',
}

/** On another page nothing is done to a case that nobody sees. */
const onAPage: Record<string, DeskKey> = { g: 'pages', '/': 'find', '?': 'help', Escape: 'leave' }

const inTab: Record<DeskTab, Record<string, DeskKey>> = {
  inbox: { 1: 'primary', 2: 'merge', 3: 'refuse' },
  handling: { 1: 'primary', 2: 'merge', 3: 'refuse' },
  verify: { 1: { reason: 0 }, 2: { reason: 1 }, 3: { reason: 2 }, 4: { reason: 3 }, Enter: 'primary' },
}

export interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
  target: EventTarget | null
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** Enter on a focused button or link presses that button, never the primary as well. The row that is chosen already has nothing to press. */
const pressesItself = (pressed: Pressed) =>
  pressed.key === 'Enter' &&
  pressed.target instanceof HTMLElement &&
  pressed.target.closest('button, a') !== null &&
  pressed.target.closest('[data-case][aria-current="true"]') === null

/** `tab` is null on one of the other pages. */
export function deskKey(pressed: Pressed, tab: DeskTab | null): DeskKey | null {
  if (pressed.isComposing) return null
  // The one chord of the desk; it works from within a field too.
  if ((pressed.ctrlKey || pressed.metaKey) && !pressed.altKey && pressed.key.toLowerCase() === 'k') return 'find'
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null
  // Esc in a field puts a sheet away, but never a page with something half written on it.
  if (typing(pressed.target) && (!tab || pressed.key !== 'Escape')) return null
  if (pressesItself(pressed)) return null
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key
  if (!tab) return onAPage[key] ?? null
  return inTab[tab][key] ?? everywhere[key] ?? null
}
