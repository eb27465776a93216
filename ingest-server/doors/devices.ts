// The house's eyes and ears on one page: cameras, gateways, sources, and the paths an alarm takes.
import { Router, type Request, type Response } from 'express'
import { covers } from '../case-engine/scope.ts'
import type { DeviceState, Devices } from '#contract/devices'
import type { Ground } from '#contract/ground'
import type { CameraId, CaseId, DeviceId, Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Role } from '#contract/roles'
import { isOpen } from '#contract/stage'
import type { AlarmPath } from '#contract/wire'
import type { Desk } from '../desk/port.ts'
import type { Hearing } from './hearing.ts'
import { languageOf } from './intake-answer.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { isWrong } from './source-skew.ts'
import { sourceStates, withoutQuotes, type SourceStatesNeeds } from './source-states.ts'
import { placeOf } from './watch-outages.ts'

interface DevicesDoorNeeds extends SourceStatesNeeds {
  desk: Pick<Desk, 'board'>
  hearing: Hearing
  ground: Ground
  paths: () => AlarmPath[]
  viewerOf: ViewerOf
  now: () => Instant
}

/** Whole, or only what hangs on their own ground; the others do not ask. */
const mayLook: Partial<Record<Role, 'all' | 'own'>> = { administrator: 'all', 'duty-officer': 'all', chief: 'own' }

export function openDevicesDoor(needs: DevicesDoorNeeds) {
  const { desk, hearing, ground, paths, viewerOf, now } = needs
  const router = Router()

  async function answer(req: Request, res: Response): Promise<void> {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    const how = mayLook[viewer.role]
    if (!how) return no(req, res, 'role-not-allowed')
    const devices = devicesNow().filter((device) => how === 'all' || isOwn(viewer, device))
    const states = how === 'all' ? await sourceStates(needs) : []
    const sources = viewer.role === 'administrator' ? withoutQuotes(states, languageOf(req)) : states
    res.json({ at: now(), devices, sources, paths: paths() } satisfies Devices)
  }

  const isOwn = ({ placeIds }: Viewer, { placeId }: DeviceState) =>
    placeId !== null && covers(placeIds, ground.pathOf(placeId))

  function devicesNow(): DeviceState[] {
    const silent = new Set<string>(hearing.silent(now()))
    const cases = casesAbout(desk)
    const cameras = [...ground.cameras.values()].map(({ id, placeId }): DeviceState => {
      const thing = hearing.find('camera', id)
      const state = !thing ? 'never' : thing.offline ? 'offline' : silent.has(id) ? 'silent' : 'online'
      const device = { kind: 'camera' as const, id, placeId, heardAt: thing?.heardAt ?? null, state } as const
      return { ...device, caseId: cases.get(id) ?? null, ...clockOf(id) }
    })
    const gateways = [...hearing.all()].flatMap((thing): DeviceState[] => {
      if (thing.kind !== 'gateway') return []
      const [id, isLate] = [thing.id as DeviceId, now() - thing.heardAt > needs.silentAfterMs]
      const state = thing.offline ? 'offline' : isLate ? 'silent' : 'online'
      const placeId = placeOf({ kind: 'gateway', id }, hearing, ground)
      return [{ kind: 'gateway', id, placeId, heardAt: thing.heardAt, state, caseId: cases.get(id) ?? null }]
    })
    return [...gateways, ...cameras]
  }

  /** Said only where it is wrong. */
  function clockOf(id: CameraId): Pick<DeviceState, 'clock'> {
    const { clock, lagMs } = needs.skews.ofCamera(id)
    return lagMs !== null && isWrong(clock) ? { clock: { state: clock, lagMs } } : {}
  }

  router.get('/api/devices', answer)
  return { router, close: () => {} }
}

/** The open case that is about each. */
function casesAbout(desk: Pick<Desk, 'board'>): Map<CameraId | DeviceId, CaseId> {
  const cases = new Map<CameraId | DeviceId, CaseId>()
  for (const { id, stage, sources } of desk.board().cases.values())
    for (const { kind, deviceId, cameraId } of isOpen(stage) ? sources : []) {
      const thing = deviceId ?? cameraId
      if (kind === 'device-report' && thing) cases.set(thing, id)
    }
  return cases
}
