// Why a notice need not go any further, asked anew before each of its steps: the word has come, somebody has it, it is over. Pure.
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Level } from '#contract/stage'
import type { Notice, NoticeEnd } from '#contract/notice'
import type { Person } from '#contract/person'
import { asRostered } from '#contract/roster'
import { isOpen } from '#contract/stage'
import type { ShownBoard } from '../desk/port.ts'

interface Now {
  /** As it stands on the board; absent: it has left it. */
  subject: Case | undefined
  /** Absent: the account has ended. */
  person: Person | undefined
  board: Pick<ShownBoard, 'shifts'>
  now: Instant
}

/** Null: it goes on. Who is off duty is left alone, whatever it is. */
export function overFor(notice: Notice, { subject, person, board, now }: Now): NoticeEnd | null {
  if (!person || !asRostered(person, board.shifts.get(person.id), now).onDuty) return 'off-duty'
  if (notice.what === 'test') return null
  if (!subject || !isOpen(subject.stage)) return 'case-over'
  if (!sees(person, subject)) return 'not-theirs'
  if (subject.unsure || subject.shelved || subject.held) return 'put-aside'
  if (isReached(notice, subject)) return 'reached'
  return endsBy[notice.what](notice, subject)
}

/** Their own screen has it, or they have moved: no sooner than they were called. */
function isReached({ personId, at }: Notice, { told, orders = [], holder }: Case): boolean {
  const own = [...told, ...orders.flatMap(({ to }) => to)].filter((one) => one.personId === personId)
  const times = own.flatMap((one) => [one.deliveredAt, one.seenAt, one.takenAt, one.arrivedAt])
  if (holder?.personId === personId) times.push(holder.takenAt, holder.arrivedAt)
  return times.some((time) => time !== undefined && time >= at)
}

type Ends = (notice: Notice, subject: Case) => NoticeEnd | null

/** Somebody has answered for all of them. */
const answered: Ends = ({ personId, at }, { acknowledged, holder }) => {
  const isSigned = acknowledged !== undefined && acknowledged.at >= at
  const isTaken = holder?.takenAt !== undefined && holder.personId !== personId
  return isSigned || isTaken ? 'answered' : null
}
const orderOver: Ends = ({ personId, what }, { orders = [] }) => {
  const own = orders.findLast((order) => order.what === what)?.to.find((one) => one.personId === personId)
  return own && own.declinedAt === undefined ? null : 'answered'
}

const endsBy: Record<Notice['what'], Ends> = {
  told: answered,
  called: answered,
  dispatched: ({ personId }, { holder }) => (holder?.personId === personId ? null : 'not-theirs'),
  urge: orderOver,
  reinforce: orderOver,
  test: () => null,
}

const minute = 60_000
/** After a long stand-still nobody is woken for what was due so long ago. */
const worthFor: Record<Level, number> = { 1: 10 * minute, 2: 10 * minute, 3: 30 * minute, 4: 30 * minute }

export const isTooLate = (level: Level, due: Instant, now: Instant): boolean => now - due > worthFor[level]
