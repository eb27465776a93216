// A changed scenario tried on the past: read as its file would be, held against the rules in force, and run beside them.
import type { Known } from '../case-engine/known.ts'
import type { DryRun } from '#contract/dry-run'
import type { Instant } from '#contract/ids'
import type { RuleFault } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import { openPast } from '../desk/past.ts'
import { tryScenario } from '../desk/try-scenario.ts'
import type { TriedSpan } from '../desk/try-scenario.ts'
import type { Journal } from '../journal/journal.ts'
import { openGround } from '../places/ground.ts'
import { readLayers } from '../places/read-layers.ts'
import type { Records } from '../records/port.ts'
import { checkScenarios } from './check-scenarios.ts'
import { findPaths } from './paths.ts'
import { isRead } from './read-scenarios.ts'
import { openRuleBook } from './rule-book.ts'
import { readScenarioText } from './rule-file.ts'

/** In place of the one in force that has its id, or beside them. */
export function readTried(
  text: string,
  inForce: readonly Scenario[],
): { scenario: Scenario } | { faults: RuleFault[] } {
  const read = readScenarioText(`${idIn(text)}.json`, text)
  if (!isRead(read)) return read
  const others = inForce.filter(({ id }) => id !== read.rule.id).map((rule) => ({ file: `${rule.id}.json`, rule }))
  const faults = checkScenarios([...others, read])
  return faults.length > 0 ? { faults } : { scenario: read.rule }
}

/** A file is called by its scenario's id; one that says none is found wrong by its schema. */
function idIn(text: string): string {
  try {
    const given: unknown = JSON.parse(text)
    return typeof given === 'object' && given !== null && 'id' in given ? String(given.id) : 'scenario'
  } catch {
    return 'scenario'
  }
}

export interface TryingNeeds {
  journal: Journal
  records: Pick<Records, 'accounts' | 'rules'>
  /** The data folder: the site's own scenarios lie in it. */
  folder: string
  /** The site's own map, where it has one. */
  mapFolder: string | undefined
  now: () => Instant
  seconds: () => number
  rest: () => Promise<void>
  onFault: (fault: unknown) => void
}

/** From the command line, beside a server that may be running: all it goes by is read from the folder. */
export async function tryFromFolder(
  needs: TryingNeeds,
  text: string,
  span: Omit<TriedSpan, 'scenario'>,
): Promise<DryRun | { faults: RuleFault[] }> {
  const { journal, records, folder, now, onFault, ...breath } = needs
  const paths = findPaths(import.meta.dirname)
  const rules = await openRuleBook({
    ...{ shipped: paths.scenarios, site: `${folder}/scenarios`, kept: records.rules, now, onFault },
    every: () => () => {},
    onRefused: () => {},
  })
  try {
    const tried = readTried(text, rules.book().all)
    if ('faults' in tried) return tried
    const ground = openGround(readLayers(paths.map, needs.mapFolder))
    const known: Known = {
      ...{ ground, people: records.accounts.people() },
      ...{ scenarios: rules.book(), calendar: rules.calendar(), calendars: rules.calendars() },
    }
    const past = openPast({ journal, onFault, ...breath })
    return await tryScenario({ journal, past, known, ...breath }, { ...span, ...tried })
  } finally {
    await rules.close()
  }
}
