// What time itself wishes now, and when to ask again.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Command, LeaseWish, TimeWish } from '#contract/command'
import type { CommandId, Instant } from '#contract/ids'
import { runs } from '#contract/ledger'
import { dayOnBoard, ring } from './alarms.ts'
import type { Board } from './board.ts'
import { leaseEnds } from './leases.ts'

/**
 * The commands that are due now, and when the next of the others will be (perhaps a little early, never late). Asking is not
 * doing: what is due stays due until its line is on the board, so ask again once it was submitted. Ids name the case, the clock,
 * the very deadline and the stretch that leads to it: a mark is made once however often it is wished, and a clock set anew is marked anew.
 * Costs the number of cases that are due, not of those that are open.
 */
export function clocks(board: Board, now: Instant): { due: Command[]; nextAt: Instant | null } {
  const { rung, nextAt } = ring(board.alarms, now)
  const due = rung.flatMap((id) => {
    const current = board.cases.get(id)
    return current ? wishes(current, now) : []
  })
  const leases = leaseEnds(board.linkage)
  const soonest = Math.min(nextAt ?? Infinity, ...leases.filter((until) => until > now))
  return {
    due: leases.some((until) => until <= now) ? [leasesOver(board), ...due] : due,
    nextAt: soonest === Infinity ? null : soonest,
  }
}

/** Ending one moves the other's next name: it names the very times both run to, and since when the wall is lent. */
const leasesOver = ({ linkage: { spotlight, casts } }: Board): Command => {
  const [shown] = casts
  const times = [spotlight?.until, shown?.shownAt, shown?.until].map((at) => at ?? '')
  return wish(`clock:leases:${times.join(':')}`, { type: 'end-leases' })
}

function wishes(current: Case, now: Instant): Command[] {
  if (current.endedAt !== undefined)
    return now >= current.endedAt + dayOnBoard
      ? [wish(`clock:${current.id}:archive`, { type: 'archive', caseId: current.id })]
      : []
  return [
    ...current.clocks.filter(runs).flatMap((clock) => marksOf(current, clock, now)),
    ...turnsOf(current, now),
    ...chasesOf(current, now),
  ]
}

/** What the record says is to happen at a time. Put aside, it calls nobody. */
function turnsOf(current: Case, now: Instant): Command[] {
  const { id: caseId, acknowledged, calling, shelved, assignAt, held } = current
  const turns: {
    at: Instant | undefined
    type: 'lapse' | 'escalate' | 'assign' | 'end-hold' | 'end-shelf'
    since?: Instant | undefined
    about?: string
  }[] = [
    { type: 'lapse', at: acknowledged?.moveBy, since: acknowledged?.at },
    {
      type: 'escalate',
      at: shelved ? undefined : calling?.at,
      about: `${calling?.since}:${calling?.rung}:${calling?.round}`,
    },
    { type: 'assign', at: assignAt },
    { type: 'end-hold', at: held?.until, since: held?.since },
    { type: 'end-shelf', at: shelved?.until, since: shelved?.since },
  ]
  return turns.flatMap(({ at, type, since, about = `${since ?? ''}:${at}` }) =>
    at !== undefined && now >= at ? [wish(`clock:${caseId}:${type}:${about}`, { type, caseId })] : [],
  )
}

const chasesOf = ({ id: caseId, orders = [] }: Case, now: Instant): Command[] =>
  orders.flatMap(({ id: order, chaseAt, round }) =>
    chaseAt !== undefined && now >= chaseAt
      ? [wish(`clock:${order}:chase:${round}:${chaseAt}`, { type: 'chase', caseId, order })]
      : [],
  )

function marksOf({ id: caseId }: Case, clock: Clock, now: Instant): Command[] {
  const named = `clock:${caseId}:${clock.name}`
  // Where the wall clock was set back, another stretch may come to the very same deadline.
  const stretch = clock.ledger.length
  const marks: Command[] = []
  if (clock.lateSaidAt === undefined && now >= clock.lateAt)
    marks.push(wish(`${named}:late:${clock.lateAt}:${stretch}`, { type: 'late', caseId, clock: clock.name }))
  if (clock.overSaidAt === undefined && now >= clock.dueAt)
    marks.push(wish(`${named}:over:${clock.dueAt}:${stretch}`, { type: 'over', caseId, clock: clock.name }))
  return marks
}

const wish = (id: string, wished: TimeWish | LeaseWish): Command => ({
  id: id as CommandId,
  by: { kind: 'clock' },
  wish: wished,
})
