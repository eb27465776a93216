// What one command of the administrator's line is given, and how it answers.
import type { ParseArgsConfig } from 'node:util'
import type { Instant } from '#contract/ids'
import type { Language, Words } from '#contract/language'
import type { Place } from '#contract/places'
import type { RuleLevel } from '#contract/rules'
import type { Level } from '../app/settle-levels.ts'
import type { PostgresPlace } from '../engines/postgres.ts'
import type { Records } from '../records/port.ts'
import type { Random } from '../records/token.ts'

/** All that the command line touches of the world. */
export interface World {
  /** The data folder of the server, which may be running. */
  folder: string
  /** Where rows lie that are not in the folder. */
  postgres?: PostgresPlace | undefined
  /** Where screens are opened, for the links that are printed. */
  address: string
  /** Where the signed checkpoints lie, where not in the data folder. */
  checkpoints?: string | undefined
  /** Where the log files lie, where not in the data folder. */
  logs?: string | undefined
  language: Language
  random: Random
  now: () => Instant
  say: (line: string) => void
  complain: (line: string) => void
  /** Everything that comes in on standard input. */
  readInput: () => Promise<string>
  /** The site's own map, where it has one. */
  mapFolder?: string | undefined
  /** Of a street of many: what it is called among the levels, and whose rules it inherits. */
  levels?: { above: readonly Level[]; self: RuleLevel }
  /** The places of the map. */
  places: () => Place[]
  /** The way to a running server; Node's own unless a test says otherwise. */
  fetch?: typeof fetch
  /** Resolves after some time, or at once when `stopped`. */
  pause: (milliseconds: number) => Promise<void>
  stopped: () => boolean
}

/** What is said with a call. */
interface Said {
  /** What stands after the command's own words. */
  words: string[]
  options: Record<string, string | boolean | string[] | undefined>
}

export interface Call extends World, Said {
  records: Records
}

/** About no street: nothing that a street keeps is opened for it. */
export interface SystemCall extends World, Said {}

/** Done; or a no in one sentence. `wrong`: it was called wrongly, so the usage is shown with it. */
export type Answer = null | { no: Words; wrong?: true }

export interface AdminCommand {
  usage: string
  says: Words
  options?: NonNullable<ParseArgsConfig['options']>
  /** What must be in the data folder already: a mistyped folder must not look like an empty, sound one. */
  standsOn?: 'records.db' | 'journal.db'
  /** How many words it takes. */
  takes: number
  run: (call: Call) => Promise<Answer>
}

/** One about the list of streets, not about any of them. */
export interface SystemCommand extends Omit<AdminCommand, 'run' | 'standsOn'> {
  runs: (call: SystemCall) => Promise<Answer>
}

export const wrong = (zh: string, en: string): Answer => ({ no: { zh, en }, wrong: true })
export const no = (zh: string, en: string): Answer => ({ no: { zh, en } })

export const textOf = (call: SystemCall, option: string): string | undefined => {
  const value = call.options[option]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

export const listOf = (call: SystemCall, option: string): string[] =>
  (textOf(call, option) ?? '')
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** A sentence in the language of who called. */
export const tell = (call: SystemCall, zh: string, en: string): void => call.say(call.language === 'zh' ? zh : en)

/** What the command line did, beside what people did at the screens. */
export const note = (call: Call, what: string, about: string): Promise<void> =>
  call.records.audit.write({ at: call.now(), who: 'command-line', what, about })
