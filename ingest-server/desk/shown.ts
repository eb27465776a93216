// What the world outside sees of the board: it moves only when a batch has become durable.
import type { Board } from '../case-engine/board.ts'
import type { Afterwards, project } from '../case-engine/project.ts'
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Tally } from '#contract/patch'
import type { Change, ShownBoard } from './port.ts'
import { dutyOf } from './port.ts'

export interface Shown {
  board(): ShownBoard
  /** `ahead` stands where the change leads to. */
  advance(change: Change, ahead: Board): void
  /** The change that leads from what is shown to `board`; null where they stand at the same line. */
  changeTo(board: Board, at: Instant): Change | null
}

/** Shares the cases themselves with the board, which replaces them and never edits one. */
export function openShown(from: Board): Shown {
  const cases = new Map(from.cases)
  const tallies = new Map(from.tallies)
  let shown: ShownBoard = {
    ...{ revision: from.revision, cases, tallies, linkage: from.linkage },
    ...keptOf(from),
  }

  return {
    board: () => shown,
    advance(change, ahead) {
      for (const { now } of change.put) cases.set(now.id, now)
      for (const gone of change.remove) cases.delete(gone.id)
      for (const tally of change.tallies) tallies.set(tally.at, tally)
      for (const at of tallies.keys()) if (!ahead.tallies.has(at)) tallies.delete(at)
      const { linkage } = change.linkage ? ahead : shown
      shown = { revision: change.revision, cases, tallies, linkage, ...keptOf(change.duty ? ahead : shown) }
    },
    changeTo(board, at) {
      if (board.revision === shown.revision) return null
      const put = [...board.cases.values()]
        .filter((now) => now.revision > shown.revision)
        .map((now) => ({ before: cases.get(now.id) ?? null, now }))
      const remove = [...cases.values()].filter((before) => !board.cases.has(before.id))
      const tallies = [...board.tallies.values()]
      const besides = { duty: dutyOf(board), linkage: board.linkage }
      return { since: shown.revision, revision: board.revision, at, put, remove, tallies, ...besides }
    },
  }
}

type Kept = Pick<ShownBoard, 'shifts' | 'handOvers' | 'windows'>

/** The board replaces these and never edits them, so they can be shared as they are. */
const keptOf = ({ shifts, handOvers, windows }: Kept): Kept => ({ shifts, handOvers, windows })

/** The projections of one batch as one change: a case that moved twice is told once, one that came and went not at all. */
export function gather(since: number) {
  const put = new Map<CaseId, { before: Case | null; now: Case }>()
  const remove = new Map<CaseId, Case>()
  const archived: Case[] = []
  const afterwards: Afterwards[] = []
  const tallies = new Map<Instant, Tally>()
  let duty = false
  let linkage = false

  return {
    add(projected: ReturnType<typeof project>): void {
      for (const { before, now } of projected.put)
        put.set(now.id, { before: put.has(now.id) ? put.get(now.id)!.before : before, now })
      for (const gone of projected.remove) {
        const known = put.get(gone.id)
        put.delete(gone.id)
        if (known?.before !== null) remove.set(gone.id, known?.before ?? gone)
        archived.push(gone)
      }
      archived.push(...projected.remembered)
      afterwards.push(...projected.afterwards)
      for (const tally of projected.tallies) tallies.set(tally.at, tally)
      duty ||= projected.duty
      linkage ||= projected.linkage
    },
    change: (revision: number, at: Instant, board: Board): Change => ({
      since,
      revision,
      at,
      put: [...put.values()],
      remove: [...remove.values()],
      archived,
      ...(afterwards.length > 0 && { afterwards }),
      tallies: [...tallies.values()],
      ...(duty && { duty: dutyOf(board) }),
      ...(linkage && { linkage: board.linkage }),
    }),
  }
}
