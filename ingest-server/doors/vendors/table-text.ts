// The text of a table and its rows: whichever of the usual encodings it is in, whatever stands between its cells.
import { CsvError, parse } from 'csv-parse/sync'
import { isUtf8 } from 'node:buffer'
import { wrongShape } from './noes.ts'
import type { No } from './reading.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030'

interface TableText {
  text: string
  encoding: Encoding
}

export interface Row {
  /** In the file, from 1, where it begins. */
  line: number
  cells: string[]
  /** As it stands there. */
  raw: string
}

export interface Table {
  /** One space, half-width, no sign that cannot be seen: two spellings of one header are one. */
  headers: string[]
  headerRaw: string
  delimiter: string
  rows: Row[]
}

/** The bytes decide, not what is said of them: a spreadsheet's export says nothing, and what a sender says is often not so. */
export function decodeTable(bytes: Uint8Array): TableText | No {
  if (bytes.length === 0) return { refusal: 'nothing-in-it' }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && isUtf8(bytes))
    return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8-bom' }
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' }
  if (isUtf8(bytes)) return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8' }
  try {
    return { text: new TextDecoder('gb18030', { fatal: true }).decode(bytes), encoding: 'gb18030' }
  } catch {
    return wrongShape(
      '既不是 UTF-8 也不是 GB18030，请另存为「CSV UTF-8」后重发。',
      'This is neither UTF-8 nor GB18030: save it as CSV UTF-8 and send again.',
    )
  }
}

const delimiters = [',', '\t', ';', '|', '，'] as const

/** All rows, or why it is no table. */
export function readTable(text: string): Table | No {
  if (text.includes('\0')) return wrongShape('表里有空字符。', 'The table holds a NUL character.')
  const start = text.search(/\S/)
  if (start === -1) return { refusal: 'nothing-in-it' }
  const header = firstLine(text.slice(start))
  const delimiter = delimiterOf(header)
  // Typed by hand with a Chinese keyboard, over rows a program wrote.
  const isWide = delimiter === '，' && !text.slice(start + header.length).includes('，')
  const mended = isWide ? header.replaceAll('，', ',') + text.slice(start + header.length) : text.slice(start)
  const skipped = text.slice(0, start).split('\n').length - 1
  const all = rowsOf(mended, isWide ? ',' : delimiter, skipped)
  if ('refusal' in all) return all
  const [first, ...rows] = all
  if (!first) return { refusal: 'nothing-in-it' }
  const headers = first.cells.map(plainHeader)
  const twice = headers.find((name, at) => name !== '' && headers.indexOf(name) < at)
  if (twice !== undefined)
    return wrongShape(`表头里有两列都叫「${twice}」。`, `Two columns of the header are called "${twice}".`)
  return { headers, headerRaw: first.raw, delimiter: isWide ? ',' : delimiter, rows }
}

/** As it is compared: full-width signs become the usual ones, spaces and marks that cannot be seen go. */
export const plainHeader = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^["'*＊]+|["'*＊:：]+$/g, '')
    .trim()

const firstLine = (text: string): string => /^[^\r\n]*/.exec(text)?.[0] ?? ''

function delimiterOf(header: string): string {
  const outside = header.replace(/"[^"]*"/g, '')
  const counted = delimiters.map((sign) => ({ sign, times: outside.split(sign).length - 1 }))
  return counted.toSorted((a, b) => b.times - a.times)[0]?.sign ?? ','
}

function rowsOf(text: string, delimiter: string, skipped: number): Row[] | No {
  const rows: Row[] = []
  try {
    const found = parse(text, {
      ...{ delimiter, info: true, raw: true },
      ...{ relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: 200_000 },
    }) as unknown as { record: string[]; raw: string }[]
    let at = 0
    let line = 1 + skipped
    for (const { record, raw } of found) {
      const bare = raw.replace(/^[\r\n]+|[\r\n]+$/g, '')
      // Empty lines between are not told of.
      const begins = text.indexOf(bare, at)
      line += newlines(text.slice(at, begins))
      rows.push({ line, cells: record, raw: bare })
      line += newlines(bare)
      at = begins + bare.length
    }
    return rows
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault
    const where = Number(fault['lines']) + skipped
    return wrongShape(
      `第 ${where} 行起读不成表格：引号没有成对，或一格太长。`,
      `From line ${where} on this is no table: a quote is not closed, or a cell is too long.`,
    )
  }
}

const newlines = (text: string): number => text.split(/\r\n|\n|\r/).length - 1
