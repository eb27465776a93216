// What a phone last knew, kept on it: so that a page opened without signal shows the tasks, with the hour they were true.
import type { Case } from '#contract/case'
import type { Welcome } from '#contract/wire'

const name = 'sanping.kept'

type Kept = Omit<Welcome, 'presences' | 'silent' | 'patch'>

/** Only the cases handed over; no room or no storage means only that a reload without signal is empty. */
export function keepBoard(storage: Storage, welcome: Welcome, journal: string, revision: number, cases: Case[]): void {
  const { viewer, scenarios, people, build, demo, at } = welcome
  const kept: Kept = {
    viewer,
    scenarios,
    people,
    build,
    demo,
    at,
    board: { journal, revision, at, cases, tallies: [] },
  }
  try {
    storage.setItem(name, JSON.stringify(kept))
  } catch {
    storage.removeItem(name)
  }
}

export function keptBoard(storage: Storage): Welcome | null {
  const text = storage.getItem(name)
  if (!text) return null
  return { ...(JSON.parse(text) as Kept), presences: [], silent: [], patch: null }
}

export const forgetBoard = (storage: Storage): void => storage.removeItem(name)
