// A form before it is sent: which fields are wrong, each in words. The engine asks the same by `wrongField`.
import type { Field, Value } from '#contract/process'
import { wrongField } from '#contract/wrong-field'
import { sayProcess } from '../../words/process.ts'

export type Draft = Readonly<Record<string, Value | undefined>>

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** What goes out: text trimmed, what was left empty left out. */
export function valuesOf(fields: readonly Field[], draft: Draft): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const { id } of fields) {
    const value = draft[id]
    if (value === undefined || isEmpty(value)) continue
    values[id] = typeof value === 'string' ? value.trim() : value
  }
  return values
}

/** By field, the words of what is wrong with it. Empty: it can be sent. */
export function wrongWords(fields: readonly Field[], draft: Draft): Record<string, string> {
  const values = valuesOf(fields, draft)
  const wrong = fields.flatMap((field) => {
    const value = values[field.id]
    const alone = value === undefined ? {} : { [field.id]: value }
    if (wrongField({ fields: [field] }, alone) === null) return []
    return [[field.id, value === undefined ? sayProcess('wrong.required') : wrongSaid(field)] as const]
  })
  return Object.fromEntries(wrong)
}

function wrongSaid({ kind, least, most }: Field): string {
  if (kind !== 'number') return sayProcess(`wrong.${kind}`)
  if (least !== undefined && most !== undefined) return sayProcess('wrong.between', { least, most })
  if (least !== undefined) return sayProcess('wrong.least', { least })
  return most === undefined ? sayProcess('wrong.number') : sayProcess('wrong.most', { most })
}
