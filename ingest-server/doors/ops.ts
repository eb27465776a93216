// For whoever keeps the machine running: is it alive, may it be sent work, and what is it doing.
import { Router } from 'express'
import type { Request } from 'express'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Role } from '#contract/roles'
import type { Lags } from '#contract/wire'
import type { Desk } from '../desk/port.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { familyOf } from './vendors/dialects.ts'

export interface Meters {
  /** An answer at the intake: its dialect, and how it was settled or why it was refused. */
  settled(dialect: string, result: string): void
  appended(lines: number, seconds: number): void
}

export interface OpsNeeds {
  desk: Pick<Desk, 'inStep' | 'waiting' | 'board' | 'holds'>
  /** True from when it is being stopped: a balancer then sends nobody here any more. */
  leaving: () => boolean
  /** Among others like it; absent: it is the only process. */
  node?: () => NodeFigures
  screens: () => ReadonlyMap<Role, number>
  silent: () => number
  lags: () => Lags
  viewerOf: ViewerOf
  overload: number
}

/** As the room of the nodes counts them. */
interface NodeFigures {
  isUp: boolean
  turned: number
  answered: { middle: number; worst: number } | null
}

/** `process`: also what Node says of itself, event loop delay above all; once a process. */
export function openMeters({ process = false } = {}): Meters & { registry: Registry } {
  const registry = new Registry()
  if (process) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const reports = new Counter({
    name: 'sanping_reports_total',
    help: 'Reports answered, by dialect and by how they were settled or why refused.',
    labelNames: ['dialect', 'result'] as const,
    registers,
  })
  const batch = new Histogram({
    name: 'sanping_batch_lines',
    help: 'Journal lines kept by one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  const append = new Histogram({
    name: 'sanping_append_seconds',
    help: 'How long one commit took, flush included.',
    buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers,
  })
  return {
    registry,
    // The dialect comes out of the address: a label anybody may make up would grow without end.
    settled: (dialect, result) => reports.inc({ dialect: familyOf(dialect) ?? 'unknown', result }),
    appended(lines, seconds) {
      batch.observe(lines)
      append.observe(seconds)
    },
  }
}

export function openOpsDoor(meters: { registry: Registry }, needs: OpsNeeds): { router: Router; close: () => void } {
  const { desk, screens, silent, lags, viewerOf, overload, leaving, node } = needs
  const { registry } = meters
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  gauge('sanping_revision', 'The last line of the journal that is on the board.', () => desk.board().revision)
  gauge('sanping_cases', 'Cases on the board.', () => desk.board().cases.size)
  gauge('sanping_waiting', 'Commands waiting for the next commit.', desk.waiting)
  gauge('sanping_in_step', '1 while the board is in step with the journal.', () => Number(desk.inStep()))
  gauge('sanping_silent_cameras', 'Cameras not heard of for too long.', silent)
  gauge('sanping_holds', '1 where this process holds the desk, 0 where it follows.', () => Number(desk.holds()))
  if (node) {
    gauge('sanping_redis_up', '1 while Redis answers this process.', () => Number(node().isUp))
    gauge('sanping_desk_turns', 'How often a desk came to this process or left it.', () => node().turned)
    gauge('sanping_passed_seconds', 'From a wish passed on to its answer, the middle of the last hundred.', () =>
      node().answered ? node().answered!.middle : 0,
    )
  }
  new Gauge({
    name: 'sanping_screens',
    help: 'Screens on the line, by role.',
    labelNames: ['role'] as const,
    registers,
    collect() {
      this.reset()
      for (const [role, count] of screens()) this.set({ role }, count)
    },
  })
  new Gauge({
    name: 'sanping_lag_milliseconds',
    help: "From a report's coming in to the line (intake), from the desk to the glass (wall, phone): the middle of the last half minute.",
    labelNames: ['step'] as const,
    registers,
    collect() {
      this.reset()
      for (const [step, milliseconds] of lagsOf(lags(), 'milliseconds')) this.set({ step }, milliseconds)
    },
  })
  new Gauge({
    name: 'sanping_lag_worst_milliseconds',
    help: 'The worst of the same screens.',
    labelNames: ['step'] as const,
    registers,
    collect() {
      this.reset()
      for (const [step, milliseconds] of lagsOf(lags(), 'worst')) this.set({ step }, milliseconds)
    },
  })

  const router = Router()
  router.get('/healthz', (_req, res) => void res.json({ alive: true }))
  router.get('/readyz', (_req, res) => {
    const [inStep, waiting] = [desk.inStep(), desk.waiting()]
    const ready = inStep && waiting < overload && !leaving()
    const others = node && { holds: desk.holds(), redis: node().isUp }
    res.status(ready ? 200 : 503).json({ ready, inStep, waiting, revision: desk.board().revision, ...others })
  })
  router.get('/metrics', async (req, res) => {
    if (!isLocal(req) && viewerOf(req)?.role !== 'administrator') return refuse(req, res, 403, 'role-not-allowed')
    res.type(registry.contentType).send(await registry.metrics())
  })
  return { router, close: () => registry.clear() }
}

/** Only what was measured: no figure is better than one made up. */
function lagsOf(
  { intake, wall, phone }: Lags,
  figure: 'milliseconds' | 'worst',
): [step: string, milliseconds: number][] {
  const measured: [string, number | undefined | null][] = [
    ['intake', figure === 'milliseconds' ? intake : null],
    ['wall', wall?.[figure]],
    ['phone', phone?.[figure]],
  ]
  return measured.flatMap(([step, milliseconds]) => (typeof milliseconds === 'number' ? [[step, milliseconds]] : []))
}

/** A collector on this machine, and not somebody whom a proxy on this machine lets through. */
const isLocal = (req: Request): boolean =>
  req.headers['x-forwarded-for'] === undefined &&
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(req.socket.remoteAddress ?? '')
