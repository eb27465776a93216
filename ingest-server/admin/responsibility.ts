// Who answers for what: the table in force as it stands, and another in its place.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { refusals } from '#contract/refusal'
import { ResponsibilityTable } from '#contract/responsibility'
import { wrongInTable } from '#contract/responsible'
import { findPaths } from '../app/paths.ts'
import { readResponsibility } from '../app/read-responsibility.ts'
import { isRead, readRuleFiles } from '../app/read-scenarios.ts'
import { no, note, tell, type AdminCommand, type Answer, type Call } from './call.ts'

const TableSaid = ResponsibilityTable.omit({ version: true })

/** As `set` takes it again. */
async function show(call: Call): Promise<Answer> {
  const shipped = findPaths(import.meta.dirname).scenarios
  const table = call.records.responsibility.current() ?? (await readResponsibility(shipped))
  call.say(JSON.stringify(table, null, 2))
  return null
}

async function set(call: Call): Promise<Answer> {
  const [file = '-'] = call.words
  const said = await read(call, file)
  if ('no' in said) return said
  const matters = await mattersOf(call.folder)
  const wrong = wrongInTable(said, {
    places: new Set(call.places().map((place) => place.id)),
    people: call.records.accounts.people(),
    knowsMatter: (matter) => matters.has(matter),
  })
  if (wrong) return { no: refusals[wrong] }
  await note(call, 'responsibility-set', `${said.rows.length} rows`)
  const { version } = await call.records.responsibility.set(said, 'command-line', call.now())
  tell(
    call,
    `责任表 ${version} 已生效，共 ${said.rows.length} 行，在岗要求 ${said.coverage.length} 条。`,
    `Table ${version} is in force: ${said.rows.length} rows, ${said.coverage.length} posts to be kept.`,
  )
  return null
}

async function read(call: Call, file: string): Promise<z.infer<typeof TableSaid> | { no: NonNullable<Answer>['no'] }> {
  const text = file === '-' ? await call.readInput() : await readFile(file, 'utf8').catch(() => null)
  if (text === null) return no(`打不开文件 ${file}。`, `The file ${file} cannot be opened.`)!
  const said = TableSaid.safeParse(jsonOf(text))
  return said.success ? said.data : { no: { zh: z.prettifyError(said.error), en: z.prettifyError(said.error) } }
}

/** What is no JSON is no table either, and is said so by the schema. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Of the scenarios that are shipped and the site's own. */
async function mattersOf(folder: string): Promise<Set<string>> {
  const folders = [findPaths(import.meta.dirname).scenarios, path.join(folder, 'scenarios')]
  const read = await Promise.all(folders.map((one) => readRuleFiles(one)))
  const scenarios = read.flatMap((files) => files.scenarios.filter(isRead))
  return new Set(scenarios.flatMap(({ rule }) => rule.matters.map((matter) => matter.code)))
}

export const responsibilityCommands: Record<string, AdminCommand> = {
  'responsibility show': {
    usage: 'responsibility show',
    says: { zh: '责任表和在岗要求（JSON）', en: 'who answers for what, and which posts are to be kept (JSON)' },
    standsOn: 'records.db',
    takes: 0,
    run: show,
  },
  'responsibility set': {
    usage: 'responsibility set FILE',
    says: { zh: '换成这份 JSON，- 为标准输入', en: 'puts this JSON in its place; - is standard input' },
    standsOn: 'records.db',
    takes: 1,
    run: set,
  },
}
