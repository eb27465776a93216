// For whoever keeps the machine running: is it alive, may it be sent work, what is it doing, and what of it does not go.
import { Router } from 'express'
import type { Request } from 'express'
import type { Registry } from 'prom-client'
import type { HouseHealth } from '#contract/health'
import { openGauges, type GaugeNeeds } from './ops-gauges.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

export interface OpsNeeds extends GaugeNeeds {
  /** True from when it is being stopped: a balancer then sends nobody here any more. */
  leaving: () => boolean
  viewerOf: ViewerOf
  overload: number
  /** With what is counted, for the page of whoever keeps it running; absent where nobody looks. */
  whole?: () => Promise<HouseHealth>
}

export function openOpsDoor(meters: { registry: Registry }, needs: OpsNeeds): { router: Router; close: () => void } {
  const { desk, viewerOf, overload, leaving, node, health, whole } = needs
  const { registry } = meters
  openGauges(registry, needs)
  /** What hangs together with what is nobody's business but the machine's and its keeper's. */
  const mayLookInside = (req: Request): boolean => isLocal(req) || viewerOf(req)?.role === 'administrator'

  const router = Router()
  router.get('/healthz', (_req, res) => void res.json({ alive: true }))
  router.get('/readyz', (req, res) => {
    const [inStep, waiting] = [desk.inStep(), desk.waiting()]
    const ready = inStep && waiting < overload && !leaving()
    const others = node && { holds: desk.holds(), redis: node().isUp }
    const inside = health && mayLookInside(req) && { parts: health().parts }
    res
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready, inStep, waiting, revision: desk.board().revision, ...others, ...inside })
  })
  router.get('/metrics', async (req, res) => {
    if (!mayLookInside(req)) return refuse(req, res, 403, 'role-not-allowed')
    res.type(registry.contentType).send(await registry.metrics())
  })
  router.get('/api/operation', async (req, res) => {
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    if (viewer.role !== 'administrator') return refuse(req, res, 403, 'role-not-allowed')
    if (!whole) return void res.status(404).end()
    res.set('Cache-Control', 'no-store').json(await whole())
  })
  return { router, close: () => registry.clear() }
}

/** A collector on this machine, and not somebody whom a proxy on this machine lets through. */
const isLocal = (req: Request): boolean =>
  req.headers['x-forwarded-for'] === undefined &&
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(req.socket.remoteAddress ?? '')
