// What stands in a field of a form, in words; of a picture its id. Pure.
import type { PersonId } from '#contract/ids'
import type { Field, Value } from '#contract/process'
import { sayProcess } from '../words/process.ts'
import { inWords } from '../words/words.ts'

export interface ValueBook {
  nameOf: (id: PersonId) => string
  /** Between several things chosen. */
  and: string
}

export function valueSaid(
  field: Field,
  value: Value,
  { nameOf, and }: ValueBook,
): { value: string; pictures: string[] } {
  const list = Array.isArray(value) ? value : [String(value)]
  if (field.kind === 'photo') return { value: '', pictures: list }
  const option = (id: string) => {
    const found = field.options?.find((one) => one.id === id)
    return found ? inWords(found.words) : id
  }
  const said: Partial<Record<typeof field.kind, () => string>> = {
    choice: () => option(String(value)),
    choices: () => list.map(option).join(and),
    'yes-no': () => sayProcess(value === true ? 'yes' : 'no'),
    person: () => nameOf(value as PersonId),
    number: () => [value, field.unit && inWords(field.unit)].filter((one) => one !== undefined).join(' '),
  }
  return { value: said[field.kind]?.() ?? String(value), pictures: [] }
}
