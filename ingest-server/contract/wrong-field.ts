// Is a form filled in as its scenario asks? No zod: the screen that shows the form asks the same before it sends.
import type { EvidenceId } from './ids.ts'
import type { Field, Form, Value } from './process.ts'

const picture = /^[0-9a-f]{64}$/
const day = /^\d{4}-\d{2}-\d{2}$/
const time = /^([01]\d|2[0-3]):[0-5]\d$/

const isText = (value: Value): value is string => typeof value === 'string'
const listOf = (value: Value): readonly string[] => (Array.isArray(value) ? value : isText(value) ? [value] : [])

/** 31 February has the shape of a day, and is none. */
function isDay(text: string): boolean {
  const at = day.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
const isOption = ({ options = [] }: Field, id: string) => options.some((option) => option.id === id)

/** Left empty, it counts as not filled in. `no` is an answer, and so is nought. */
const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || (isText(value) && value.trim() === '') || (Array.isArray(value) && value.length === 0)

const fits: Record<Field['kind'], (value: Value, field: Field) => boolean> = {
  text: (value) => isText(value) && value.length <= 200 && !value.includes('\n'),
  'long-text': isText,
  number: (value, { least = -Infinity, most = Infinity }) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most,
  date: (value) => isText(value) && isDay(value),
  time: (value) => isText(value) && time.test(value),
  choice: (value, field) => isText(value) && isOption(field, value),
  choices: (value, field) =>
    Array.isArray(value) && new Set(value).size === value.length && value.every((id) => isOption(field, id)),
  'yes-no': (value) => typeof value === 'boolean',
  // One picture, or several of one thing.
  photo: (value) => listOf(value).length > 0 && listOf(value).every((id) => picture.test(id)),
  person: (value) => isText(value) && value.length <= 128,
}

/** The first field that is required and empty, or does not fit its kind, or that the form does not have; null where all is well. */
export function wrongField(form: Pick<Form, 'fields'>, values: Readonly<Record<string, Value>>): string | null {
  const known = new Set(form.fields.map(({ id }) => id))
  const stray = Object.keys(values).find((id) => !known.has(id))
  if (stray !== undefined) return stray
  const wrong = form.fields.find((field) => {
    const value = values[field.id]
    return value === undefined || isEmpty(value) ? field.required : !fits[field.kind](value, field)
  })
  return wrong?.id ?? null
}

/** The pictures among the values of a form, whichever field they stand in: what looks like a picture's name is one. */
export const picturesIn = (values: Readonly<Record<string, Value>>): EvidenceId[] =>
  Object.values(values).flatMap((value) => listOf(value).filter((text) => picture.test(text)) as EvidenceId[])

/** As it stands on a screen: what was not touched is not there. */
export type Draft = Readonly<Record<string, Value | undefined>>

/** What goes out of a draft: text trimmed, what was left empty left out. */
export function valuesOf(fields: readonly Pick<Field, 'id'>[], draft: Draft): Record<string, Value> {
  const values: Record<string, Value> = {}
  for (const { id } of fields) {
    const value = draft[id]
    if (value === undefined || isEmpty(value)) continue
    values[id] = typeof value === 'string' ? value.trim() : value
  }
  return values
}
