// Which bytes of a picture a PUT brings: the whole, or the part its Content-Range names.
import type { IncomingHttpHeaders } from 'node:http'

export interface Range {
  from: number
  /** How many this request brings. */
  length: number
  total: number
}

/** `bytes 0-1023/4096`, or Content-Length alone for all at once; null where they are missing or do not agree. */
export function rangeOf(headers: IncomingHttpHeaders): Range | null {
  const length = headers['content-length'] === undefined ? null : Number(headers['content-length'])
  const named = headers['content-range']
  if (named === undefined) return length === null ? null : { from: 0, length, total: length }
  const [, first, last, all] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(named) ?? []
  if (first === undefined) return null
  const range = { from: Number(first), length: Number(last) - Number(first) + 1, total: Number(all) }
  if (range.length < 1 || range.from + range.length > range.total) return null
  return length === null || length === range.length ? range : null
}
