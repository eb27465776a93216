// Which waiting item goes next, and what an answer makes of it. Pure.
import type { Instant } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'
import type { Kept, OutItem, Trouble } from './outbox-port.ts'

/** Not a no to this wish: the house or the session is not ready, and the same command may go again. */
const passing: readonly (Refusal | Trouble)[] = [
  'overloaded',
  'try-later',
  'not-in-step',
  'not-signed-in',
  'unreachable',
  'unanswered',
]

/**
 * The head of a lane. A call for help before all; then heads that wait for no picture, so that 我到了 of one task
 * does not stand behind four photos of another; among them the earliest.
 */
export function nextItem({ items, pictures }: Kept): OutItem | null {
  const received = new Set(pictures.filter((one) => one.receivedAt !== null).map((one) => one.id))
  const heads = new Map<string, OutItem>()
  for (const item of items) {
    const head = heads.get(item.lane)
    if (item.place === 'waiting' && (!head || item.order < head.order)) heads.set(item.lane, item)
  }
  const heavy = (item: OutItem) => (item.first ? -1 : item.pictures.every((id) => received.has(id)) ? 0 : 1)
  return [...heads.values()].sort((a, b) => heavy(a) - heavy(b) || a.order - b.order)[0] ?? null
}

/** The item after an answer, or after trouble on the road. */
export function settleItem(item: OutItem, answer: { outcome: Outcome } | { trouble: Trouble }, now: Instant): OutItem {
  const tried = { ...item, tries: item.tries + 1 }
  if ('trouble' in answer) {
    const { trouble } = answer
    return { ...tried, trouble, place: passing.includes(trouble) ? 'waiting' : 'refused' }
  }
  const { outcome } = answer
  // 已经是这样了: an earlier try of the same thing got through.
  if (outcome.ok || outcome.refusal === 'already-so') {
    return { ...tried, place: 'delivered', trouble: null, outcome, deliveredAt: now }
  }
  const place = passing.includes(outcome.refusal) ? 'waiting' : 'refused'
  return { ...tried, place, trouble: outcome.refusal, outcome, ...(place === 'refused' && { refusedAt: now }) }
}

/** A clock off by less than this is no fault. */
const offMs = 60_000

/**
 * What was tapped by a wrong clock, before the server's was heard, is set right once it is: else the desk would refuse a report of the
 * day after tomorrow, and keep one of the day before yesterday as that.
 */
export function setRight(
  { wish, tappedAt, guessedMs }: Pick<OutItem, 'wish' | 'tappedAt' | 'guessedMs'>,
  clock: { offsetMs: number; heard: boolean } | undefined,
): Pick<OutItem, 'wish' | 'tappedAt'> {
  const by = clock?.heard && guessedMs !== undefined ? clock.offsetMs - guessedMs : 0
  if (Math.abs(by) < offMs) return { wish, tappedAt }
  return { wish: movedBy(wish, by), tappedAt: tappedAt + by }
}

function movedBy(wish: OutItem['wish'], by: number): OutItem['wish'] {
  if (wish.type === 'attach') return { ...wish, takenAt: wish.takenAt + by }
  if (wish.type !== 'report') return wish
  return { ...wish, report: { ...wish.report, occurredAt: wish.report.occurredAt + by } }
}
