// When it was, in the spellings boxes and tables use: ISO 8601, epoch seconds or milliseconds, the local time of a wall clock, an Excel day.
import { deviceTime } from './device-time.ts'

export const timeForms = ['iso', 'epoch-s', 'epoch-ms', 'local', 'compact'] as const
type TimeForm = (typeof timeForms)[number]
/** One of each, for the sentence that refuses another. */
export const timeLike: Record<TimeForm, string> = {
  iso: '2026-11-21T08:00:00+08:00',
  'epoch-s': '1795219200',
  'epoch-ms': '1795219200000',
  local: '2026-11-21 08:00:00',
  compact: '20261121080000',
}

const isNumber = (text: string): boolean => /^\d{1,17}(\.\d{1,9})?$/.test(text)

const read: Record<TimeForm, (text: string, offset: string) => number | null> = {
  iso: (text) => deviceTime(text),
  'epoch-s': (text) => (isNumber(text) ? Math.round(Number(text) * 1000) : null),
  'epoch-ms': (text) => (isNumber(text) ? Math.round(Number(text)) : null),
  local: localTime,
  compact: (text, offset) => {
    const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{3})?$/.exec(text)
    if (!parts) return null
    const [, year, month, day, hour, minute, second = '00', milli = '000'] = parts
    return deviceTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}${offset}`)
  },
}

/** Epoch milliseconds; null for what is no such time. `offset`: of a clock that does not say its own, `+08:00`. */
export const timeOf = (text: string, form: TimeForm, offset: string): number | null => read[form](text.trim(), offset)

/** `2026-11-21 08:30:00`, `2026/11/21 8:30`, `2026年11月21日 8时30分`, or a day alone; an offset of its own goes before ours. */
export function localTime(text: string, offset: string): number | null {
  const plain = text
    .trim()
    .replace(/^(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?\s*/, '$1-$2-$3 ')
    .replace(/(\d{1,2})[时点](\d{1,2})(?:分(?:(\d{1,2})秒)?)?/, (_all, hour, minute, second = '00') =>
      [hour, minute, second].join(':'),
    )
    .trim()
  const own = deviceTime(plain)
  if (own !== null) return own
  return deviceTime(/^\d{4}-\d{1,2}-\d{1,2}$/.test(plain) ? `${plain} 00:00:00${offset}` : `${plain}${offset}`)
}

const excelDayZero = Date.UTC(1899, 11, 30)
const dayMs = 86_400_000

/** The day number a spreadsheet writes where it forgot that the cell was a time: 46347.354. Null for what is none. */
export function excelTime(text: string, offset: string): number | null {
  if (!/^\d{5}(\.\d{1,12})?$/.test(text.trim())) return null
  const midnight = deviceTime(`1970-01-01T00:00:00${offset}`)
  if (midnight === null) return null
  return Math.round((excelDayZero + Number(text) * dayMs + midnight) / 1000) * 1000
}
