// From the words on the command line to a command and its exit code: 0 done, 1 refused, 2 called wrongly.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { refuseMoved } from '../app/stores.ts'
import { isKept } from '../engines/postgres.ts'
import { openRecords } from '../records/open-records.ts'
import { readKeyRing } from '../records/key-ring.ts'
import type { AdminCommand, Answer, SystemCommand, World } from './call.ts'
import { backupCommands } from './backup.ts'
import { checkpointCommands } from './checkpoints.ts'
import { importCommands } from './import.ts'
import { journalCommands } from './journal.ts'
import { kioskCommands } from './kiosks.ts'
import { keyCommands } from './keys.ts'
import { logCommands } from './log.ts'
import { migrateCommands } from './migrate.ts'
import { moveCommands } from './move.ts'
import { neighbourCommands } from './neighbours.ts'
import { noticeCommands } from './notices.ts'
import { plain } from './plain.ts'
import { personCommands } from './person.ts'
import { privacyCommands } from './privacy.ts'
import { quarantineCommands } from './quarantine.ts'
import { reporterCommands } from './reporters.ts'
import { responsibilityCommands } from './responsibility.ts'
import { restoreCommands } from './restore.ts'
import { scenarioCommands } from './scenarios.ts'
import { scenarioTryCommands } from './scenario-try.ts'
import { sipCommands } from './sip.ts'
import { sourceTestCommands } from './source-test.ts'
import { sourceWayCommands } from './source-ways.ts'
import { sourceCommands } from './sources.ts'
import { streetCommands } from './streets.ts'
import { userCommands } from './users.ts'
import { whichStreet } from './which-street.ts'

export const commands: Readonly<Record<string, AdminCommand | SystemCommand>> = {
  ...userCommands,
  ...sourceCommands,
  ...sourceWayCommands,
  ...sourceTestCommands,
  ...sipCommands,
  ...kioskCommands,
  ...journalCommands,
  ...checkpointCommands,
  ...logCommands,
  ...importCommands,
  ...reporterCommands,
  ...personCommands,
  ...privacyCommands,
  ...keyCommands,
  ...quarantineCommands,
  ...neighbourCommands,
  ...noticeCommands,
  ...responsibilityCommands,
  ...scenarioTryCommands,
  ...scenarioCommands,
  ...streetCommands,
  ...migrateCommands,
  ...backupCommands,
  ...restoreCommands,
  ...moveCommands,
}

/** The exit code. */
export async function runAdmin(args: string[], outside: World): Promise<number> {
  const world: World = {
    ...outside,
    say: (words) => outside.say(plain(words)),
    complain: (words) => outside.complain(plain(words)),
  }
  if (args.length === 0 || ['help', '--help', '-h'].includes(args[0] ?? '')) return showHelp(world)
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((one) => Object.hasOwn(commands, one)) ?? ''
  const command = commands[name]
  if (!command)
    return showWrong(
      world,
      `没有「${args.slice(0, 2).join(' ')}」这个命令。`,
      `There is no command ${args.slice(0, 2).join(' ')}.`,
    )
  const read = readWords(command, args.slice(name.split(' ').length))
  if ('wrong' in read)
    return showWrong(world, `参数不对：${read.wrong}`, `That call is not right: ${read.wrong}`, command)
  if (read.words.length !== command.takes)
    return showWrong(
      world,
      `要 ${command.takes} 个参数，给了 ${read.words.length} 个。`,
      `It takes ${command.takes} words, not ${read.words.length}.`,
      command,
    )

  const here: World = { ...world, folder: typeof read.options.data === 'string' ? read.options.data : world.folder }
  if ('runs' in command) return said(here, command, await command.runs({ ...here, ...read }))
  const street = await whichStreet(here, typeof read.options.street === 'string' ? read.options.street : undefined)
  if ('no' in street) {
    world.complain(street.no[world.language])
    return 1
  }
  const { folder, random, now } = street
  const { postgres } = street
  await refuseMoved(street)
  const missing = command.standsOn ? await missingOf(street, command.standsOn) : null
  if (missing !== null) return showMissing(world, missing)
  const records = await openRecords({ folder, postgres, secret: await readKeyRing(folder, random, now), random, now })
  try {
    return said(street, command, await command.run({ ...street, ...read, records }))
  } finally {
    await records.close()
  }
}

/** What must be there already and is not. */
async function missingOf({ folder, postgres }: World, wanted: 'records.db' | 'journal.db'): Promise<string | null> {
  const file = join(folder, wanted)
  if (!postgres) return existsSync(file) ? null : file
  return (await isKept(postgres, wanted === 'journal.db' ? 'lines' : 'people')) ? null : `PostgreSQL ${postgres.schema}`
}

function said(world: World, command: AdminCommand | SystemCommand, answer: Answer): number {
  if (answer === null) return 0
  if (answer.wrong) return showWrong(world, answer.no.zh, answer.no.en, command)
  world.complain(answer.no[world.language])
  return 1
}

type Words = { words: string[]; options: Record<string, string | boolean | string[] | undefined> }

function readWords(command: AdminCommand | SystemCommand, args: string[]): Words | { wrong: string } {
  try {
    const text = { type: 'string' as const }
    const options = { ...command.options, data: text, ...('run' in command && { street: text }) }
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return { words: positionals, options: values as Words['options'] }
  } catch (fault) {
    // parseArgs says what is wrong with a call by throwing; anything else is a fault of ours.
    if (fault instanceof TypeError && 'code' in fault && String(fault.code).startsWith('ERR_PARSE_ARGS'))
      return { wrong: fault.message }
    throw fault
  }
}

const line = ({ usage, says }: AdminCommand | SystemCommand, world: World): string =>
  `  ${usage}\n      ${says[world.language]}`

function showHelp(world: World): number {
  world.say(
    world.language === 'zh'
      ? '用法：npm run sanping -- 命令 [--data 数据目录] [--street 街道编码]\n'
      : 'Usage: npm run sanping -- COMMAND [--data FOLDER] [--street CODE]\n',
  )
  for (const command of Object.values(commands)) world.say(line(command, world))
  return 0
}

function showMissing({ language, complain }: World, file: string): number {
  complain(
    language === 'zh'
      ? `${file} 不存在，请用 --data 指明数据目录。`
      : `There is no ${file}: name the data folder with --data.`,
  )
  return 1
}

/** One sentence, then how it is called. */
function showWrong(world: World, zh: string, en: string, command?: AdminCommand | SystemCommand): number {
  world.complain(world.language === 'zh' ? zh : en)
  for (const one of command ? [command] : Object.values(commands)) world.complain(line(one, world))
  return 2
}
