// Rules as a book: one that nobody changes while the house runs (a test's, a bench's), and one that is always the one in force.
import type { Known, ScenarioBook } from '../case-engine/known.ts'
import { openScenarioBook } from '../case-engine/scenario-book.ts'
import type { Calendar } from '#contract/clock'
import type { Scenario } from '#contract/scenario'
import type { Rules } from '../doors/rules-port.ts'

/** For who holds on to a book: it is always the one in force. */
export const liveBook = (known: Pick<Known, 'scenarios'>): Pick<ScenarioBook, 'all' | 'byId' | 'byMatter'> => ({
  get all() {
    return known.scenarios.all
  },
  get byId() {
    return known.scenarios.byId
  },
  get byMatter() {
    return known.scenarios.byMatter
  },
})

export function stillRules(scenarios: readonly Scenario[], calendar: Calendar): Rules {
  const book = openScenarioBook(scenarios)
  const calendars = new Map([[calendar.version, calendar]])
  const there = { scenarios: [...scenarios], own: [], calendar: calendar.version, older: [], faults: [] }
  const words = { zh: '这里的规则是固定的', en: 'the rules are fixed here' }
  return {
    book: () => book,
    calendar: () => calendar,
    calendars: () => calendars,
    answer: () => there,
    put: async (id) => ({ ok: false, faults: [{ file: `${id}.json`, path: '', words }] }),
    follow: () => () => {},
  }
}
