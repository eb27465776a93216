// The ways out at the desk: who is told, what waits, what nobody took; paused, taken up again, sent once more by hand.
import { Router, json, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Instant } from '#contract/ids'
import { DeliveryId, NeighbourId } from '#contract/neighbour'
import type { DeliveryLabel, Neighbour, NeighbourList, NeighbourState } from '#contract/neighbour'
import type { Viewer } from '#contract/person'
import type { Role } from '#contract/roles'
import type { Deliveries, Delivery, Neighbours } from '../records/port-neighbours.ts'
import type { Audit } from '../records/port.ts'
import { originGuard } from './session-origin.ts'
import { no, refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface OutwardDoorNeeds {
  neighbours: Pick<Neighbours, 'live' | 'pause' | 'resume'>
  deliveries: Pick<Deliveries, 'counts' | 'list' | 'redeliver'>
  audit: Audit
  viewerOf: ViewerOf
  origins: readonly string[]
  now: () => Instant
  /** Something may be sent at once. */
  wake: () => void
}

const mayLook: ReadonlySet<Role> = new Set<Role>(['administrator', 'duty-officer'])
const listed = { waiting: 100, dead: 200, taken: 50 } as const

const Wished = z.discriminatedUnion('do', [
  z.object({ do: z.literal('pause'), why: z.string().trim().max(200).default('') }),
  z.object({ do: z.literal('resume') }),
  /** Without an id all that are dead. */
  z.object({ do: z.literal('redeliver'), id: DeliveryId.optional() }),
])

export function openOutwardDoor(needs: OutwardDoorNeeds) {
  const { neighbours, deliveries, audit, viewerOf, origins, now, wake } = needs
  const router = Router()

  async function list(_req: Request, res: Response): Promise<void> {
    const counts = await deliveries.counts()
    const shown = await Promise.all(
      (['dead', 'waiting', 'taken'] as const).map((state) => deliveries.list(listed[state], { state })),
    )
    const live = neighbours.live()
    res.json({
      neighbours: [...live.values()].map((one) => stateOf(one, counts)),
      deliveries: shown
        .flat()
        .filter(({ neighbourId }) => live.has(neighbourId))
        .map(labelOf),
    } satisfies NeighbourList)
  }

  async function act(req: Request, res: Response): Promise<void> {
    const id = NeighbourId.safeParse(req.params.id).data
    if (!id || !neighbours.live().has(id)) return no(req, res, 'neighbour-unknown')
    const wished = Wished.safeParse(req.body)
    if (!wished.success) return refuse(req, res, 400, 'wrong-shape')
    const viewer = viewerOf(req) as Viewer
    const wish = wished.data
    switch (wish.do) {
      case 'pause':
        await neighbours.pause(id, wish.why || viewer.name, now())
        break
      case 'resume':
        await neighbours.resume(id)
        break
      case 'redeliver':
        await deliveries.redeliver(id, wish.id, now())
        break
      default:
        wish satisfies never
    }
    await audit.write({ at: now(), who: viewer.personId, what: `neighbour-${wish.do}`, about: id })
    wake()
    res.json({ ok: true })
  }

  router.use('/api/neighbours', originGuard(origins), (req, res, next) => {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayLook.has(viewer.role)) return no(req, res, 'role-not-allowed')
    next()
  })
  router.get('/api/neighbours', list)
  router.post('/api/neighbours/:id', json({ limit: '4kb' }), act)
  return { router, close: () => {} }
}

function stateOf(neighbour: Neighbour, counts: Awaited<ReturnType<Deliveries['counts']>>): NeighbourState {
  const { settings: _own, url, ...shown } = neighbour
  const of = (state: 'waiting' | 'taken' | 'dead') =>
    counts.find((one) => one.neighbourId === neighbour.id && one.state === state)
  return {
    ...shown,
    host: new URL(url).host,
    waiting: of('waiting')?.rows ?? 0,
    dead: of('dead')?.rows ?? 0,
    taken: of('taken')?.rows ?? 0,
    takenAt: of('taken')?.triedAt ?? null,
    waitingSince: of('waiting')?.since ?? null,
  }
}

const labelOf = ({
  body: _body,
  thread: _thread,
  theirs: _theirs,
  heard: _heard,
  ...label
}: Delivery): DeliveryLabel => {
  const { firstTriedAt: _first, ...shown } = label
  return shown
}
