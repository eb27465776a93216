// The board and its changes as one audience gets them: whole, since a revision, or as the next patch.
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { BoardView, Patch } from '#contract/patch'
import { dutyOf } from '../desk/port.ts'
import type { Change, ShownBoard } from '../desk/port.ts'
import { dutyFor, maskFor, talliesFor, visibleTo } from './line-scope.ts'
import type { Audience, SeenGround } from './line-scope.ts'
import { linkageFor, turnsVisible } from './line-linkage.ts'

interface Seen {
  journal: string
  board: ShownBoard
  audience: Audience
  ground: SeenGround
  at: Instant
}

export function wholeBoard({ journal, board, audience, ground, at }: Seen): BoardView {
  const cases = [...board.cases.values()].filter((subject) => visibleTo(audience, subject))
  return {
    journal,
    duty: dutyFor(audience, dutyOf(board), ground),
    linkage: linkageFor(audience, board.linkage, board, ground),
    revision: board.revision,
    at,
    cases: cases.map((subject) => maskFor(audience, subject)),
    tallies: talliesFor(audience, board.tallies.values(), ground),
  }
}

/** What this change is to the audience; null where it is nothing. `since`: the last revision they were told. */
export function patchOf(
  change: Change,
  {
    audience,
    ground,
    since,
    board,
  }: Pick<Seen, 'audience' | 'ground'> & {
    since: number
    /** Where the change leads; null for a change of long ago: what screens looked at then is nobody's now. */
    board: Pick<ShownBoard, 'cases' | 'linkage'> | null
  },
): Patch | null {
  const put = change.put.filter(({ now }) => visibleTo(audience, now)).map(({ now }) => maskFor(audience, now))
  const left = change.put.flatMap(({ before, now }) =>
    before && visibleTo(audience, before) && !visibleTo(audience, now) ? [now.id] : [],
  )
  const remove = [...change.remove.filter((gone) => visibleTo(audience, gone)).map((gone) => gone.id), ...left]
  const isLinked = board && (change.linkage !== undefined || turnsVisible(audience, change, board.linkage))
  const linkage = isLinked && linkageFor(audience, board.linkage, board, ground)
  if (put.length === 0 && remove.length === 0 && !change.duty && !linkage) return null
  const tallies = talliesFor(audience, change.tallies, ground)
  return {
    since,
    revision: change.revision,
    at: change.at,
    put,
    remove,
    ...(tallies.length > 0 && { tallies }),
    ...(change.duty && { duty: dutyFor(audience, change.duty, ground) }),
    ...(linkage && { linkage }),
  }
}

/** What a change took out of somebody's view, and from where: enough to say so later to those who saw it, and only to them. */
interface Gone {
  id: CaseId
  path: Case['path']
}

export interface Ring {
  add(change: Change): void
  /** The patch from `revision` to the board as it stands; null where the ring does not reach back so far. */
  since(revision: number, seen: Omit<Seen, 'journal'>): Patch | null
}

/** `reach`: how many changes are remembered. */
export function openRing(from: number, reach = 5000): Ring {
  const changes: { revision: number; gone: Gone[]; tallies: Instant[] }[] = []
  let oldest = from

  return {
    add(change) {
      const left = change.put.flatMap(({ before, now }) =>
        before && before.path !== now.path && before.path.join() !== now.path.join() ? [before] : [],
      )
      const gone = [...change.remove, ...left].map(({ id, path }) => ({ id, path }))
      changes.push({ revision: change.revision, gone, tallies: change.tallies.map((tally) => tally.at) })
      if (changes.length > reach) oldest = changes.shift()!.revision
    },
    since(revision, { board, audience, ground, at }) {
      if (revision < oldest || revision > board.revision) return null
      const missed = changes.slice(changes.findLastIndex((change) => change.revision <= revision) + 1)
      const put = [...board.cases.values()]
        .filter((subject) => subject.revision > revision && visibleTo(audience, subject))
        .map((subject) => maskFor(audience, subject))
      const gone = missed.flatMap((change) => change.gone).filter((one) => visibleTo(audience, one))
      const remove = [...new Set(gone.map((one) => one.id))].filter((id) => {
        const subject = board.cases.get(id)
        return !subject || !visibleTo(audience, subject)
      })
      const halfHours = new Set(missed.flatMap((change) => change.tallies))
      const counted = [...board.tallies.values()].filter((tally) => halfHours.has(tally.at))
      return {
        since: revision,
        revision: board.revision,
        at,
        put,
        remove,
        tallies: talliesFor(audience, counted, ground),
        duty: dutyFor(audience, dutyOf(board), ground),
        linkage: linkageFor(audience, board.linkage, board, ground),
      }
    },
  }
}
