// What people and machines do on a simulated day: cameras in bursts, residents, staff on the ground, taps one after the other, the turn handed over.
import type { Server } from 'node:http'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { EvidenceId, HandOverId, PersonId, PlaceId, ShiftId, WindowId } from '#contract/ids'
import { Report } from '#contract/report'
import { isOpen } from '#contract/stage'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import type { openHands } from '../trial/r5-hands.ts'
import { spot } from '../suites/small-ground.ts'
import { ask } from './asking.ts'
import type { Device } from './device.ts'
import type { Ledger } from './oracle-ledger.ts'
import { canary } from './oracle-scope.ts'
import { origin } from './server.ts'
import type { Owner, SimTime } from './time.ts'

interface HabitsNeeds {
  chance: Chance
  time: SimTime
  key: string
  ledger: Ledger
  devices: readonly Device[]
  hands: ReturnType<typeof openHands>
  server: () => Server | null
  wish: (person: string, wish: PersonWish, picture?: EvidenceId) => Promise<void>
  pictures: Set<string>
  note: (what: string) => void
}

const seen = [
  { matter: 'smoke', cameraId: 'cam-1' },
  { matter: 'smoke', cameraId: 'cam-2' },
  { matter: 'smoke', cameraId: 'cam-3' },
  { matter: 'dropped-garbage', cameraId: 'cam-6' },
  { matter: 'charging-wire', cameraId: 'cam-1' },
] as const

/** Where each person on the ground is, and what they would write up. */
const grounds = { li: spot(10, 10), zhou: spot(60, -40), gu: spot(-60, 40), wu: [121.4725, 31.1985] } as const

export function happenings(needs: HabitsNeeds) {
  const { chance, time, key, ledger, devices, hands, server, wish, pictures, note } = needs
  const outside: Owner = { kind: 'wire', alive: true }
  let count = 0
  let unanswered = 0

  /** Sent until it is answered, as platforms do: the same body, a few seconds apart. */
  async function posts(url: string, headers: Record<string, string>, body: unknown, done: (text: string) => void) {
    unanswered++
    for (;;) {
      const to = server()
      const isLost = chance.next() < 0.04
      const answer = to && (await Promise.race([ask(to, { method: 'POST', url, headers, body }), waits(4_000)]))
      // The answer is lost on the way now and then, and what was said is said once more.
      if (answer && !isLost && answer.status < 429) {
        note(`post ${answer.status} ${answer.text.length}`)
        done(answer.text)
        break
      }
      await waits(chance.whole(500, 6_000))
    }
    unanswered--
  }
  const waits = async (milliseconds: number) => {
    await time.pause(outside, milliseconds)
    return null
  }

  /** One thing a camera saw, told as it begins, goes on and ends; sometimes another camera sees it, too. */
  async function burst(): Promise<number> {
    const what = chance.oneOf(seen)
    const eyes = what.matter === 'smoke' && what.cameraId === 'cam-1' && chance.next() < 0.5 ? [what, seen[1]] : [what]
    const phases = (['new', 'update', 'update', 'end'] as const).slice(0, chance.whole(1, 4))
    for (const eye of eyes) {
      const eventId = `e-${++count}`
      for (const phase of phases) {
        const report = { kind: 'camera-alert', ...eye, eventId, phase, occurredAt: time.now(), confidence: 0.9 }
        // An end may overtake its beginning: nobody promises their order.
        sends(report, `hik/${eventId}`)
        if (chance.next() < 0.7) await time.pass(chance.whole(20, 900))
      }
    }
    return phases.length * eyes.length
  }
  function sends(report: unknown, sourceKey: string): void {
    ledger.reported(sourceKey)
    void posts('/api/in/sanping', { authorization: `Bearer ${key}` }, report, (text) => {
      const { results = [] } = JSON.parse(text) as { results?: { ok: boolean; caseId?: string; how?: string }[] }
      // What says nothing new is counted at its case, and no line names it.
      for (const one of results)
        if (one.ok && one.caseId && one.how !== 'repeated') ledger.acknowledged(sourceKey, one.caseId)
    })
  }

  function resident(): number {
    const id = `resident-${++count}`
    const [lon, lat] = chance.oneOf(Object.values(grounds))
    const matter = chance.oneOf(['water-leak', 'street-lamp', 'corridor-clutter'])
    ledger.reported(`resident-page/${id}`)
    const body = { id, matter, text: `${canary} ${count} 楼道漏水，打 13800138000`, at: { lon, lat, crs: 'wgs84' }, name: `${canary} Mei`, phone: '13800138000' } // prettier-ignore
    void posts('/api/resident/reports', { origin }, body, (text) => {
      const { ok, caseId } = JSON.parse(text) as { ok?: boolean; caseId?: string }
      if (ok) ledger.acknowledged(`resident-page/${id}`, caseId)
    })
    return 1
  }

  async function writesUp(): Promise<number> {
    const [person, [lon, lat]] = chance.oneOf(Object.entries(grounds))
    const picture = String(++count).padStart(64, '0') as EvidenceId
    const matter = chance.oneOf(['dropped-garbage', 'corridor-clutter', 'bike-parking'])
    const at = { lon: lon + chance.next() / 2_000, lat: lat + chance.next() / 2_000, crs: 'wgs84' }
    const given = {
      kind: 'grid-report',
      eventId: `g-${count}`,
      matter,
      occurredAt: time.now(),
      at,
      evidence: [picture],
    }
    await wish(person, { type: 'report', report: Report.parse(given) }, picture)
    return 1
  }

  const boardOf = (person: string): readonly Case[] => [
    ...(devices
      .find((one) => one.person === person)
      ?.board()
      ?.cases.values() ?? []),
  ]

  /** Each acts on what the desk's own screen shows, which may be old by then. */
  async function taps(): Promise<number> {
    let done = 0
    for (let n = chance.whole(1, 5); n > 0; n--) {
      for (const { by, wish: wished } of hands.taps(boardOf('chen'), time.now())) {
        if (by.kind !== 'person' || !devices.some((one) => one.person === by.id)) continue
        if (wished.type === 'attach') pictures.add(wished.evidence)
        await wish(by.id, wished as PersonWish)
        done++
        if (chance.next() < 0.15) await time.pass(chance.whole(5, 400))
      }
      await time.pass(chance.whole(50, 1_500))
    }
    return done
  }

  /** Two tap the same at once; one taps twice. */
  async function together(): Promise<number> {
    const [current] = boardOf('chen')
      .filter(({ stage }) => isOpen(stage))
      .slice(-1)
    if (!current) return 0
    const { id: caseId } = current
    await wish('chen', { type: 'dispatch', caseId, to: 'li' as PersonId, reason: '就近' })
    await wish('shen', { type: 'dispatch', caseId, to: 'zhou' as PersonId, reason: '就近' })
    await wish('chen', { type: 'acknowledge', caseId })
    await wish('chen', { type: 'acknowledge', caseId })
    return 4
  }

  async function keepsHouse(): Promise<number> {
    const n = ++count
    const now = time.now()
    const open = boardOf('chen').filter(({ stage }) => isOpen(stage))
    const [one, other] = [open.at(-1), open.at(-2)]
    const shift = { id: `shift-${n}` as ShiftId, personId: 'li' as PersonId, post: 'grid' as const, placeId: 'north-west-1' as PlaceId, from: now - 60_000, to: now + 8 * 3_600_000 } // prettier-ignore
    const wishes: (() => Promise<void>)[] = [
      () => wish('chen', { type: 'roster', put: [shift], drop: [] }),
      () => wish('chen', { type: 'hand-over', id: `note-${n}` as HandOverId, placeId: 'street' as PlaceId, note: '夜里注意车棚', cases: open.slice(0, 3).map(({ id }) => id) }), // prettier-ignore
      () => wish('shen', { type: 'take-over', id: `note-${n - chance.whole(1, 3)}` as HandOverId }),
      () => wish('chen', { type: 'open-window', window: { id: `window-${n}` as WindowId, kind: 'control', placeId: 'north-east' as PlaceId, from: now, until: now + 3_600_000, reason: '演练' } }), // prettier-ignore
      async () =>
        void (
          one &&
          other &&
          (await wish('chen', { type: 'merge', caseId: one.id, into: other.id, reason: '同一件' }))
        ),
      async () => void (one && (await wish('chen', { type: 'unmerge', caseId: one.id, reason: '不是一件' }))),
      async () =>
        void (
          one && (await wish('chen', { type: 'shelve', caseId: one.id, until: now + 2 * 3_600_000, reason: '等材料' }))
        ),
      async () => void (one && (await wish('chen', { type: 'void', caseId: one.id, reason: '误报' }))),
      async () => void (one && (await wish('li', { type: 'note', caseId: one.id, note: '门口堵着' }))),
      async () => void (one && (await wish('chen', { type: 'look', look: { caseId: one.id } as never }))),
    ]
    await chance.oneOf(wishes)()
    return 1
  }

  return {
    waiting: () => unanswered,
    async one(): Promise<number> {
      const what = chance.next()
      if (what < 0.28) return burst()
      if (what < 0.36) return resident()
      if (what < 0.46) return writesUp()
      if (what < 0.86) return taps()
      if (what < 0.91) return together()
      return keepsHouse()
    },
  }
}
