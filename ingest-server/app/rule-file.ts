// One file of rules as text: read, held against its schema to the last field, and named by what stands in it.
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import english from 'zod/v4/locales/en.js'
import chinese from 'zod/v4/locales/zh-CN.js'
import { Calendar } from '#contract/clock'
import type { RuleFault } from '#contract/rules'
import { Scenario } from '#contract/scenario'

/** A version as it is read: what the file says, and six digits of what it is. Edited, it is another. */
export interface RuleFile<T> {
  file: string
  rule: T
  /** The same whatever the spaces and the order of the fields. */
  text: string
}
export type Read<T> = RuleFile<T> | { file: string; faults: RuleFault[] }

export const calendarFile = 'calendar.json'

export const readScenarioText = (file: string, text: string): Read<Scenario> => readAs(Scenario, file, text)
export const readCalendarText = (file: string, text: string): Read<Calendar> => readAs(Calendar, file, text)

function readAs<T extends { version: string }>(shape: z.ZodType<T>, file: string, text: string): Read<T> {
  const given = jsonOf(text)
  if (given === undefined)
    return { file, faults: [{ file, path: '', words: { zh: '不是完整的 JSON', en: 'it is not whole JSON' } }] }
  const parsed = shape.safeParse(given)
  if (!parsed.success) return { file, faults: wrongs(shape, file, given) }
  const faults = strays(given, parsed.data).map((path) => ({ file, path, words: stray }))
  if (faults.length > 0) return { file, faults }
  // What was read once and is handed back carries its digest: that is not the site's to say.
  const version = parsed.data.version.replace(/#[0-9a-f]{6}$/, '')
  const canonical = canonicalOf({ ...(given as object), version })
  return { file, text: canonical, rule: { ...parsed.data, version: `${version}#${digestOf(canonical)}` } }
}

const stray = { zh: '没有这个字段，是不是写错了', en: 'there is no such field: is it misspelt?' }

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The library's own sentences, in both languages. */
function wrongs(shape: z.ZodType, file: string, given: unknown): RuleFault[] {
  const said = [chinese(), english()].map(({ localeError }) => shape.safeParse(given, { error: localeError }).error)
  return (said[0]?.issues ?? []).map(({ path, message }, i) => ({
    file,
    path: pathOf(path),
    words: { zh: message, en: said[1]?.issues[i]?.message ?? message },
  }))
}

/** `clocks[3].limit.unit`. */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (so, part) => (typeof part === 'number' ? `${so}[${part}]` : so === '' ? String(part) : `${so}.${String(part)}`),
    '',
  )

/** Fields that the schema did not take: what is misspelt would else be silently nothing. */
function strays(given: unknown, taken: unknown, path: readonly PropertyKey[] = []): string[] {
  if (Array.isArray(given) && Array.isArray(taken))
    return given.flatMap((one, i) => strays(one, taken[i], [...path, i]))
  if (!isRecord(given) || !isRecord(taken)) return []
  return Object.entries(given).flatMap(([key, value]) =>
    key in taken ? strays(value, taken[key], [...path, key]) : [pathOf([...path, key])],
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const canonicalOf = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    isRecord(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one,
  )

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6)

/** `dropped-garbage.json: clocks[3].phase: there is no phase built`. */
export const faultInWords = ({ file, path, words }: RuleFault, language: 'zh' | 'en'): string =>
  [file, path, words[language]].filter((part) => part !== '').join(': ')
