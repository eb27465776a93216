// When a level I has the wall, and when it gives it back.
import type { Case } from '#contract/case'
import { isWaiting } from '#contract/figures'

/** Signed for, and somebody has taken it or stands there. To sign writes one's own receipt too: that alone sends nobody. */
const isUnderWay = ({ acknowledged, holder, told }: Case): boolean =>
  acknowledged !== undefined &&
  (holder?.takenAt !== undefined ||
    told.some(
      ({ personId, takenAt, arrivedAt }) =>
        arrivedAt !== undefined || (takenAt !== undefined && personId !== acknowledged.by),
    ))

/** 待核 never takes the wall: a machine that is not sure is not an alarm. Nor does what somebody put aside. */
export const takesWall = (subject: Case): boolean => subject.level === 1 && isWaiting(subject) && !isUnderWay(subject)

/** The oldest first: it keeps the wall until it gives it back, so that two fires do not snatch it from each other. */
export const queueOf = (cases: readonly Case[]): Case[] =>
  cases.filter(takesWall).sort((a, b) => a.openedAt - b.openedAt || a.id.localeCompare(b.id))
