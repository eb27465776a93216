// One cell as a spreadsheet leaves it, read for what was meant; digits that a spreadsheet threw away are never made up.
import { timeNo, wrongShape } from './noes.ts'
import type { No } from './reading.ts'
import { excelTime, localTime, timeLike } from './when.ts'

/** `="0012"` and `'0012` are how a spreadsheet is told to leave a number alone. */
export function plainCell(cell: string): string {
  const text = cell.trim()
  const quoted = /^="(.*)"$/s.exec(text)?.[1]
  return (quoted ?? text).replace(/^'(?=[\d+])/, '').trim()
}

/** A number or a phone number: 1.23E+17 once had digits that are gone. */
export function idCell(cell: string, column: string): string | No {
  const text = plainCell(cell)
  return /^\d(\.\d+)?[eE]\+?\d+$/.test(text)
    ? wrongShape(
        `${column}：「${text}」被表格软件改成了科学计数，后面的数字已经丢了，请把这一列设为文本后重新导出。`,
        `${column}: "${text}" was made scientific by a spreadsheet and its last digits are lost: set the column to text and export again.`,
      )
    : text
}

/** 121,475.5 has a thousands separator; full-width digits become the usual ones. */
export const numberCell = (cell: string): string =>
  plainCell(cell)
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '')

export function timeCell(cell: string, column: string, offset: string): number | No {
  const text = plainCell(cell).normalize('NFKC')
  const at = localTime(text, offset) ?? excelTime(text, offset)
  if (at !== null) return at
  return timeNo(column, text, timeLike.local)
}
