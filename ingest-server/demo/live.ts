// From now on: tellings as their time comes, the staff at work, cameras alive, and the fault that was asked for.
import type { CameraId, FacilityId, Instant } from '#contract/ids'
import type { Ground } from '#contract/ground'
import type { Case } from '#contract/case'
import type { Chance } from './chance.ts'
import type { BadLine } from './bad-line.ts'
import { flood, heartbeats, type Pulse } from './faults.ts'
import { happenings, type Telling } from './happenings.ts'
import type { Player } from './player.ts'
import type { Walkers } from './walkers.ts'

const minute = 60_000
const hour = 60 * minute

/** The shed that burns first, and the two eyes that see it. */
const firstFire = { shed: 'shed-001-01' as FacilityId, cameras: ['cam-001-03', 'cam-001-07'] as CameraId[] }

/** The fire that opens the demo: seen at once, by a second camera 23 s later, called in after 2 min 10 s. */
function openingFire(ground: Ground, at: Instant): Telling[] {
  const shed = ground.facilities.get(firstFire.shed)
  if (!shed) return []
  const seen = firstFire.cameras.map((cameraId, nth): Telling => ({
    at: at + nth * 23_000,
    by: 'camera',
    eventId: `fire-${at}-${nth}`,
    phase: 'new',
    matter: 'smoke',
    text: '白烟从棚顶冒出',
    where: shed.at,
    placeId: shed.placeId,
    cameraId,
    facilityId: shed.id,
    confidence: nth === 0 ? 0.93 : 0.88,
    scene: 'shed-smoke',
  }))
  const called: Telling = {
    at: at + 130_000,
    by: 'resident',
    eventId: `fire-${at}-call`,
    phase: 'new',
    matter: 'open-fire',
    text: '楼下车棚见明火，烟往楼道里走',
    where: shed.at,
    placeId: shed.placeId,
    facilityId: shed.id,
  }
  return [...seen, called]
}

interface LiveNeeds {
  player: Player
  walkers: Walkers
  ground: Ground
  chance: Chance
  pulse: Pulse
  cases: () => Iterable<Case>
  now: () => Instant
  /** Runs `run` every so many of our own milliseconds; returns the stop. */
  every: (milliseconds: number, run: () => void) => () => void
  badLine: BadLine | null
  flooding: boolean
  /** A fire opens it. */
  burning: boolean
  complain: (fault: unknown) => void
}

export function goLive(needs: LiveNeeds): () => void {
  const { player, ground, chance, now, complain } = needs
  let planned: Telling[] = needs.burning ? openingFire(ground, now() + 12_000) : []
  let plannedTo = now()
  let [walked, worked, second] = [now(), 0, 0]

  const tellDue = (at: Instant): void => {
    if (at >= plannedTo - minute) {
      planned.push(...happenings(chance, ground, plannedTo, plannedTo + hour, `live-${plannedTo}`))
      plannedTo += hour
    }
    const due = planned.filter((telling) => telling.at <= at)
    planned = planned.filter((telling) => telling.at > at)
    for (const telling of due) player.tell(telling).catch(complain)
  }

  const tick = (): void => {
    const at = now()
    second++
    tellDue(at)
    if (at - worked >= 3000) {
      worked = at
      player.work(true).catch(complain)
    }
    if (second % 5 === 0) {
      needs.walkers.step(needs.cases(), (at - walked) / 1000)
      walked = at
    }
    // Every camera once in five minutes, a few each second, as a street's cameras do without agreeing on it.
    const beating = needs.pulse.beating.filter((_, nth) => nth % 300 === second % 300)
    for (const message of heartbeats(beating, at)) player.post(message).catch(complain)
    if (needs.badLine && second % 30 === 20) needs.badLine.cut(chance.whole(3000, 9000))
    if (needs.flooding && second > 20 && second <= 80) {
      for (const message of flood('cam-009-01' as CameraId, at, 1, second)) player.post(message).catch(complain)
    }
  }
  return needs.every(1000, tick)
}
