// What others wrote, as it may be shown in a terminal: no sign in it that the terminal would obey, and none that turns the line around.
/**
 * Control signs but the tab and the end of a line (ESC and its like move the cursor, change the title, answer in the
 * administrator's name), and the marks that change the direction of what is read.
 */
const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const written = (sign: string): string => {
  const code = sign.charCodeAt(0)
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** Everything that the command line says goes through here. */
export const plain = (text: string): string => text.replace(obeyed, written)

/** One cell of a row: a name with an end of line in it must not look like the next row. */
export const oneCell = (cell: string | number): string =>
  String(cell).replace(/[\t\n\u0085\u2028\u2029]/g, (sign) => (sign === '\t' || sign === '\n' ? ' ' : written(sign)))
