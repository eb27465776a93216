// What a phone last knew, kept on it: so that a page opened without signal shows the tasks, with the hour they were true.
import type { Welcome } from '#contract/wire'
import type { LineLook } from './line-port.ts'
import type { Kept as Storage } from './storage.ts'

/** The number grows with the form of what is kept, so that an older one is not read. */
const name = 'sanping.kept.1'

type Clock = Pick<LineLook, 'offsetMs' | 'pace'>
interface Kept {
  welcome: Omit<Welcome, 'presences' | 'silent' | 'patch'>
  clock: Clock
}

/** `welcome` with the board cut down to what shall be kept; no room or no storage means only that a reload without signal is empty. */
export function keepBoard(storage: Storage, welcome: Welcome, { offsetMs, pace }: Clock): void {
  const { presences: _presences, silent: _silent, patch: _patch, ...rest } = welcome
  const kept: Kept = { welcome: rest, clock: { offsetMs, pace } }
  try {
    storage.setItem(name, JSON.stringify(kept))
  } catch {
    storage.removeItem(name)
  }
}

export function keptBoard(storage: Storage): { welcome: Welcome; clock: Clock } | null {
  const text = storage.getItem(name)
  if (!text) return null
  try {
    const { welcome, clock } = (JSON.parse(text) as Partial<Kept> | null) ?? {}
    if (welcome && clock) return { welcome: { ...welcome, presences: [], silent: [], patch: null }, clock }
  } catch {
    // Cut off in mid-write: nothing is known until the line is there.
  }
  storage.removeItem(name)
  return null
}

export const forgetBoard = (storage: Storage): void => storage.removeItem(name)
