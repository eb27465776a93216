// The stream's columns, and where each card of it stands: beside the seams, with a rule under what is pinned.
import { cardHeight, leastCard, tileHead, type CardColumn, type CardForm, type StreamZone } from './plan-zones.ts'
import { below, betweenSeams, gutter, type Box, type Seams } from './seams.ts'

/** Between two cards; and with the rule between them. */
const between = 56
const ruled = 90
/** The last line, which counts what is not shown. */
const foot = 54

export function streamColumns(box: Box, seams: Seams, hasStills: boolean): StreamZone {
  const parts = betweenSeams(box.left, box.left + box.width, seams)
  const whole = parts.some(({ left, right }) => right - left < leastCard.words)
    ? [{ left: box.left, right: box.left + box.width }]
    : parts
  const columns = whole.flatMap(({ left, right }) => {
    const forms = formsFor(right - left, box.height, hasStills)
    const ideal = forms.map((form) => (form === 'big' ? 1208 : 904))
    const scale = (right - left - gutter * (forms.length - 1)) / ideal.reduce((sum, width) => sum + width, 0)
    let at = left
    return forms.map((form, i): CardColumn => {
      const width = ideal[i]! * scale
      const column = { form, left: at, top: box.top, width, height: box.height }
      at += width + gutter
      return column
    })
  })
  return { ...box, columns }
}

/** Double stills where a wall is wide: they stand first, because what is gravest stands first. */
function formsFor(width: number, height: number, hasStills: boolean): CardForm[] {
  const count = (each: number) => Math.max(1, Math.floor((width + gutter) / (each + gutter)))
  if (!hasStills) return Array.from({ length: count(700) }, () => 'words')
  if (width < leastCard.still) return ['words']
  if (height < 1300 || width < 2080) return Array.from({ length: count(900) }, () => 'still')
  if (width < 3000)
    return ['big', ...Array.from({ length: Math.max(1, Math.floor((width - 1208) / 936)) }, () => 'still' as const)]
  return [
    'big',
    'big',
    ...Array.from({ length: Math.max(1, Math.floor((width - 2448) / 800)) }, () => 'still' as const),
  ]
}

export interface CardSpot extends Box {
  form: CardForm
}
export interface Dealt {
  cards: CardSpot[]
  /** Under the last pinned card, where another follows in the same column. */
  rule: Box | null
}

/** Spots for the cards in their order, the first `pinned` above the rule. As many as there is room for. */
export function dealCards(zone: StreamZone, seams: Seams, pinned: number): Dealt {
  const dealt = deal(zone, seams, pinned)
  // Rather cut by a seam than not there.
  return dealt.cards.length > 0 ? dealt : deal(zone, { ...seams, y: [] }, pinned)
}

function deal({ columns }: StreamZone, seams: Seams, pinned: number): Dealt {
  const cards: CardSpot[] = []
  let rule: Box | null = null
  columns.forEach(({ form, left, top, width, height }, nth) => {
    const high = cardHeight[form]
    const end = top + height - (nth === columns.length - 1 ? foot : 0)
    for (let at = top + tileHead, isFirst = true; ; isFirst = false) {
      const isRuled = !isFirst && pinned > 0 && cards.length === pinned
      const spot = below(at + (isFirst ? 0 : isRuled ? ruled : between), high, seams.y, seams.clear)
      if (spot + high > end) return
      if (isRuled) rule = { left, top: at + 38, width, height: 2 }
      cards.push({ form, left, top: spot, width, height: high })
      at = spot + high
    }
  })
  return { cards, rule }
}
