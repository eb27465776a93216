// Once a day what is older than it may be kept is erased: where this process holds the desk, a little at a time, counted in the audit.
import type { Archive } from '../archive/archive.ts'
import { picturesOf } from '../archive/sheet.ts'
import type { Case } from '#contract/case'
import type { EvidenceId, Instant, ReporterRef } from '#contract/ids'
import type { KeptKind } from '#contract/kept'
import type { Desk, ShownBoard } from '../desk/port.ts'
import type { KeptDays, Named, StillOpen } from '../records/port-personal.ts'
import type { Records } from '../records/port.ts'
import type { World } from './world.ts'

interface RetainingNeeds {
  records: Pick<Records, 'audit' | 'personal'>
  archive: Pick<Archive, 'between' | 'holding'>
  /** False while the archive reads what it missed. */
  complete: () => boolean
  desk: Pick<Desk, 'board' | 'holds'>
  days: KeptDays
  world: Pick<World, 'now' | 'every' | 'defer'>
  onFault: (fault: unknown) => void
}

export interface Retaining {
  /** Looks now, whatever the hour. */
  sweep(): Promise<void>
  close(): Promise<void>
}

const hour = 3_600_000
const day = 24 * hour
/** A case comes into the archive a day after its end, later where the house stood still. */
const lateBy = 7 * day
const atOnce = 200

export function keepRetention(needs: RetainingNeeds): Retaining {
  const { records, archive, complete, desk, days, world, onFault } = needs
  const { retention } = records.personal
  const rest = () => new Promise<void>((over) => world.defer(over))
  let sweptAt: Instant | null = null
  let closing = false
  let working: Promise<void> | null = null

  /** From the end of their last case on their time runs. */
  async function noteEnds(now: Instant): Promise<void> {
    const from = Math.max(0, (await retention.seenUpTo()) - lateBy)
    let named: Named[] = []
    for await (const subject of archive.between(from, now)) {
      named.push(namedIn(subject))
      if (named.length < atOnce) continue
      await retention.note(named, Math.max(from + lateBy, named.at(-1)!.endedAt), now)
      named = []
      await rest()
      if (closing) return
    }
    await retention.note(named, now, now)
  }

  /** A case of an old register ended long before it came: its pictures are no strays for that. */
  async function noteHeld(strays: readonly EvidenceId[], now: Instant): Promise<void> {
    const holders = (await Promise.all(strays.map((id) => archive.holding(id)))).flat()
    if (holders.length > 0) await retention.note(holders.map(namedIn), await retention.seenUpTo(), now)
  }

  async function erase(now: Instant): Promise<void> {
    const all: Partial<Record<KeptKind, number>> = {}
    for (;;) {
      const open = openOn(desk.board())
      await noteHeld(await retention.strays(days, open, now), now)
      const gone = await retention.sweep(days, open, now)
      for (const [kind, count] of Object.entries(gone) as [KeptKind, number][]) all[kind] = (all[kind] ?? 0) + count
      const isOver = Object.values(gone).every((count) => count === 0)
      if (isOver) await retention.swept(days, now)
      if (isOver || closing) break
      await rest()
    }
    const about = Object.entries(all).flatMap(([kind, count]) => (count > 0 ? [`${kind} ${count}`] : []))
    if (about.length === 0) return
    await records.audit.write({ at: now, who: 'retention', what: 'erased-by-rule', about: about.join(', ') })
  }

  const sweep = (): Promise<void> =>
    (working ??= (async () => {
      const now = world.now()
      await noteEnds(now)
      if (!closing) await erase(now)
      sweptAt = now
    })()
      .catch(onFault)
      .finally(() => void (working = null)))

  const stop = world.every(hour, () => {
    const now = world.now()
    if (!desk.holds() || !complete() || (sweptAt !== null && now - sweptAt < day)) return
    void sweep()
  })

  return {
    sweep,
    async close() {
      closing = true
      stop()
      await working
    },
  }
}

const refsIn = ({ reporterRef, sources }: Case): ReporterRef[] =>
  [reporterRef, ...sources.map((source) => source.reporterRef)].filter((ref) => ref !== undefined)

const namedIn = (subject: Case): Named => ({
  endedAt: subject.endedAt ?? subject.openedAt,
  refs: refsIn(subject),
  pictures: picturesOf(subject),
})

/** All that the board names, ended today or not: it is still being looked at. */
function openOn(board: Pick<ShownBoard, 'cases'>): StillOpen {
  const cases = [...board.cases.values()]
  return { refs: new Set(cases.flatMap(refsIn)), pictures: new Set(cases.flatMap(picturesOf)) }
}
