// A folder of rules: every scenario and the calendar, read from their files and checked before anything starts.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Calendar } from '#contract/clock'
import type { ScenarioId } from '#contract/ids'
import type { RuleFault } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import { checkCalendar } from './check-calendar.ts'
import { checkScenarios } from './check-scenarios.ts'
import { calendarFile, faultInWords, readCalendarText, readScenarioText } from './rule-file.ts'
import type { Read, RuleFile } from './rule-file.ts'

export interface ScenarioFolder {
  scenarios: Scenario[]
  calendar: Calendar
}

/** As they lie there, each read or not; `calendar` is null where the folder has none. No folder is an empty one. */
export interface RuleFiles {
  scenarios: Read<Scenario>[]
  /** What is said otherwise than above: `<id>.patch.json`, as text. */
  patches: { file: string; text: string }[]
  calendar: Read<Calendar> | null
}

export async function readRuleFiles(folder: string): Promise<RuleFiles> {
  const files = await jsonIn(folder)
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
  const read = files.map((file, i) => [file, texts[i]!] as const)
  const calendar = read.find(([file]) => file === calendarFile)
  const isPatch = (file: string) => file.endsWith('.patch.json')
  return {
    scenarios: read
      .filter(([file]) => file !== calendarFile && !isPatch(file))
      .map(([file, text]) => readScenarioText(file, text)),
    patches: read.filter(([file]) => isPatch(file)).map(([file, text]) => ({ file, text })),
    calendar: calendar ? readCalendarText(...calendar) : null,
  }
}

export async function jsonIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return []
    throw fault
  }
}

export const isRead = <T>(one: Read<T>): one is RuleFile<T> => 'rule' in one
export const faultsIn = (read: readonly Read<unknown>[]): RuleFault[] =>
  read.flatMap((one) => ('faults' in one ? one.faults : []))

/** Everything that is wrong with the folder, one sentence each. */
export function checkRuleFiles({ scenarios, calendar }: Pick<RuleFiles, 'scenarios' | 'calendar'>): RuleFault[] {
  const unread = faultsIn([...scenarios, ...(calendar ? [calendar] : [])])
  // Beside a file that is missing every other would be wrong.
  if (unread.length > 0) return unread
  const ofCalendar = calendar && isRead(calendar) ? checkCalendar(calendar.file, calendar.rule) : []
  return [...checkScenarios(scenarios.filter(isRead)), ...ofCalendar]
}

/** The folder the server comes with. Throws every sentence, each naming its file and the place in it. */
export async function readShipped(
  folder: string,
): Promise<{ scenarios: Map<ScenarioId, RuleFile<Scenario>>; calendar: RuleFile<Calendar> }> {
  const files = await readRuleFiles(folder)
  const faults = checkRuleFiles(files)
  if (faults.length > 0)
    throw new Error(faults.flatMap((one) => [faultInWords(one, 'zh'), faultInWords(one, 'en')]).join('\n'))
  const { calendar } = files
  if (files.scenarios.length === 0) throw new Error(`${folder} 里没有场景\n${folder} holds no scenario`)
  if (!calendar || !isRead(calendar))
    throw new Error(`${folder} 里没有 ${calendarFile}\n${folder} holds no ${calendarFile}`)
  return { scenarios: new Map(files.scenarios.filter(isRead).map((one) => [one.rule.id, one])), calendar }
}

/** The same as plain rules. */
export async function readScenarios(folder: string): Promise<ScenarioFolder> {
  const { scenarios, calendar } = await readShipped(folder)
  return { scenarios: [...scenarios.values()].map(({ rule }) => rule), calendar: calendar.rule }
}
