// While nobody answers, a case calls: which rung of its ladder is climbed next and when, and what answers it.
import { afterCounted, lengthOf } from '#contract/calendar'
import type { Besides, Case } from '#contract/case'
import type { Calendar, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { Rung, Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Mark, Verb } from '#contract/stage'
import { assignLater } from './assign-later.ts'
import { nobodyChased } from './order-receipts.ts'
import { rankOf } from './stages.ts'

type Calling = NonNullable<Case['calling']>
/** As much of a case as says who answered it, and how far it has climbed. */
type Climbing = Pick<Case, 'level' | 'stage' | 'acknowledged' | 'steps'>

const afterLimit = (calendar: Calendar, limit: Limit, from: Instant): Instant =>
  afterCounted(calendar, limit, from, lengthOf(calendar, limit))

const hasArrived = ({ steps }: Pick<Case, 'steps'>) => steps.some((step) => step.verb === 'arrive')

/** Whoever did more has answered too: who took it, who got there. */
const answered: Record<Rung['until'], (current: Climbing) => boolean> = {
  acknowledge: (current) => current.acknowledged !== undefined || answered.take(current) || hasArrived(current),
  take: ({ stage }) => rankOf[stage] >= rankOf.handling,
  arrive: (current) => hasArrived(current) || rankOf[current.stage] >= rankOf.verification,
}
export const isAnswered = (rung: Rung, current: Climbing): boolean => answered[rung.until](current)

/** The rungs this case climbs, lowest first, by their number in the scenario. */
export const rungsOf = (current: Pick<Case, 'level'>, scenario: Scenario): [number, Rung][] =>
  [...scenario.ladder.entries()].filter(([, rung]) => rung.levels?.includes(current.level) ?? true)

/**
 * The soonest rung that is still to be climbed, null where none is. Counted from `since` for a rung's first time, from its last time
 * for the next: what was missed while the server stood still is climbed once, not as often as it was missed. Whoever has
 * climbed higher does not begin a lower rung any more.
 */
export function nextRung(current: Climbing, scenario: Scenario, since: Instant, calendar: Calendar): Calling | null {
  const rungs = rungsOf(current, scenario)
  const climbed = current.steps.filter((step) => step.verb === 'escalate' && step.at >= since)
  const highest = rungs.findLast(([, rung]) => climbed.some((step) => step.about === rung.name))?.[0] ?? -1
  const due = rungs.flatMap(([index, rung]): Calling[] => {
    if (isAnswered(rung, current)) return []
    const own = climbed.filter((step) => step.about === rung.name)
    const round = own.length
    const last = own.at(-1)
    if (!last)
      return index < highest ? [] : [{ rung: index, round, since, at: afterLimit(calendar, rung.after, since) }]
    return rung.every && round < rung.atMost
      ? [{ rung: index, round, since, at: afterLimit(calendar, rung.every, last.at) }]
      : []
  })
  return due.toSorted((a, b) => a.at - b.at || a.rung - b.rung)[0] ?? null
}

/** From its opening: the first rung is due. */
export function startsCalling(
  subject: Pick<Case, 'level'>,
  scenario: Scenario,
  now: Instant,
  calendar: Calendar,
): Pick<Case, 'calling'> {
  return setCalling(nextRung({ level: subject.level, stage: 'reported', steps: [] }, scenario, now, calendar))
}

const setCalling = (calling: Calling | null): Pick<Case, 'calling'> => (calling ? { calling } : {})

/**
 * What a case that calls now is given besides being told of: once it turned out sure, became worse, or came back from where it was
 * put aside. What it has climbed already stays climbed as long as it was never quiet.
 */
export function callsNow(
  current: Climbing & Pick<Case, 'matter' | 'unsure' | 'shelved' | 'held' | 'passed' | 'calling' | 'assignAt'>,
  scenario: Scenario | undefined,
  now: Instant,
  calendar: Calendar,
): Besides {
  if (!scenario || current.unsure || current.shelved || current.held || current.passed || !isOpen(current.stage))
    return {}
  const calling = nextRung(current, scenario, current.calling?.since ?? now, calendar)
  if (rankOf[current.stage] >= rankOf.dispatched) return setCalling(calling)
  const waitedFor = waitsAnew(current, ackEnds(current, scenario, now, calendar))
  return {
    ...setCalling(calling),
    ...(waitedFor && { acknowledged: waitedFor }),
    ...(current.assignAt === undefined && assignLater(current, scenario, now, calendar)),
  }
}

/** Back from where it was put aside whoever signed is waited for anew; what is worse now no longer than what is as bad. */
function waitsAnew(current: Climbing, moveBy: Instant | undefined): Case['acknowledged'] {
  const { acknowledged } = current
  if (!acknowledged || moveBy === undefined || hasArrived(current)) return undefined
  return moveBy < (acknowledged.moveBy ?? Infinity) ? { ...acknowledged, moveBy } : undefined
}

/** Put aside or on hold: it calls nobody, nobody is waited for, it is not sent by itself, and no order is chased. */
export const quiet = ({ calling, acknowledged, assignAt, orders }: Case): Besides => ({
  ...(calling && { calling: null }),
  ...(assignAt !== undefined && { assignAt: null }),
  ...(acknowledged?.moveBy !== undefined && { acknowledged: { by: acknowledged.by, at: acknowledged.at } }),
  ...nobodyChased({ orders }),
})

/** Somebody has set out, or it has ended: whoever signed for it need not be waited for. */
const isMove: Partial<Record<Verb | Mark, true>> = {
  dispatch: true,
  take: true,
  arrive: true,
  finish: true,
  return: true,
  close: true,
  void: true,
}

/** Besides accepting, which `evolve` writes. */
const signs: Partial<Record<Verb | Mark, true>> = { dispatch: true, take: true }

/** Until when somebody must have moved, once it is signed for; undefined where the scenario does not say. */
function ackEnds(
  { level }: Pick<Case, 'level'>,
  scenario: Scenario,
  now: Instant,
  calendar: Calendar,
): Instant | undefined {
  const rule = scenario.ackHolds.find((one) => one.levels?.includes(level) ?? true)
  return rule && afterLimit(calendar, rule.limit, now)
}

/**
 * What something done changes in it: answered it is still, moved an acknowledgement no longer lapses, sent back it calls again.
 * `after` is the case as it is once that was done.
 */
export function callingAfter(
  before: Case,
  after: Case,
  doing: Verb | Mark,
  scenario: Scenario | undefined,
  now: Instant,
  calendar: Calendar,
): Besides {
  if (!isOpen(after.stage)) return quiet(after)
  const isSent = rankOf[after.stage] >= rankOf.dispatched
  const signed = signature(before, after, doing, scenario, now, calendar)
  const current = signed ? { ...after, acknowledged: signed } : after
  return {
    ...(isSent && after.assignAt !== undefined && { assignAt: null }),
    ...(signed && { acknowledged: signed }),
    ...callsOn(before, current, doing, scenario, now, calendar),
  }
}

/** Whoever sends or takes what nobody has signed for has signed; whoever signs says by when somebody will have moved. */
function signature(
  before: Case,
  after: Case,
  doing: Verb | Mark,
  scenario: Scenario | undefined,
  now: Instant,
  calendar: Calendar,
): Case['acknowledged'] {
  const { acknowledged } = after
  const by = after.steps.at(-1)?.by
  if (!acknowledged) return signs[doing] && by?.kind === 'person' ? { by: by.id, at: now } : undefined
  if (isMove[doing]) return acknowledged.moveBy === undefined ? undefined : { by: acknowledged.by, at: acknowledged.at }
  const isNew = !before.acknowledged && !hasArrived(after) && rankOf[after.stage] < rankOf.dispatched
  const moveBy = isNew && scenario ? ackEnds(after, scenario, now, calendar) : undefined
  return moveBy === undefined ? undefined : { ...acknowledged, moveBy }
}

function callsOn(
  before: Case,
  current: Case,
  doing: Verb | Mark,
  scenario: Scenario | undefined,
  now: Instant,
  calendar: Calendar,
): Besides {
  if (before.unsure && !current.unsure) return callsNow(current, scenario, now, calendar)
  const { calling } = current
  // Sent by itself it would go back to whom it came from: after that a person decides.
  if (doing === 'return' && !calling && !current.held && !current.passed && !current.shelved)
    return scenario ? setCalling(nextRung(current, scenario, now, calendar)) : {}
  if (!calling) return {}
  const rung = scenario?.ladder[calling.rung]
  if (scenario && rung && !isAnswered(rung, current)) return {}
  return { calling: scenario ? nextRung(current, scenario, calling.since, calendar) : null }
}
