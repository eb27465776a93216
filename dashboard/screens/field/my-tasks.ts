// Which cases are mine: those in my hand, and a level I that I was told of. Pure.
import type { Case } from '#contract/case'
import { isWaiting } from '#contract/figures'
import type { Instant, PersonId } from '#contract/ids'
import { byUrgency } from '../../composables/by-urgency.ts'
import { lookAt, nextClock } from '../../composables/clock-look.ts'
import { isOrderedTo } from './my-orders.ts'
import { isOwnSos } from './sos.ts'

export interface MyTasks {
  /** 告知: I am to know of it, whoever has it: a level I, or what nobody answered and has come up to me, or what I am to reinforce. */
  told: Case[]
  now: Case[]
  /** Level IV, taken, with time in hand. */
  later: Case[]
}

export function myTasks(cases: readonly Case[], me: PersonId, now: Instant): MyTasks {
  const isMine = (subject: Case) =>
    subject.holder?.personId === me && (subject.stage === 'dispatched' || subject.stage === 'handling')
  const hasRead = (subject: Case) => subject.told.find((one) => one.personId === me)?.takenAt !== undefined
  const byUnread = (a: Case, b: Case) => Number(hasRead(a)) - Number(hasRead(b)) || b.openedAt - a.openedAt
  const mine = cases.filter(isMine).sort(byUrgency)
  const told = cases.filter((subject) => isToldOf(subject, me) && !isMine(subject)).sort(byUnread)
  const later = mine.filter((subject) => canWait(subject, now))
  return { told, now: mine.filter((subject) => !later.includes(subject)), later }
}

const isToldOf = (subject: Case, me: PersonId) =>
  isWaiting(subject) &&
  !isOwnSos(subject, me) &&
  (isOrderedTo(subject, me) ||
    subject.told.some((receipt) => receipt.personId === me && (subject.level === 1 || receipt.rung !== undefined)))

function canWait(subject: Case, now: Instant): boolean {
  const clock = nextClock(subject)
  return subject.level === 4 && subject.stage === 'handling' && (!clock || lookAt(clock, now).lamp === 'ok')
}
