// The house watches itself: what is out becomes a case of its own by the one road, and what is back says so.
import { hash } from 'node:crypto'
import type { Command } from '#contract/command'
import type { Ground } from '#contract/ground'
import type { CameraId, CommandId, Instant, SourceId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import { Report } from '#contract/report'
import { isOpen } from '#contract/stage'
import type { Desk } from '../desk/port.ts'
import type { HeardTimes } from '../records/port-hearing.ts'
import type { Sources } from '../records/port.ts'
import type { Hearing } from './hearing.ts'
import { coverageOutages, outageMatters, pathOutages, silenceAsOutage } from './watch-outages.ts'
import type { Outage, OutageMatter, Uncovered } from './watch-outages.ts'

export interface WatchNeeds {
  desk: Pick<Desk, 'submit' | 'board' | 'inStep' | 'holds'>
  hearing: Hearing
  heard: Pick<HeardTimes, 'keep'>
  sources: Pick<Sources, 'live'>
  ground: Ground
  knowsMatter: (matter: string) => boolean
  paths: {
    all: () => readonly unknown[]
    down: () => { name: string; since: Instant }[]
    follow: (tell: () => void) => () => void
  }
  uncovered: () => readonly Uncovered[]
  now: () => Instant
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
  /** A matter no scenario has, or what the desk would not take: said once. */
  onUnsaid: (matter: string, refusal: Refusal) => void
}

export interface Watch {
  /** Now, and not only at the next half minute. */
  compare(): Promise<void>
  /** Keeps what was heard last. */
  close(): Promise<void>
}

const everyMs = 30_000

/** An outage as a case on the board tells it: its event's id names all that must be known of it. */
interface OpenOutage extends Pick<Outage, 'matter' | 'id' | 'since' | 'where'> {
  eventId: string
}

/** `camera-silent/cam-1@1763688660000`: the same outage is the same event, for ever and after every restart. */
const eventOf = ({ matter, id, since }: Pick<Outage, 'matter' | 'id' | 'since'>): string => `${matter}/${id}@${since}`
const thingOf = ({ matter, id }: Pick<Outage, 'matter' | 'id'>): string => `${outageMatters[matter]} ${id}`

export function openWatch(needs: WatchNeeds): Watch {
  const { desk, hearing, ground, now } = needs
  /** Wishes that have their answer: what the desk took, and what it never will. */
  const said = new Set<CommandId>()
  const unsaid = new Set<string>()
  let out = new Map<string, Outage>()
  let comparing: Promise<void> | null = null
  let again = false
  let closed = false

  async function compareOnce(): Promise<void> {
    if (!desk.holds()) return
    // What could not be kept only makes a restart a little deafer; what is out is said all the same.
    await needs.heard.keep(hearing.takeHeard()).catch(needs.onFault)
    if (closed || !desk.inStep()) return
    out = asTheyBegan(outages())
    const open = openOutages()
    const begins = [...out].flatMap(([thing, outage]) => (open.has(thing) ? [] : [say(outage, 'new', outage.since)]))
    const ends = [...open].flatMap(([thing, one]) => (!out.has(thing) && isBack(one) ? [say(one, 'end', now())] : []))
    // Not awaited: a desk that cannot write now is itself something to be watched.
    for (const command of [...begins, ...ends]) if (!said.has(command.id)) submit(command)
  }

  /** An outage is the one it began as: how many are out with it may change, its event may not. */
  function asTheyBegan(found: readonly Outage[]): Map<string, Outage> {
    return new Map(found.map((outage) => [thingOf(outage), out.get(thingOf(outage)) ?? outage]))
  }

  function outages(): Outage[] {
    const { paths, sources } = needs
    const live = new Set(sources.live().keys())
    return [
      ...hearing.silences(now(), live).map((silence) => silenceAsOutage(silence, hearing, ground)),
      ...pathOutages(paths.down(), paths.all().length, ground),
      ...coverageOutages(needs.uncovered(), now()),
    ].filter(({ matter }) => isKnown(matter))
  }

  function isKnown(matter: OutageMatter): boolean {
    const known = needs.knowsMatter(matter)
    if (!known) complain(matter, 'matter-unknown')
    return known
  }

  function complain(matter: string, refusal: Refusal): void {
    if (unsaid.has(`${matter} ${refusal}`)) return
    unsaid.add(`${matter} ${refusal}`)
    needs.onUnsaid(matter, refusal)
  }

  /** What the board says is out: it remembers over a restart what was said before it. */
  function openOutages(): Map<string, OpenOutage> {
    const open = new Map<string, OpenOutage>()
    for (const subject of desk.board().cases.values()) {
      if (!isOpen(subject.stage)) continue
      for (const source of subject.sources) {
        if (source.by.kind !== 'clock' || source.kind !== 'device-report' || source.phase === 'end') continue
        const one = readEvent(source.key)
        if (!one) continue
        const { cameraId, deviceId } = source
        const placeId = subject.path.at(-1) ?? ground.subdistrict.id
        const where =
          cameraId && ground.cameras.has(cameraId) ? { cameraId } : { placeId, ...(deviceId && { deviceId }) }
        open.set(thingOf(one), { ...one, where })
      }
    }
    return open
  }

  /** Not being missed is not yet being back: what a start has not heard of yet, or another's silence explains, is neither. */
  function isBack({ matter, id, since }: OpenOutage): boolean {
    const kind = outageMatters[matter]
    if (kind === 'place' || kind === 'path') return true
    if (kind === 'camera' && !ground.cameras.has(id as CameraId)) return true
    const thing = hearing.find(kind, id)
    const source = (thing?.sourceId ?? id) as SourceId
    if (kind !== 'camera' && !needs.sources.live().has(source)) return true
    return thing !== undefined && thing.offline === null && thing.heardAt > since
  }

  function submit(command: Command): void {
    said.add(command.id)
    desk.submit(command).then(
      (outcome) => {
        if (outcome.ok) return
        if (outcome.refusal === 'overloaded' || outcome.refusal === 'not-in-step') said.delete(command.id)
        else complain(command.wish.type === 'report' ? command.wish.report.matter : '', outcome.refusal)
      },
      (fault: unknown) => {
        said.delete(command.id)
        needs.onFault(fault)
      },
    )
  }

  /** One comparison at a time; asked meanwhile, once more after it. */
  function compare(): Promise<void> {
    again = comparing !== null
    comparing ??= compareOnce()
      .catch(needs.onFault)
      .finally(() => {
        comparing = null
        if (again) void compare()
      })
    return comparing
  }

  const run = () => void compare()
  const stops = [needs.every(everyMs, run), hearing.follow(run), needs.paths.follow(run)]
  return {
    compare,
    async close() {
      closed = true
      for (const stop of stops) stop()
      await comparing
      if (!desk.holds()) return
      await needs.heard.keep(hearing.takeHeard()).catch(needs.onFault)
    },
  }
}

type Said = Pick<Outage, 'matter' | 'id' | 'since' | 'where'> & { eventId?: string; text?: string }

function say(outage: Said, phase: 'new' | 'end', at: Instant): Command {
  const { matter, where, text, eventId = eventOf(outage) } = outage
  const plain = `watch:${eventId}:${phase}`
  const report = { kind: 'device-report', eventId, phase, matter, occurredAt: at, ...where, ...(text && { text }) }
  return {
    id: (plain.length <= 128 ? plain : `watch:${hash('sha256', plain)}`) as CommandId,
    by: { kind: 'clock' },
    wish: { type: 'report', report: Report.parse(report) },
  }
}

const written = /^clock\/(([\w-]+)\/(.+)@(\d+))/s

/** Null for what is no outage of ours. */
function readEvent(key: string): Pick<OpenOutage, 'eventId' | 'matter' | 'id' | 'since'> | null {
  const [, eventId, matter, id, since] = written.exec(key) ?? []
  if (!eventId || !matter || !id || !Object.hasOwn(outageMatters, matter)) return null
  return { eventId, matter: matter as OutageMatter, id, since: Number(since) }
}
