// Notices over HTTP: a phone asks to be pushed to and says what it showed; the desk sees by which ways people are called and how that goes.
import { timingSafeEqual } from 'node:crypto'
import { Router, json, type Request, type Response } from 'express'
import { z } from 'zod'
import { CommandId } from '#contract/ids'
import type { Instant, PersonId } from '#contract/ids'
import { NoticeId, PushAddress } from '#contract/notice'
import type { NoticeList, NoticeRoad, NoticeWayId, NoticeWayState, PushOffer } from '#contract/notice'
import type { Person } from '#contract/person'
import { isAdministrator, type Role } from '#contract/roles'
import type { Desk } from '../desk/port.ts'
import type { LegCount, Notices, NoticeWays, Reachable } from '../records/port-notices.ts'
import { isPushService } from './notice-push.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface NoticesDoorNeeds {
  desk: Pick<Desk, 'board' | 'submit'>
  people: ReadonlyMap<PersonId, Person>
  notices: Notices
  ways: NoticeWays
  reachable: Reachable
  viewerOf: ViewerOf
  origins: readonly string[]
  /** Empty: this house sends no push. */
  services: readonly string[]
  now: () => Instant
  onFault: (fault: unknown) => void
}

const mayLook: ReadonlySet<Role> = new Set<Role>(['administrator', 'duty-officer'])
const day = 86_400_000
const listed = 100
const limit = '4kb'
export const Shown = z.object({ receipt: z.string().min(1).max(100) })
export const Leaving = z.object({ endpoint: PushAddress.shape.endpoint })

export function openNoticesDoor(needs: NoticesDoorNeeds) {
  const { desk, people, notices, ways, reachable, viewerOf, origins, services, now, onFault } = needs
  const router = Router()

  /** Whoever asks, where they are a person: a wall is not called. */
  function personOf(req: Request, res: Response): Person | null {
    const viewer = viewerOf(req)
    const person = viewer && people.get(viewer.personId)
    if (!person) no(req, res, viewer ? 'role-not-allowed' : 'not-signed-in')
    return person ?? null
  }

  function offer(req: Request, res: Response): void {
    if (!personOf(req, res)) return
    res.json({ key: services.length > 0 ? reachable.vapid().publicKey : null } satisfies PushOffer)
  }

  async function subscribe(req: Request, res: Response): Promise<void> {
    const person = personOf(req, res)
    if (!person) return
    const address = PushAddress.safeParse(req.body)
    if (!address.success) return no(req, res, 'wrong-shape')
    if (!isPushService(address.data.endpoint, services)) return no(req, res, 'push-service-unknown')
    await reachable.subscribe(person.id, address.data, now())
    res.json({ ok: true })
  }

  async function unsubscribe(req: Request, res: Response): Promise<void> {
    const person = personOf(req, res)
    if (!person) return
    const leaving = Leaving.safeParse(req.body)
    if (!leaving.success) return no(req, res, 'wrong-shape')
    await reachable.unsubscribe(leaving.data.endpoint, person.id)
    res.json({ ok: true })
  }

  /** By the phone's worker: its page may be long closed, and its session over. */
  async function shown(req: Request, res: Response): Promise<void> {
    const id = NoticeId.safeParse(req.params.id).data
    const said = Shown.safeParse(req.body)
    const notice = id && said.success && isSame(said.data.receipt, reachable.receiptOf(id)) && (await notices.get(id))
    if (!notice) return no(req, res, 'notice-unknown')
    await notices.ends(notice.id, 'shown', now())
    const person = people.get(notice.personId)
    if (notice.caseId !== null && person)
      await desk
        .submit({
          id: CommandId.parse(`shown:${notice.id}`),
          by: { kind: 'person', id: person.id, role: person.role },
          wish: { type: 'deliver', caseId: notice.caseId },
        })
        // The phone has said its part: that the desk cannot keep it now is no fault of its.
        .catch(onFault)
    res.json({ ok: true })
  }

  async function list(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayLook.has(viewer.role)) return no(req, res, 'role-not-allowed')
    const since = now() - day
    const [counts, legs, latest] = await Promise.all([
      notices.counts(since),
      notices.legCounts(since),
      notices.list(listed),
    ])
    const states = [...ways.live().values()].map(async (way): Promise<NoticeWayState> => {
      const secrets = ways.secretsOf(way.id)
      const road = way.kind === 'sms' ? 'sms' : 'robot'
      return {
        ...way,
        settings: {},
        host: secrets ? new URL(secrets.url).host : '',
        ...figuresOf(legs, road, way.id),
        trouble: await notices.trouble(road, way.id),
      }
    })
    res.json({
      ways: await Promise.all(states),
      push: { ...reachable.phones(), ...figuresOf(legs, 'push', null), trouble: await notices.trouble('push', null) },
      counts,
      notices: isAdministrator(viewer.role) ? null : latest,
    } satisfies NoticeList)
  }

  router.use('/api/notices', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/notices', list)
  router.get('/api/notices/push', offer)
  router.post('/api/notices/push', json({ limit }), subscribe)
  router.delete('/api/notices/push', json({ limit }), unsubscribe)
  router.post('/api/notices/:id/shown', json({ limit }), shown)
  return { router, close: () => {} }
}

function figuresOf(legs: readonly LegCount[], road: NoticeRoad, wayId: NoticeWayId | null) {
  const of = (state: 'sent' | 'failed') =>
    legs.find((one) => one.road === road && one.wayId === wayId && one.state === state)
  return { sent: of('sent')?.rows ?? 0, failed: of('failed')?.rows ?? 0, sentAt: of('sent')?.triedAt ?? null }
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
