// 延时、挂账、作废、申诉 as the house does them, and how much of each the engine takes. No zod: engine, desk and phone all read this one table.
import type { Request } from './approval.ts'
import { afterCounted, countsWorkTime, lengthOf } from './calendar.ts'
import type { Case } from './case.ts'
import type { Calendar, Clock, Limit } from './clock.ts'
import type { Instant, PersonId } from './ids.ts'
import { isWaitedFor } from './ledger.ts'
import type { Refusal } from './refusal.ts'
import type { Role } from './roles.ts'
import type { AskRule, Scenario, Who } from './scenario.ts'
import { isOpen, stages } from './stage.ts'
import type { Ask, Stage } from './stage.ts'

export interface AskHouse {
  /** Where it can be asked and granted. Moved on from there, a request that still waits falls away. */
  from: readonly Stage[]
  asks: readonly Who[]
  grants: readonly Who[]
  /** Granted at most so often. */
  times: number
  /** Every asking counts, not only what was granted: it stops the clocks whatever is answered. */
  countsAll?: true
}

const desk = ['duty-officer', 'chief'] as const
const sent = ['dispatched', 'handling', 'verification', 'verified'] as const

/** Where the scenario says nothing else. */
export const askHouse: Record<Ask, AskHouse> = {
  extend: { from: sent, asks: ['holder', ...desk], grants: desk, times: 2 },
  hold: { from: ['filed', ...sent], asks: ['holder', ...desk], grants: desk, times: 3 },
  void: { from: stages.filter(isOpen), asks: ['holder', 'told', ...desk], grants: desk, times: Infinity },
  appeal: { from: ['dispatched', 'handling'], asks: ['holder', 'chief'], grants: desk, times: 2, countsAll: true },
}

/** 挂账 without a longer time named by the scenario. */
const longestHold: Limit = { amount: 30 * 24, unit: 'hours' }

type Rules = Pick<Scenario, 'asks' | 'clocks'> | undefined
type Asked = Pick<Case, 'requests'>
/** As much of a person as is asked for; null where nobody is signed in. */
type Somebody = { id: PersonId; role: Role; platform?: true } | null

const ruleOf = (rules: Rules, what: Ask): AskRule => rules?.asks[what] ?? {}
export const askersOf = (rules: Rules, what: Ask): readonly Who[] => ruleOf(rules, what).asks ?? askHouse[what].asks
export const grantersOf = (rules: Rules, what: Ask): readonly Who[] =>
  ruleOf(rules, what).grants ?? askHouse[what].grants

/** By their role, by having it in hand, by having been told of it, or as who gave the order. That they see the case at all is not asked here. */
export const isAmong = (who: readonly Who[], { id, role, platform }: NonNullable<Somebody>, subject: Case): boolean =>
  who.includes(role) ||
  (who.includes('platform') && platform === true) ||
  (who.includes('holder') && subject.holder?.personId === id) ||
  (who.includes('told') && subject.told.some((receipt) => receipt.personId === id))

/** Where it stands; who asks is another question. */
export const isAskedAt = ({ stage }: Pick<Case, 'stage'>, what: Ask): boolean => askHouse[what].from.includes(stage)

/** Stage and person only. */
export const mayAsk = (rules: Rules, what: Ask, subject: Case, person: Somebody): boolean =>
  person !== null && isAskedAt(subject, what) && isAmong(askersOf(rules, what), person, subject)

/** Nobody answers their own request. */
export const mayGrant = (rules: Rules, { what, by }: Request, subject: Case, person: Somebody): boolean =>
  person !== null && by !== person.id && isAmong(grantersOf(rules, what), person, subject)

export const isWaiting = (request: Request): boolean => request.answer === undefined
const isGranted = ({ answer }: Request): boolean => answer !== undefined && 'yes' in answer && answer.yes

export const ofKind = ({ requests = [] }: Asked, what: Ask): Request[] =>
  requests.filter((request) => request.what === what)

/** One of a kind at a time. */
export const waitingFor = (subject: Asked, what: Ask): Request | undefined => ofKind(subject, what).find(isWaiting)

/** How often it may still be asked for; Infinity where nothing limits it. */
export function timesLeft(rules: Rules, what: Ask, subject: Asked): number {
  const asked = ofKind(subject, what)
  const counted = askHouse[what].countsAll ? asked : asked.filter(isGranted)
  return (ruleOf(rules, what).times ?? askHouse[what].times) - counted.length
}

/** The one that was named; else the one that handling waits for; else the first that counts work time. */
export function clockMeant({ clocks }: Pick<Case, 'clocks'>, rules: Rules, named?: string): Clock | undefined {
  const waited = clocks.filter(isWaitedFor)
  if (named !== undefined) return waited.find(({ name }) => name === named)
  const forWork = (clock: Clock) =>
    rules?.clocks.some(
      ({ name, starts, stops }) => name === clock.name && starts !== 'urge' && stops.includes('finish'),
    )
  return waited.find(forWork) ?? waited.find(({ limit }) => countsWorkTime(limit))
}

/** The calendar a screen has, where the clock is counted by that very version; null: a work day's length is not known there. */
export const countedBy = (clock: Pick<Clock, 'calendar'>, calendar: Calendar | null): Calendar | null =>
  clock.calendar === undefined || clock.calendar === calendar?.version ? calendar : null

const countsAlike = (a: Limit, b: Limit) => countsWorkTime(a) === countsWorkTime(b)
const longestFor = (rules: Rules, limit: Limit): Limit => ruleOf(rules, 'extend').longest ?? limit

/**
 * 延时: at a time no more than the scenario says, else no more than the limit itself; and counted as the limit is counted.
 * `calendar`: the one the clock is counted by. Without it only what is sure is allowed.
 */
export function whyNotLonger(rules: Rules, { limit }: Clock, longer: Limit, calendar: Calendar | null): Refusal | null {
  if (!countsAlike(longer, limit)) return 'wrong-shape'
  const longest = longestFor(rules, limit)
  const isWithin = calendar
    ? lengthOf(calendar, longer) <= lengthOf(calendar, longest)
    : longer.unit === longest.unit && longer.amount <= longest.amount
  return isWithin ? null : 'asked-too-much'
}

/** Down to a half: 「2.5 工时」 can be said, 「2.333 工时」 not. */
export const halves = (amount: number): number => Math.floor(amount * 2) / 2

/**
 * The most that may be added to this clock at a time, in its own unit. In the scenario's where that is counted alike and the own unit
 * is too coarse or cannot be reckoned; null where nothing is sure.
 */
export function mostLonger(rules: Rules, { limit }: Clock, calendar: Calendar | null): Limit | null {
  const longest = longestFor(rules, limit)
  const { unit } = limit
  if (longest.unit === unit) return longest
  const amount = calendar ? halves(lengthOf(calendar, longest) / lengthOf(calendar, { amount: 1, unit })) : 0
  if (amount > 0) return { amount, unit }
  return countsAlike(longest, limit) ? longest : null
}

/** 挂账: the last moment until which it may be asked for now. `calendar`: in force; without one nothing is said. */
export function latestHold(rules: Rules, now: Instant, calendar: Calendar): Instant
export function latestHold(rules: Rules, now: Instant, calendar: Calendar | null): Instant | null
export function latestHold(rules: Rules, now: Instant, calendar: Calendar | null): Instant | null {
  const longest = ruleOf(rules, 'hold').longest ?? longestHold
  return calendar && afterCounted(calendar, longest, now, lengthOf(calendar, longest))
}
