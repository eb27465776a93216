// Versions of rules that were in force before, read back: cases that are open go by them, and a broken file is stood in for by the last.
import type { Calendar } from '#contract/clock'
import type { Instant, ScenarioId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { KeptRules } from '../records/port.ts'
import { isRead } from './read-scenarios.ts'
import { readCalendarText, readScenarioText } from './rule-file.ts'
import type { Read, RuleFile } from './rule-file.ts'
import type { InForce } from './settle-rules.ts'

interface Kept<T> extends RuleFile<T> {
  keptAt: Instant
}

export interface KeptVersions {
  /** By `id@version`, the one that was last in force last. */
  scenarios: Map<string, Kept<Scenario>>
  calendars: Map<string, Kept<Calendar>>
}

const scenarioKey = ({ id, version }: Pick<Scenario, 'id' | 'version'>) => `${id}@${version}`

/** `shipped` has been read and need not be again. A text that this build no longer understands is left out: its cases go by the version in force then. */
export async function readKept(
  store: Pick<KeptRules, 'all'>,
  shipped: Pick<InForce, 'scenarios'>,
): Promise<KeptVersions> {
  const read = new Map([...shipped.scenarios.values()].map((one) => [one.text, one]))
  const kept: KeptVersions = { scenarios: new Map(), calendars: new Map() }
  for (const { key, text, keptAt } of await store.all()) {
    const [kind, name = ''] = key.split(/:(.*)/s)
    const file = `${name.replace(/@.*$/s, '')}.json`
    if (kind === 'scenario') put(kept.scenarios, read.get(text) ?? readScenarioText(file, text), keptAt, scenarioKey)
    if (kind === 'calendar') put(kept.calendars, readCalendarText(file, text), keptAt, ({ version }) => version)
  }
  return kept
}

function put<T>(map: Map<string, Kept<T>>, read: Read<T>, keptAt: Instant, keyOf: (rule: T) => string): void {
  if (isRead(read)) map.set(keyOf(read.rule), { ...read, keptAt })
}

/** Kept on the disk and here, before anything is opened by it. */
export async function keepRules(
  store: Pick<KeptRules, 'keep'>,
  kept: KeptVersions,
  scenarios: readonly RuleFile<Scenario>[],
  calendar: RuleFile<Calendar>,
  now: Instant,
): Promise<void> {
  const texts = scenarios.map(({ rule, text }) => ({ key: `scenario:${scenarioKey(rule)}`, text }))
  await store.keep([...texts, { key: `calendar:${calendar.rule.version}`, text: calendar.text }], now)
  for (const one of scenarios) again(kept.scenarios, scenarioKey(one.rule), { ...one, keptAt: now })
  again(kept.calendars, calendar.rule.version, { ...calendar, keptAt: now })
}

/** To the end: the last in force comes last. */
function again<T>(map: Map<string, T>, key: string, one: T): void {
  map.delete(key)
  map.set(key, one)
}

/** Of each scenario the version that was last in force. */
export const lastOf = (kept: KeptVersions): Map<ScenarioId, RuleFile<Scenario>> =>
  new Map([...kept.scenarios.values()].map((one) => [one.rule.id, one]))

export const olderThan = (kept: KeptVersions, inForce: ReadonlyMap<ScenarioId, RuleFile<Scenario>>): Kept<Scenario>[] =>
  [...kept.scenarios.values()].filter(({ rule }) => inForce.get(rule.id)?.rule.version !== rule.version)
