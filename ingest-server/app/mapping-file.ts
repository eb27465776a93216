// One mapping file as text: whole JSON, of its kind's shape, or one sentence with the line it is about.
import type { z } from 'zod'
import english from 'zod/v4/locales/en.js'
import chinese from 'zod/v4/locales/zh-CN.js'
import { BoxMap } from '../doors/vendors/box-map.ts'
import { lineOf, lineOfFault } from '../doors/vendors/json-line.ts'
import type { MappingFault, MappingKind, MappingKinds } from '../doors/vendors/mappings.ts'
import { TableMap } from '../doors/vendors/table-map.ts'
import { pathOf } from './rule-file.ts'

const shapes: { [K in MappingKind]: z.ZodType<MappingKinds[K]> } = { boxes: BoxMap, tables: TableMap }

/** `file`: as the fault calls it. */
export function readMappingText<K extends MappingKind>(
  kind: K,
  file: string,
  text: string,
): { map: MappingKinds[K] } | { fault: MappingFault } {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (fault) {
    const line = lineOfFault(text, fault instanceof Error ? fault.message : '')
    return { fault: { file, line, words: { zh: '不是完整的 JSON', en: 'it is not whole JSON' } } }
  }
  const shape = shapes[kind] as z.ZodType<MappingKinds[K]>
  const parsed = shape.safeParse(given)
  if (parsed.success) return { map: parsed.data }
  const [zh, en] = [chinese(), english()].map(({ localeError }) =>
    firstOf(shape.safeParse(given, { error: localeError })),
  )
  const { path = [], message = '' } = zh ?? {}
  const where = pathOf(path)
  const said = { zh: [where, message].filter(Boolean).join('：'), en: [where, en?.message].filter(Boolean).join(': ') }
  return { fault: { file, line: lineOf(text, path), words: said } }
}

/** The first that is wrong; of a union what lies deepest, which is what was meant. */
function firstOf(parsed: z.ZodSafeParseResult<unknown>): { path: PropertyKey[]; message: string } | undefined {
  const [issue] = parsed.error?.issues ?? []
  if (!issue) return undefined
  const inside =
    issue.code === 'invalid_union' ? issue.errors.flat().find(({ code }) => code !== 'invalid_type') : undefined
  const stray = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  return {
    path: [...issue.path, ...(inside?.path ?? (stray === undefined ? [] : [stray]))],
    message: inside?.message ?? issue.message,
  }
}
