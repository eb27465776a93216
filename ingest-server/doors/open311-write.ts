// Open311's two spellings of one answer: JSON, and XML with the element names GeoReport v2 gives them.
import type { Response } from 'express'
import { XMLBuilder } from 'fast-xml-parser'

export type Format = 'json' | 'xml'

/** `list` wraps many of `one`; without `one` the value is a single element. */
export interface Shape {
  list: string
  one?: string
}

export interface Failure {
  code: string
  description: string
}

const types: Record<Format, string> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
}
const builder = new XMLBuilder({ ignoreAttributes: false, processEntities: true, suppressEmptyNode: true })
// XML 1.0 has no way to write these, not even as an entity.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

export function write(res: Response, format: Format, status: number, value: unknown, shape: Shape): void {
  const text = format === 'json' ? JSON.stringify(value) : xmlOf(value, shape)
  res.status(status).set({ 'Content-Type': types[format], 'Cache-Control': 'no-store' })
  // Anybody's page may read what is public here; no cookie is ever asked for.
  res.set('Access-Control-Allow-Origin', '*').send(Buffer.from(text))
}

export const writeFailures = (res: Response, format: Format, status: number, failures: readonly Failure[]): void =>
  write(res, format, status, failures, { list: 'errors', one: 'error' })

function xmlOf(value: unknown, { list, one }: Shape): string {
  const inside = writable(value)
  const body = one === undefined ? inside : { [one]: inside }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(builder.build({ [list]: body }))}`
}

/** An array goes as `<attributes><attribute/>…`: its elements bear the singular of its name. */
const singular: Readonly<Record<string, string>> = {
  ...{ attributes: 'attribute', values: 'value', endpoints: 'endpoint', formats: 'format' },
}

function writable(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.replace(unwritable, '')
  if (Array.isArray(value)) return value.map(writable)
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const each = singular[name]
      return [name, Array.isArray(inner) && each ? { [each]: inner.map(writable) } : writable(inner)]
    }),
  )
}
