// Every wish, judged: what comes of it, or why not. Pure: the same board, wish, time and knowledge give the same answer.
import type { Actor, Case } from '#contract/case'
import type { Command, PersonWish, TimeWish, Wish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Role } from '#contract/roles'
import { act } from './act.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import type { Doer } from './doer.ts'
import { elapse } from './elapse.ts'
import type { Known } from './known.ts'
import { arriveBeside, mark } from './mark.ts'
import { receive } from './receive.ts'

/**
 * Looks, never writes: the desk keeps the events and projects them. `now` is our own clock, and must be the line's `at`.
 * That a command id was answered before is the desk's to know; that pictures are here, the door's.
 */
export function decide(board: Board, command: Command, now: Instant, known: Known): Decision {
  const { by, wish } = command
  if (isTimes(wish)) return by.kind === 'clock' ? ofCase(board, wish, (it) => elapse(it, wish, now)) : notYours
  switch (by.kind) {
    case 'clock':
      return notYours
    case 'source':
      return wish.type === 'report' ? receive(board, wish.report, by, now, known) : notYours
    case 'person':
      return ofPerson(board, command, by, wish, now, known)
    default:
      return by satisfies never
  }
}

const notYours: Decision = { refusal: 'role-not-allowed' }

const isTimes = (wish: Wish): wish is TimeWish =>
  wish.type === 'late' || wish.type === 'over' || wish.type === 'archive'

function ofCase(board: Board, wish: { caseId: Case['id'] }, then: (current: Case) => Decision): Decision {
  const current = board.cases.get(wish.caseId)
  return current ? then(current) : { refusal: 'case-not-found' }
}

/** Roles that may write a report of their own. */
const reports: Record<Role, boolean> = {
  'duty-officer': true,
  chief: true,
  officer: true,
  property: true,
  wall: false,
  administrator: false,
}

function ofPerson(
  board: Board,
  command: Command,
  by: Extract<Actor, { kind: 'person' }>,
  wish: PersonWish,
  now: Instant,
  known: Known,
): Decision {
  const account = known.people.get(by.id)
  if (!account) return { refusal: 'person-unknown' }
  // The role is the session's, which is what the journal keeps.
  const doer: Doer = { person: { ...account, role: by.role }, by, now, claimedAt: command.claimedAt }
  if (wish.type === 'report') {
    if (!reports[by.role] || wish.report.kind === 'camera-alert') return notYours
    return receive(board, wish.report, by, now, known)
  }
  return ofCase(board, wish, (current) => onCase(current, wish, doer, known))
}

function onCase(current: Case, wish: Exclude<PersonWish, { type: 'report' }>, doer: Doer, known: Known): Decision {
  switch (wish.type) {
    case 'acknowledge':
    case 'see':
    case 'attach':
    case 'tick':
      return mark(current, wish, doer, known)
    case 'arrive':
      return wish.unit || current.holder?.personId !== doer.person.id
        ? arriveBeside(current, wish, doer, known)
        : arriveInHand(current, wish, doer, known)
    case 'accept':
    case 'file':
    case 'dispatch':
    case 'take':
    case 'finish':
    case 'verify':
    case 'close':
    case 'return':
    case 'void':
      return act(current, wish, doer, known)
    default:
      return wish satisfies never
  }
}

function arriveInHand(
  current: Case,
  wish: Extract<PersonWish, { type: 'arrive' }>,
  doer: Doer,
  known: Known,
): Decision {
  return current.holder?.arrivedAt === undefined ? act(current, wish, doer, known) : { refusal: 'already-so' }
}
