// A table for a spreadsheet: Excel knows it for UTF-8 by its mark, and takes nothing in it for a formula.
/** Excel and WPS read what begins so as a formula, and a formula can run programs; so can what hides one behind white space. */
const isFormula = /^[\s\uFEFF]*[=+\-@\t\r＝＋－＠]/
/** Where a spreadsheet parts cells by a semicolon or a tab, what stands behind one begins a cell of its own, quoted or not. */
const behindOther = /[;\t][\s"]*(?=[=+@＝＋＠])/g

const cell = (value: string | number | null): string => {
  if (value === null) return ''
  // A number of our own is a number, negative ones too.
  if (typeof value === 'number') return String(value)
  const safe = (isFormula.test(value) ? `'${value}` : value).replace(behindOther, "$&'")
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export type Row = readonly (string | number | null)[]

/** The mark goes once, before the first line. */
export const csvMark = '\uFEFF'
export const csvLine = (row: Row): string => `${row.map(cell).join(',')}\r\n`
