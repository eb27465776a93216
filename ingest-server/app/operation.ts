// How the house is, wired: what is looked at every two seconds, what is counted when somebody asks, and both as one answer.
import type { HouseHealth } from '#contract/health'
import type { Instant } from '#contract/ids'
import { keptKinds } from '#contract/kept'
import type { OperationCounts } from '../records/port-operation.ts'
import type { KeptDays } from '../records/port-personal.ts'
import type { Records } from '../records/port.ts'
import type { Desk } from '../desk/port.ts'
import type { Node } from '../nodes/node.ts'
import { keepHealth } from './health.ts'
import { openProbes, type ProbeNeeds } from './health-probes.ts'
import type { Log } from './log.ts'
import type { World } from './world.ts'

/** What only whoever opened the stores and the folder can tell; each absent where there is no such thing. */
export interface FromOutside {
  disk?: () => Promise<{ free: number; size: number }>
  checkpoint?: () => { at: Instant; revision: number } | null
  postgres?: () => Promise<{ now: Instant }>
  logs?: () => NonNullable<HouseHealth['logs']> & { failing: boolean }
}

interface OperationNeeds extends Omit<
  ProbeNeeds,
  'node' | 'disk' | 'postgres' | 'checkpoint' | 'logs' | 'onHead' | 'desk'
> {
  desk: Desk
  records: Pick<Records, 'operation'>
  node?: Node | undefined
  outside?: FromOutside | undefined
  leaving: () => boolean
  /** Days each kind is kept. */
  keptDays: KeptDays
  build: string
  world: World
  log: Log
}

/** Somebody who collects often does not make the records count more often. */
const countedFor = 5

export function keepOperation({ node, ...needs }: OperationNeeds) {
  const { desk, records, outside = {}, world, log, leaving, overload, build, pace, keptDays } = needs
  const startedAt = world.now()
  let head = 0
  const unsigned = (revision: number): number => Math.max(0, desk.board().revision - revision)
  const signed = () => {
    const last = outside.checkpoint?.() ?? null
    return last && { ...last, unsigned: unsigned(last.revision) }
  }
  let room: HouseHealth['disk'] = null
  const health = keepHealth(
    openProbes({
      ...needs,
      ...(node && { node: { isUp: () => node.figures().isUp } }),
      ...(outside.postgres && { postgres: outside.postgres }),
      ...(outside.disk && { disk: async () => (room = await outside.disk!()) }),
      ...(outside.checkpoint && { checkpoint: signed }),
      ...(outside.logs && { logs: outside.logs }),
      onHead: (revision) => (head = revision),
    }),
    {
      now: world.now,
      // A demo's timers ring early; the wire and the disk are no faster for it.
      after: (milliseconds, run) => world.after(milliseconds * pace, run),
      every: (milliseconds, run) => world.every(milliseconds * pace, run),
      turned: ({ part, state, words }) =>
        log[state === 'ok' ? 'info' : 'warn']({ event: 'health', part, state, words: words.en }, 'how it goes'),
    },
  )

  const counts = seldomAsked(countedFor, () => records.operation.counts(world.now()), world.seconds)
  let last: OperationCounts | null = null

  function now(): HouseHealth {
    const inStep = desk.inStep()
    return {
      ...{ at: world.now(), ready: inStep && desk.waiting() < overload && !leaving(), parts: health.parts() },
      ...{ build, node: process.version, startedAt, revision: desk.board().revision, waiting: desk.waiting() },
      nodes: node ? { name: node.name, holds: desk.holds(), others: [...node.serving(desk.journalId)] } : null,
      ...{ backup: last?.backup ?? null, checkpoint: signed(), disk: room },
      ...{ verified: last?.verified ?? null, retention: last?.retentionAt ?? null },
      kept: keptKinds.map((kind) => ({ kind, days: keptDays[kind], sweptAt: last?.sweptAt.get(kind) ?? null })),
      logs: outside.logs?.() ?? null,
    }
  }

  return {
    now,
    async counts() {
      return (last = await counts())
    },
    async whole() {
      last = await counts().catch(() => last)
      return now()
    },
    behind: () => Math.max(0, head - desk.board().revision),
    close: health.close,
  }
}

function seldomAsked<T>(atMostEvery: number, ask: () => Promise<T>, seconds: () => number): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | null = null
  return () => {
    if (last && seconds() - last.at < atMostEvery) return last.answer
    const asked = { at: seconds(), answer: ask() }
    last = asked
    asked.answer.catch(() => {
      if (last === asked) last = null
    })
    return asked.answer
  }
}
