// A form before it is sent: which fields are wrong, each in words. The engine asks the same by `wrongField`.
import type { Field } from '#contract/process'
import { valuesOf, wrongField, type Draft } from '#contract/wrong-field'
import { sayProcess } from '../../words/process.ts'

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
