// The keys of the wall: one table, for the hand and for the sheet that explains them.

export const deeds = [
  'space',
  'step',
  'minutes',
  'hours',
  'days',
  'now',
  'paces',
  'tour',
  'mute',
  'sound',
  'skin',
  'layers',
  'help',
] as const
export type Deed = (typeof deeds)[number]

interface Key {
  deed: Deed
  /** As `KeyboardEvent.key` has them, a letter in small. */
  keys: readonly string[]
  shift?: boolean
  /** What stands on the keys. */
  shown: string
}

export const keys: readonly Key[] = [
  { deed: 'space', keys: [' '], shown: '' },
  { deed: 'step', keys: ['arrowleft', 'arrowright'], shown: '← →' },
  { deed: 'minutes', keys: ['arrowleft', 'arrowright'], shift: true, shown: 'Shift ← →' },
  { deed: 'hours', keys: ['pageup', 'pagedown'], shown: 'PgUp PgDn' },
  { deed: 'days', keys: ['pageup', 'pagedown'], shift: true, shown: 'Shift PgUp PgDn' },
  { deed: 'now', keys: ['end', 'escape'], shown: 'End Esc' },
  { deed: 'paces', keys: ['1', '2', '3', '4'], shown: '1 2 3 4' },
  { deed: 'tour', keys: ['t'], shown: 'T' },
  { deed: 'mute', keys: ['m'], shown: 'M' },
  { deed: 'sound', keys: ['s'], shown: 'S' },
  { deed: 'skin', keys: ['v'], shown: 'V' },
  { deed: 'layers', keys: ['l'], shown: 'L' },
  { deed: 'help', keys: ['?', 'h'], shown: 'H' },
]

export interface Pressed {
  deed: Deed
  /** Which of its keys: 0 goes back, 1 forth; of the paces, which. */
  nth: number
}

type Stroke = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** What has the focus and takes keys for itself: a field every one of them, a button those that press it. */
export type Focus = 'field' | 'button' | null

const fields = 'input, textarea, select, [contenteditable]'
const buttons = 'button, a[href], summary, [role="button"], [role="checkbox"], [role="radio"], [role="switch"]'

/** Of what a key was pressed on; the page itself has no focus to lose. */
export function focusIn(target: EventTarget | null): Focus {
  const at = target as Partial<Pick<Element, 'closest'>> | null
  if (at?.closest?.(fields)) return 'field'
  return at?.closest?.(buttons) ? 'button' : null
}

/** Null where it is nobody's, or belongs to the browser or to what has the focus. */
export function pressed(stroke: Stroke, focus: Focus): Pressed | null {
  if (focus === 'field' || stroke.ctrlKey || stroke.metaKey || stroke.altKey) return null
  const name = stroke.key.toLowerCase()
  if (focus === 'button' && (name === ' ' || name === 'enter')) return null
  const isMove = name.startsWith('arrow') || name.startsWith('page')
  const found = keys.find((one) => one.keys.includes(name) && (!isMove || (one.shift ?? false) === stroke.shiftKey))
  return found ? { deed: found.deed, nth: found.keys.indexOf(name) } : null
}
