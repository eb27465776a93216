// What the descriptions of all routes are put together from: two languages, answers with their refusals, shapes.
import { z } from 'zod'
import type { ZodOpenApiMediaTypeObject, ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi'
import type { Words } from '#contract/language'
import { refusalNames, refusals, type Refusal } from '#contract/refusal'
import { statusFor } from './intake-answer.ts'

export type Operation = ZodOpenApiOperationObject

/** Chinese first, English after it. */
export const both = ({ zh, en }: Words): string => `${zh}\n\n${en}`
export const title = ({ zh, en }: Words): string => `${zh} · ${en}`

export const Refused = z
  .object({ ok: z.literal(false), refusal: z.enum(refusalNames), words: z.string() })
  .meta({ id: 'Refused', description: '拒绝：代码与一句能照着做的话 · A no: its code and a sentence to act on' })

export const json = (schema: z.ZodType, example?: unknown): { 'application/json': ZodOpenApiMediaTypeObject } => ({
  'application/json': { schema, ...(example !== undefined && { example }) },
})

export const yes = (words: Words, schema?: z.ZodType, example?: unknown): ZodOpenApiResponseObject => ({
  description: both(words),
  ...(schema && { content: json(schema, example) }),
})

/** One answer a status, each naming every refusal that has it; `at` where a door gives one another status than most do. */
export function noes(
  names: readonly Refusal[],
  { at = {}, schema = Refused }: { at?: Partial<Record<Refusal, number>>; schema?: z.ZodType } = {},
): Record<string, ZodOpenApiResponseObject> {
  const byStatus = grouped(names, (name) => at[name] ?? statusFor(name))
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      String(status),
      {
        description: same.map((name) => `\`${name}\` ${refusals[name].zh} ${refusals[name].en}`).join('\n\n'),
        ...((status === 429 || status === 503) && { headers: z.object({ 'Retry-After': z.string() }) }),
        content: json(schema),
      },
    ]),
  )
}

export const signedIn = [{ session: [] }]
export const byKey = [{ source: [] }]

/** In the order the groups were first met. Map.groupBy came only with Node 21. */
export function grouped<K, T>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}
