// A body of JSON that is one message or an array of them, each read by itself and kept as the very text it came as.
import { elementTexts, parseJson, textOf } from './json.ts'
import { isNo, mediaType, mostItems, type Item, type Reading } from './reading.ts'

/** `under`: where it stands, empty for the body itself. */
export type ReadOne = (value: unknown, under: string, raw: () => Uint8Array) => Item

interface Spelling {
  /** See `parseJson`. */
  exact?: boolean
  /** How a sentence calls the array. */
  called?: string
}

export function jsonItems(body: Buffer, readOne: ReadOne, { exact = false, called = '' }: Spelling = {}): Reading {
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text, exact)
  if (isNo(parsed)) return parsed
  const { value } = parsed
  return Array.isArray(value) ? eachOf(value, rawIn(text), readOne, called) : [readOne(value, '', () => body)]
}

export function eachOf(
  values: readonly unknown[],
  rawAt: (at: number) => Uint8Array,
  readOne: ReadOne,
  called = '',
): Reading {
  if (values.length > mostItems) return { refusal: 'too-many' }
  if (values.length === 0) return { refusal: 'nothing-in-it' }
  return values.map((value, at) => readOne(value, `${called}[${at}]`, () => rawAt(at)))
}

/** Cut apart only where an item needs its own text: a refusal is rare, a batch is not. */
export function rawIn(text: string): (at: number) => Uint8Array {
  let texts: string[] | undefined
  return (at) => Buffer.from((texts ??= elementTexts(text))[at] ?? '')
}

/** Or not said what it is. */
export const isJson = (contentType: string): boolean =>
  /^(?:|application\/json|text\/json)$/.test(mediaType(contentType))

/** One message a line. */
export const isLines = (contentType: string): boolean =>
  /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines)$/.test(mediaType(contentType))
