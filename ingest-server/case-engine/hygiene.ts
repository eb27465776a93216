// How good the alarms themselves are, case by case: which cameras cry wolf or chatter, when too much came at once, what lies untouched.
import type { Case, CaseSource } from '#contract/case'
import type { CameraHygiene, HourOfAlarms, Hygiene } from '#contract/hygiene'
import type { CameraId, CaseId, Instant, SourceId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { mostInTenMinutes, spread } from './bursts.ts'

const hour = 60 * 60_000
const day = 24 * hour
/** More in ten minutes is chattering (抖动), and more cases opened in ten minutes is a flood (洪水): what one person can look at. */
const tooMany = 10

export interface GatheringHygiene {
  /** Each case once, in any order. `repeats`: reports counted since its last line. */
  add(current: Case, repeats?: number): void
  answer(now: Instant): Hygiene
}

interface CameraRow {
  cameraId: CameraId
  matter: string
  times: Instant[]
  repeats: Instant[]
  falseAlarms: Set<CaseId>
  judged: Set<CaseId>
}
interface SourceRow {
  sourceId: SourceId
  reports: number
  falseAlarms: Set<CaseId>
}

/**
 * Of what was received from and with `from`, up to and without `to`. `isCounted`: alarms, and none of the house's own checks of itself.
 * A case keeps how many reports repeated it, not when: they are reckoned to the camera that sent most of it, evenly over the time it did.
 */
export function gatherHygiene(
  { from, to }: { from: Instant; to: Instant },
  isCounted: (current: Case) => boolean,
): GatheringHygiene {
  const cameras = new Map<string, CameraRow>()
  const senders = new Map<SourceId, SourceRow>()
  const received: Instant[] = []
  const opened: Instant[] = []
  const open: Case[] = []
  const seen = new Set<string>()
  const isWithin = (at: Instant) => at >= from && at < to

  function add(current: Case, repeats = 0): void {
    if (!isCounted(current)) return
    if (!current.lineage && isWithin(current.openedAt)) opened.push(current.openedAt)
    if (isOpen(current.stage)) open.push(current)
    // What was merged still shows its sources: the other case has them, and is judged. What was counted is counted here alone.
    const isMerged = current.mergedInto !== undefined
    const verdict = isMerged ? null : verdictOf(current)
    const rows = new Map<CameraRow, Instant[]>()
    for (const source of current.sources) {
      if (!isWithin(source.receivedAt)) continue
      const row = rowOf(source)
      if (row) rows.set(row, [...(rows.get(row) ?? []), source.receivedAt])
      if (isMerged || seen.has(source.key)) continue
      seen.add(source.key)
      received.push(source.receivedAt)
      heardFrom(source, verdict, current.id)
      row?.times.push(source.receivedAt)
      if (verdict) row?.judged.add(current.id)
      if (verdict === 'false') row?.falseAlarms.add(current.id)
    }
    repeated(rows, (current.repeats ?? 0) + repeats)
  }

  function heardFrom({ by }: CaseSource, verdict: Verdict, id: CaseId): void {
    if (by.kind !== 'source') return
    const row = senders.get(by.id) ?? { sourceId: by.id, reports: 0, falseAlarms: new Set() }
    senders.set(by.id, row)
    row.reports++
    if (verdict === 'false') row.falseAlarms.add(id)
  }

  function rowOf({ kind, cameraId, matter }: CaseSource): CameraRow | undefined {
    if (kind !== 'camera-alert' || !cameraId) return undefined
    const key = `${cameraId} ${matter}`
    const row = cameras.get(key) ?? {
      ...{ cameraId, matter, times: [], repeats: [] },
      ...{ falseAlarms: new Set<CaseId>(), judged: new Set<CaseId>() },
    }
    cameras.set(key, row)
    return row
  }

  function repeated(rows: ReadonlyMap<CameraRow, Instant[]>, count: number): void {
    const [most] = [...rows].toSorted(([, a], [, b]) => b.length - a.length)
    if (!most || count === 0) return
    const [row, times] = most
    row.repeats.push(...spread(count, Math.min(...times), Math.max(...times)))
  }

  return {
    add,
    answer: (now) => ({
      from,
      to,
      cameras: [...cameras.values()].map(hygieneOf).toSorted(worstFirst),
      hours: hoursOf(received, opened),
      stale: open.filter((current) => isStale(current, now)).map(({ id }) => id),
      sources: [...senders.values()].map((row) => ({ ...row, falseAlarms: row.falseAlarms.size })),
    }),
  }
}

type Verdict = 'false' | 'other' | null

/** Somebody looked and said what it was. A device's own end is nobody's word, and a duplicate is judged where it went. */
function verdictOf({ endedAt, disposition, steps }: Case): Verdict {
  if (endedAt === undefined || disposition === undefined || disposition === 'duplicate') return null
  if (steps.some((step) => step.verb === 'recover' && step.at === endedAt)) return null
  return disposition === 'false-alarm' ? 'false' : 'other'
}

function hygieneOf({ cameraId, matter, times, repeats, falseAlarms, judged }: CameraRow): CameraHygiene {
  const worst = mostInTenMinutes([...times, ...repeats].toSorted((a, b) => a - b))
  return {
    ...{ cameraId, matter, reports: times.length, repeats: repeats.length },
    falseAlarms: [...falseAlarms],
    judged: [...judged],
    worstTenMinutes: worst,
    chattering: worst > tooMany,
    lastAt: times.reduce((latest, at) => Math.max(latest, at), 0),
  }
}

const worstFirst = (a: CameraHygiene, b: CameraHygiene): number =>
  b.falseAlarms.length - a.falseAlarms.length ||
  b.worstTenMinutes - a.worstTenMinutes ||
  b.reports - a.reports ||
  (`${a.cameraId} ${a.matter}` < `${b.cameraId} ${b.matter}` ? -1 : 1)

/** Every hour in which anything came. */
function hoursOf(received: readonly Instant[], opened: readonly Instant[]): HourOfAlarms[] {
  const inOrder = opened.toSorted((a, b) => a - b)
  const hours = new Map<Instant, HourOfAlarms>()
  const hourAt = (time: Instant): HourOfAlarms => {
    const at = Math.floor(time / hour) * hour
    const one = hours.get(at) ?? { at, reports: 0, opened: 0, flood: false }
    hours.set(at, one)
    return one
  }
  for (const at of received) hourAt(at).reports++
  for (const at of inOrder) hourAt(at).opened++
  return [...hours.values()]
    .map((one) => ({ ...one, flood: one.opened > 0 && mostInTenMinutes(inOrder, one.at, one.at + hour) > tooMany }))
    .toSorted((a, b) => a.at - b.at)
}

/** 久开未动. What stands still or is put aside does so with a reason and until a time. */
function isStale({ steps, openedAt, held, shelved }: Case, now: Instant): boolean {
  const last = steps.findLast((step) => step.by.kind === 'person')?.at ?? openedAt
  return !held && !shelved && now - last > day
}
