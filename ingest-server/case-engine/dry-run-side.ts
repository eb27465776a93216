// One set of rules tried on what really came in: a board of its own, nothing kept, and a count of what came of it.
import type { Receipt } from '#contract/case'
import type { DryRunCount } from '#contract/dry-run'
import type { Shift, Window } from '#contract/duty'
import type { Event } from '#contract/event'
import type { Fate } from '#contract/fate-words'
import type { CaseId, CommandId, Instant, PersonId, WindowId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { dayOnBoard } from './alarms.ts'
import { emptyBoard } from './board.ts'
import type { Board } from './board.ts'
import { decide } from './decide.ts'
import type { Yes } from './decision.ts'
import type { Happened } from './dry-run-reading.ts'
import type { Known } from './known.ts'
import { project } from './project.ts'
import { putShifts } from './project-duty.ts'

export interface Side {
  /** What these rules make of it. */
  receive(report: Extract<Happened, { what: 'received' }>): Fate
  /** What really was done with that case is done with those here that hold nothing else still open. */
  end(really: CaseId, at: Instant): void
  keep(event: Event, at: Instant): void
  count(): DryRunCount
}

/** The turns and windows that were in force when it begins. */
export interface InForce {
  shifts: ReadonlyMap<PersonId, readonly Shift[]>
  windows: ReadonlyMap<WindowId, Window>
}

export function openSide(known: Known, { shifts, windows }: InForce): Side {
  const board: Board = { ...emptyBoard(), windows: new Map(windows) }
  putShifts(board, [...shifts.values()].flat())
  const told = new Map<PersonId, number>()
  const count: DryRunCount = {
    ...{ opened: 0, joined: 0, unsure: 0, candidates: 0, told: 0, toldBy: [] },
    byLevel: { 1: 0, 2: 0, 3: 0, 4: 0 },
  }
  /** A case here is called as the one its first report really went to. */
  const names = new Map<CaseId, CaseId>()
  /** Which of the real ones each here holds that has not ended, and the other way round. */
  const holds = new Map<CaseId, Set<CaseId>>()
  const heldBy = new Map<CaseId, Set<CaseId>>()
  const ended: { id: CaseId; at: Instant }[] = []
  let next = 0

  function write(events: Event[], at: Instant): void {
    const revision = board.revision + 1
    const commandId = `dry-${revision}` as CommandId
    const line = { revision, at, commandId, by: { kind: 'clock' as const }, type: 'report', events }
    project(board, { ...line, outcome: { ok: true, commandId, revision } })
  }

  /** As on the real board: a day after its end a case is gone. */
  function forget(now: Instant): void {
    for (let one = ended[next]; one && one.at + dayOnBoard <= now; one = ended[++next])
      if (board.cases.has(one.id)) write([{ type: 'archived', caseId: one.id }], now)
  }

  function tellAll(events: readonly Event[]): void {
    for (const event of events)
      for (const { personId } of receiptsIn(event)) told.set(personId, (told.get(personId) ?? 0) + 1)
  }

  function counted({ how, events }: Yes): void {
    if (how === 'joined') count.joined++
    for (const event of events) {
      if (event.type !== 'opened') continue
      const { level, unsure, candidates } = event.subject
      count.opened++
      count.byLevel[level]++
      count.candidates += candidates?.length ?? 0
      if (unsure) count.unsure++
    }
  }

  function belongs(caseId: CaseId, really: CaseId): void {
    if (!names.has(caseId)) names.set(caseId, really)
    holds.set(caseId, (holds.get(caseId) ?? new Set()).add(really))
    heldBy.set(really, (heldBy.get(really) ?? new Set()).add(caseId))
  }

  return {
    receive({ report, by, at, caseId: really }) {
      forget(at)
      const command = { id: 'dry' as CommandId, by, wish: { type: 'report' as const, report } }
      const decision = decide(board, command, at, known)
      if ('refusal' in decision) return { how: 'refused', refusal: decision.refusal }
      const { events, caseId } = decision
      if (events.length > 0) write(events, at)
      counted(decision)
      tellAll(events)
      if (caseId) belongs(caseId, really)
      return fateOf(decision, (caseId && names.get(caseId)) ?? null)
    },
    end(really, at) {
      for (const id of heldBy.get(really) ?? []) {
        const open = holds.get(id)
        open?.delete(really)
        const current = board.cases.get(id)
        if (open?.size || !current || !isOpen(current.stage)) continue
        const step = { verb: 'close' as const, at, by: { kind: 'clock' as const } }
        write([{ type: 'moved', caseId: id, stage: 'closed', step, holder: null }], at)
        ended.push({ id, at })
      }
      heldBy.delete(really)
    },
    keep: (event, at) => write([event], at),
    count: () => ({
      ...count,
      told: [...told.values()].reduce((sum, times) => sum + times, 0),
      toldBy: [...told].map(([personId, times]) => ({ personId, times })).toSorted(mostFirst),
    }),
  }
}

const mostFirst = (a: { personId: PersonId; times: number }, b: typeof a) =>
  b.times - a.times || (a.personId < b.personId ? -1 : 1)

const receiptsIn = (event: Event): readonly Receipt[] =>
  event.type === 'opened' ? event.subject.told : event.type === 'sourced' ? (event.told ?? []) : []

function fateOf({ how, events }: Yes, caseId: CaseId | null): Fate {
  const [first] = events
  if (how !== 'opened') return { how: how ?? 'repeated', caseId }
  if (first?.type !== 'opened') throw new Error('no case was opened')
  const { level, unsure, shelved } = first.subject
  return { how, level, unsure, shelved: shelved !== undefined }
}
