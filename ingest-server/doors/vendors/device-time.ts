// The time as devices write it: ISO 8601 with or without an offset, in the spellings firmware has been seen to use.

// iSecure's own manual writes a space behind the T.
const spelling =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:T ?| )(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{1,2}:?\d{2})?$/i

/** Minutes ahead of UTC of a clock on a wall anywhere in China. */
export const chinaMinutes = 480

/**
 * Epoch milliseconds; null for what is no date (the 30th of February). `zone`, in minutes ahead of UTC, is that of a text
 * that says none; without it such a text is null too. It is a claim either way: an alarm is not lost for its clock.
 */
export function deviceTime(text: string, zone?: number): number | null {
  const match = spelling.exec(text.trim())
  if (!match || (match[8] === undefined && zone === undefined)) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const fraction = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000)
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, fraction)
  const back = new Date(utc)
  const real = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && back.getUTCHours() === hour
  if (!real || minute > 59 || second > 59) return null
  const offset = match[8] === undefined ? (zone ?? 0) : offsetMinutes(match[8])
  return Math.abs(offset) > 14 * 60 ? null : utc - offset * 60_000
}

function offsetMinutes(text: string): number {
  const match = /^([+-])(\d{1,2}):?(\d{2})$/.exec(text)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
