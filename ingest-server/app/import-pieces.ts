// A file cut into pieces that are tables of their own: header and some rows, each piece saying on which line of the file it begins.
import { isNo, type No } from '../doors/vendors/reading.ts'
import { decodeTable, readTable, type Encoding, type Row } from '../doors/vendors/table-text.ts'

export interface Pieces {
  encoding: Encoding
  contentType(rows: readonly Row[]): string
  /** Rows of a piece and its body. */
  body(rows: readonly Row[]): string
  rows: Row[]
}

const newlines = (text: string): number => text.split(/\r\n|\n|\r/).length - 1

/** `.ndjson` and `.jsonl` are one object a line; everything else is a table. */
export function piecesOf(bytes: Uint8Array, file: string): Pieces | No {
  const decoded = decodeTable(bytes)
  if (isNo(decoded)) return decoded
  const { text, encoding } = decoded
  if (/\.(ndjson|jsonl)$/i.test(file)) return linePieces(text, encoding)
  const table = readTable(text)
  if (isNo(table)) return table
  if (table.rows.length === 0) return { refusal: 'nothing-in-it' }
  return {
    encoding,
    rows: table.rows,
    contentType: ([first]) => `text/csv; charset=utf-8; first-line=${first?.line ?? 1}`,
    body: (rows) => [table.headerRaw, ...rows.map((row, at) => padded(row, rows[at - 1]))].join('\r\n'),
  }
}

/** Empty lines between two rows stay, so that each is on the line it was on. */
function padded(row: Row, before: Row | undefined): string {
  const gap = before ? row.line - before.line - newlines(before.raw) - 1 : 0
  return '\r\n'.repeat(Math.max(0, gap)) + row.raw
}

function linePieces(text: string, encoding: Encoding): Pieces | No {
  const rows = text
    .split('\n')
    .map((raw, at) => ({ line: at + 1, cells: [], raw: raw.trim() }))
    .filter(({ raw }) => raw !== '')
  if (rows.length === 0) return { refusal: 'nothing-in-it' }
  return {
    encoding,
    rows,
    contentType: () => 'application/x-ndjson',
    body: (some) => some.map(({ raw }) => raw).join('\n'),
  }
}
