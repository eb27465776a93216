// What the lines of a journal say of clocks, judged by a count of our own that knows nothing of the engine's.
import type { Case } from '#contract/case'
import type { Calendar, Clock, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { recompute } from '#contract/ledger'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'

const minute = 60_000

export function isWorked(calendar: Calendar, at: Instant): boolean {
  const local = new Date(at + calendar.offsetMinutes * minute)
  const day = local.toISOString().slice(0, 10)
  const weekday = local.getUTCDay() || 7
  const isDay =
    calendar.makeUpDays.includes(day) || (calendar.workDays.includes(weekday) && !calendar.holidays.includes(day))
  const ofDay = local.getUTCHours() * 60 + local.getUTCMinutes()
  return isDay && calendar.hours.some(([from, to]) => from <= ofDay && ofDay < to)
}

/** Minute by minute, its two ends in part. */
function counted(calendar: Calendar, limit: Limit, from: Instant, to: Instant): number {
  if (!limit.unit.startsWith('work')) return Math.max(0, to - from)
  let sum = 0
  for (let at = Math.floor(from / minute) * minute; at < to; at += minute)
    if (isWorked(calendar, at)) sum += Math.min(to, at + minute) - Math.max(from, at)
  return sum
}

const lengths = { minutes: 1, hours: 60, 'work-hours': 60, 'work-days': 480 }
const lengthOf = ({ amount, unit }: Limit) => Math.round(amount * lengths[unit] * minute)

function usedShare(clock: Clock, calendar: Calendar, now: Instant): number {
  const round = clock.ledger.filter(({ from }) => from >= clock.startedAt)
  const used = round.reduce(
    (sum, { kind, from, to }) => (kind === 'running' ? sum + counted(calendar, clock.limit, from, to ?? now) : sum),
    0,
  )
  const may = round.reduce((sum, { adds }) => sum + (adds ? lengthOf(adds) : 0), lengthOf(clock.limit))
  return used / may
}

export interface Judged {
  marks: number
  /** Said though the limit, counted by hand, had not come to that. */
  early: string[]
  /** The same of the same deadline, twice. */
  twice: string[]
  /** Moments that are not what the ledger gives. */
  unsound: string[]
}

export async function judgeMarks(journal: Journal, calendar: Calendar): Promise<Judged> {
  const judged: Judged = { marks: 0, early: [], twice: [], unsound: [] }
  const board = emptyBoard()
  const said = new Set<string>()
  for await (const line of journal.read(0)) {
    const entry = readEntry(line)
    for (const event of entry.events) {
      if (event.type !== 'marked' || (event.step?.verb !== 'late' && event.step?.verb !== 'over')) continue
      judged.marks++
      const { verb, about } = event.step
      const clock = clockOf(board.cases.get(event.caseId), about)
      const words = `${event.caseId} ${about} ${verb} in line ${entry.revision}`
      // A millisecond of rounding at 80 %.
      if (!clock || usedShare(clock, calendar, entry.at + 1) < (verb === 'late' ? 0.8 : 1)) judged.early.push(words)
      const deadline = `${event.caseId} ${about} ${verb} ${verb === 'late' ? clock?.lateAt : clock?.dueAt}`
      if (said.has(deadline)) judged.twice.push(words)
      said.add(deadline)
    }
    for (const { now } of project(board, entry).put)
      for (const clock of now.clocks) {
        const { lateAt, dueAt } = recompute(clock, calendar, entry.at)
        if (clock.lateAt !== lateAt || clock.dueAt !== dueAt)
          judged.unsound.push(`${now.id} ${clock.name} in line ${entry.revision}`)
      }
  }
  return judged
}

const clockOf = (current: Case | undefined, name: string | undefined) =>
  current?.clocks.find((clock) => clock.name === name)
