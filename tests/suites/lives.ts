// Lives of cases for judging: each step at its minute, the limits run as the scenario says, people who were somebody then.
import type { Case, Step } from '#contract/case'
import type { CaseFacts, Who } from '#contract/case-facts'
import { afterCounted, lengthOf } from '#contract/calendar'
import type { Clock } from '#contract/clock'
import type { CaseId, Instant, PersonId, PlaceId } from '#contract/ids'
import type { Post } from '#contract/roles'
import type { ClockRule, Scenario } from '#contract/scenario'
import type { Disposition } from '#contract/stage'
import { factsOf } from '../../ingest-server/case-engine/facts.ts'
import { aCase, aSource, calendar, minutes, scenarios, sourceActor } from './builders.ts'

const limit = (
  name: string,
  amount: number,
  unit: ClockRule['limit']['unit'],
  starts: ClockRule['starts'],
  stop: ClockRule['stops'][number],
): ClockRule => ({
  ...{ name, starts, stops: [stop] },
  limit: { amount, unit },
  words: { zh: name, en: name },
})

/** Filed within 10 minutes, sent within 10, taken within 10, done within 4 work hours, looked at within 24 hours. */
export const street: Scenario = {
  ...scenarios[0]!,
  clocks: [
    limit('accept', 10, 'minutes', 'open', 'accept'),
    limit('dispatch', 10, 'minutes', 'file', 'dispatch'),
    limit('take', 10, 'minutes', 'dispatch', 'take'),
    limit('handle', 4, 'work-hours', 'dispatch', 'finish'),
    limit('verify', 24, 'hours', 'finish', 'verify'),
  ],
}

/** Minutes after its opening; absent: it was never done. */
export interface Life {
  id?: string
  openedAt: Instant
  filed?: number
  dispatched?: number
  taken?: number
  arrived?: number
  contacted?: number
  finished?: number
  sentBack?: number
  misdispatched?: number
  verified?: number
  closed?: number
  void?: number
  disposition?: Disposition
  handler?: string
  sender?: string
  path?: string[]
  /** Who said so first. */
  by?: 'camera' | 'officer' | 'resident'
  rating?: { at: number; stars: number; fixed: boolean }
  change?: Partial<Case>
}

const posts: Record<string, [Post, string]> = {
  chen: ['command', '城运中心'],
  shen: ['station', '创意家园网格站'],
  li: ['grid', '桥一居民区'],
  zhou: ['property', '桥一物业'],
}
export const whoOf = (id: PersonId): Who => ({ id, post: posts[id]?.[0] ?? null, body: posts[id]?.[1] ?? null })

let count = 0

/** The case as it stands at `now`. */
export function aLife(life: Life, now: Instant, scenario = street): Case {
  const { openedAt, handler = 'li', sender = 'shen' } = life
  const when = (minute: number) => openedAt + minutes(minute)
  const by = (id: string) => ({ kind: 'person' as const, id: id as PersonId, role: 'officer' as const })
  const step = (verb: Step['verb'], minute: number | undefined, id: string, more: Partial<Step> = {}): Step[] =>
    minute === undefined || when(minute) > now ? [] : [{ verb, at: when(minute), by: by(id), ...more }]
  const steps = [
    ...step('contact', life.contacted, handler),
    ...step('accept', life.filed, 'chen'),
    ...step('file', life.filed, 'chen'),
    ...step('dispatch', life.dispatched, sender, { to: handler as PersonId }),
    ...step('take', life.taken, handler),
    ...step('return', life.misdispatched, handler, { about: 'misdispatch', reason: '不归我管' }),
    ...step('arrive', life.arrived, handler),
    ...step('finish', life.finished, handler),
    ...step('return', life.sentBack, 'shen', { reason: '没扫干净' }),
    ...step('verify', life.verified, 'shen'),
    ...step('close', life.closed, 'shen'),
    ...step('void', life.void, 'shen', { reason: '误报' }),
    ...step('rate', life.rating?.at, handler, { about: life.rating?.fixed ? 'fixed' : 'not-fixed' }),
  ].toSorted((a, b) => a.at - b.at)
  const done = (verb: string): Instant | undefined =>
    verb === 'open' ? openedAt : steps.find((one) => one.verb === verb)?.at
  const clocks = scenario.clocks.flatMap((rule): Clock[] => {
    const startedAt = done(rule.starts)
    if (startedAt === undefined) return []
    const length = lengthOf(calendar, rule.limit)
    const ended = done('close') ?? done('void')
    const metAt = done(rule.stops[0]!)
    const to = metAt ?? ended
    const dueAt = afterCounted(calendar, rule.limit, startedAt, length)
    return [
      {
        ...{ name: rule.name, limit: rule.limit, startedAt, dueAt },
        lateAt: afterCounted(calendar, rule.limit, startedAt, length * 0.8),
        ledger: [{ from: startedAt, kind: 'running', ...(to !== undefined && { to }) }],
        ...(metAt !== undefined && { metAt }),
        ...((to ?? now) > dueAt && { overSaidAt: dueAt }),
      },
    ]
  })
  const overs = clocks.flatMap(({ name, overSaidAt }): Step[] =>
    overSaidAt === undefined ? [] : [{ verb: 'over', at: overSaidAt, by: { kind: 'clock' }, about: name }],
  )
  const reporter = { camera: sourceActor('hik'), officer: by('li'), resident: sourceActor('hotline') }[
    life.by ?? 'camera'
  ]
  const kind = ({ camera: 'camera-alert', officer: 'grid-report', resident: 'service-ticket' } as const)[
    life.by ?? 'camera'
  ]
  const endedAt = done('close') ?? done('void')
  const rated = life.rating && when(life.rating.at) <= now
  return aCase({
    id: (life.id ?? `20261120-${String(++count).padStart(4, '0')}`) as CaseId,
    stage: done('close') ? 'closed' : done('void') ? 'void' : 'handling',
    openedAt,
    sources: [aSource({ kind, by: reporter, receivedAt: openedAt })],
    steps: [
      { verb: 'open', at: openedAt, by: reporter },
      ...[...steps, ...overs].toSorted((a, b) => a.at - b.at),
    ] as Step[],
    clocks,
    handlers: life.taken !== undefined ? [handler as PersonId] : [],
    ...(life.path && { path: life.path as PlaceId[] }),
    ...(endedAt !== undefined && {
      endedAt,
      disposition: life.disposition ?? (done('close') ? 'solved' : 'false-alarm'),
    }),
    ...(rated && { rating: { stars: life.rating!.stars, fixed: life.rating!.fixed, at: when(life.rating!.at) } }),
    ...life.change,
  })
}

export const judged = (subject: Case, now: Instant, scenario = street, earlier?: Case): CaseFacts =>
  factsOf(subject, { scenario, now, earlier, whoOf, calendarOf: () => calendar })!

/** Everything done, and done in time: opened on a work morning. */
export const inTime = (openedAt: Instant, change: Partial<Life> = {}): Life => ({
  ...{ openedAt, filed: 2, dispatched: 5, taken: 8, arrived: 20, finished: 40, verified: 60, closed: 60 },
  ...change,
})
