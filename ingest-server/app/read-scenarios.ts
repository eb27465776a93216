// The scenarios and the calendar, read from their folder and checked before anything starts.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Calendar } from '#contract/clock'
import { Scenario } from '#contract/scenario'
import { openScenarioBook } from '../case-engine/scenario-book.ts'

export interface ScenarioFolder {
  scenarios: Scenario[]
  calendar: Calendar
}

/** All `*.json` in the folder; `calendar.json` is the calendar. Throws one sentence naming the file and what is wrong with it. */
export async function readScenarios(folder: string): Promise<ScenarioFolder> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  const files = names.filter((name) => name !== 'calendar.json')
  const scenarios = await Promise.all(files.map((name) => read(path.join(folder, name), Scenario)))
  if (scenarios.length === 0) throw new Error(`${folder} holds no scenario`)
  openScenarioBook(scenarios)
  for (const scenario of scenarios) checkNames(scenario)
  const calendar = await read(path.join(folder, 'calendar.json'), Calendar)
  checkHours(calendar)
  return { scenarios, calendar }
}

async function read<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  const text = await readFile(file, 'utf8')
  const parsed = shape.safeParse(jsonOf(text, file))
  if (parsed.success) return parsed.data
  throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${file} is not whole JSON`, { cause })
  }
}

/** A limit that names a matter nobody has would never run; two limits of one name would be one. */
function checkNames(scenario: Scenario): void {
  const codes = new Set(scenario.matters.map((matter) => matter.code))
  const names = new Set<string>()
  for (const clock of scenario.clocks) {
    if (names.has(clock.name)) throw new Error(`${scenario.id}: two clocks are called ${clock.name}`)
    names.add(clock.name)
    const stray = clock.matters?.find((code) => !codes.has(code))
    if (stray !== undefined)
      throw new Error(`${scenario.id}: the clock ${clock.name} names the unknown matter ${stray}`)
  }
}

/** Without hours, or with hours that overlap, no work limit could be reckoned. */
function checkHours({ hours, workDays, version }: Calendar): void {
  if (hours.length === 0 || workDays.length === 0) throw new Error(`the calendar ${version} has no work time`)
  hours.forEach(([from, to], i) => {
    if (to <= from || from < (hours[i - 1]?.[1] ?? 0))
      throw new Error(`the calendar ${version}: hours are out of order`)
  })
}
