// Every wish, judged: what comes of it, or why not. Pure: the same board, wish, time and knowledge give the same answer.
import type { Actor, Case } from '#contract/case'
import type { CaseWish, Command, PersonWish, ResidentWish, TimeWish, Wish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { isWallWish } from '#contract/linkage'
import type { Person } from '#contract/person'
import type { Role } from '#contract/roles'
import { act } from './act.ts'
import { askAbout } from './asking.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { elapse } from './elapse.ts'
import { keep } from './keeping.ts'
import type { Known } from './known.ts'
import { endLeases, link } from './linking.ts'
import { arriveBeside, mark } from './mark.ts'
import { isOrderOf, isPlatforms, isSaidFromAbove, platformDoer } from './platform.ts'
import type { PlatformWish } from './platform.ts'
import { hearStreet } from './pass-on.ts'
import { process } from './processing.ts'
import { receive } from './receive.ts'
import { relate } from './relating.ts'
import { withRepeats } from './repeats.ts'
import { hearResident } from './resident-says.ts'

/**
 * Looks, never writes: the desk keeps the events and projects them. `now` is our own clock, and must be the line's `at`.
 * That a command id was answered before is the desk's to know; that pictures are here, the door's.
 */
export const decide = (board: Board, command: Command, now: Instant, known: Known): Decision =>
  withRepeats(board, judge(board, command, now, known))

function judge(board: Board, command: Command, now: Instant, known: Known): Decision {
  const { by, wish } = command
  if (wish.type === 'end-leases') return by.kind === 'clock' ? endLeases(board, now) : notYours
  if (isTimes(wish))
    return by.kind === 'clock' ? ofCase(board, command, wish, (it) => elapse(board, it, wish, now, known)) : notYours
  if (isResidents(wish))
    return by.kind === 'source'
      ? ofCase(board, command, wish, (it) => hearResident(board, it, wish, by, now, known))
      : notYours
  if (wish.type === 'passed')
    return by.kind === 'source' ? ofCase(board, command, wish, (it) => hearStreet(it, wish, by, now, known)) : notYours
  switch (by.kind) {
    case 'clock':
      // The house speaks of its own eyes and ears, of nothing else.
      return wish.type === 'report' && wish.report.kind === 'device-report'
        ? receive(board, wish.report, by, now, known)
        : notYours
    case 'source':
      if (wish.type === 'report') return receive(board, wish.report, by, now, known)
      return isPlatforms(wish) ? ofPlatform(board, command, by, wish, now, known) : notYours
    case 'person':
      return ofPerson(board, command, by, wish, now, known)
    default:
      return by satisfies never
  }
}

const notYours: Decision = no('role-not-allowed')

const timeWishes: Record<TimeWish['type'], true> = {
  late: true,
  over: true,
  lapse: true,
  escalate: true,
  assign: true,
  'end-hold': true,
  'end-shelf': true,
  chase: true,
  archive: true,
}
const isTimes = (wish: Wish): wish is TimeWish => wish.type in timeWishes
const isResidents = (wish: Wish): wish is ResidentWish => wish.type === 'not-fixed' || wish.type === 'rate'

/** What can still be said of a case that is in the archive: that it is not solved, and how it went. Nothing else is written to it. */
const spokenOfAfter: Partial<Record<Wish['type'], true>> = {
  reopen: true,
  'not-fixed': true,
  rate: true,
  callback: true,
}

/** What has left the board can be spoken of only where its door brought it along. */
function ofCase(
  board: Board,
  command: Command,
  wish: { caseId: Case['id'] },
  then: (current: Case) => Decision,
): Decision {
  const was = command.was?.id === wish.caseId && spokenOfAfter[command.wish.type] ? command.was : undefined
  const current = board.cases.get(wish.caseId) ?? was
  return current ? then(current) : no('case-not-found')
}

/** Roles that may write a report of their own. */
const reports: Record<Role, boolean> = {
  'duty-officer': true,
  chief: true,
  officer: true,
  property: true,
  wall: false,
  administrator: false,
  'security-administrator': false,
  'audit-administrator': false,
}

/** A wall is in no account: it is known by its kiosk alone, and for what it may wish of the linked screens alone. */
const wallFor = ({ id, role }: Extract<Actor, { kind: 'person' }>, wish: PersonWish): Person | null =>
  role === 'wall' && isWallWish(wish)
    ? { id, role, name: id, post: 'command', body: '', placeIds: [], skills: [], onDuty: false }
    : null

function ofPerson(
  board: Board,
  command: Command,
  by: Extract<Actor, { kind: 'person' }>,
  wish: PersonWish,
  now: Instant,
  known: Known,
): Decision {
  const account = known.people.get(by.id) ?? wallFor(by, wish)
  if (!account) return no('person-unknown')
  // The role is the session's, which is what the journal keeps.
  const doer: Doer = { person: { ...account, role: by.role }, by, now, claimedAt: command.claimedAt }
  switch (wish.type) {
    case 'report':
      return reports[by.role] && (wish.report.kind === 'grid-report' || wish.report.kind === 'service-ticket')
        ? receive(board, wish.report, by, now, known)
        : notYours
    case 'roster':
    case 'swap':
    case 'answer-swap':
    case 'hand-over':
    case 'take-over':
    case 'open-window':
    case 'close-window':
      return keep(board, wish, doer, known)
    case 'look':
    case 'look-away':
    case 'cast':
    case 'cast-longer':
    case 'cast-end':
      return link(board, wish, doer, known)
    default:
      return ofCase(board, command, wish, (current) => onCase(board, current, wish, doer, known))
  }
}

/** Of an order of its own, or as one who stands above; of anybody else's case it is told that there is none. */
const ofPlatform = (
  board: Board,
  command: Command,
  by: Extract<Actor, { kind: 'source' }>,
  wish: PlatformWish,
  now: Instant,
  known: Known,
): Decision =>
  ofCase(board, command, wish, (current) =>
    isOrderOf(current, by.id) || isSaidFromAbove(wish, command.above)
      ? onCase(board, current, wish, platformDoer(by, now, command.above), known)
      : no('case-not-found'),
  )

function onCase(board: Board, current: Case, wish: CaseWish, doer: Doer, known: Known): Decision {
  switch (wish.type) {
    case 'acknowledge':
    case 'deliver':
    case 'see':
    case 'attach':
    case 'tick':
    case 'note':
      return mark(board, current, wish, doer, known)
    case 'arrive':
      if (wish.unit || current.holder?.personId !== doer.person.id) return arriveBeside(current, wish, doer, known)
      return current.holder.arrivedAt === undefined ? act(board, current, wish, doer, known) : no('already-so')
    case 'accept':
    case 'file':
    case 'dispatch':
    case 'take':
    case 'finish':
    case 'verify':
    case 'close':
    case 'return':
    case 'void':
      return act(board, current, wish, doer, known)
    case 'ask':
    case 'approve':
    case 'reject':
    case 'withdraw':
    case 'resume':
    case 'urge':
    case 'reinforce':
    case 'comply':
    case 'decline':
    case 'answer':
    case 'contact':
    case 'callback':
      return askAbout(board, current, wish, doer, known)
    case 'reopen':
    case 'merge':
    case 'unmerge':
    case 'split':
    case 'dismiss':
    case 'branch':
    case 'shelve':
    case 'unshelve':
    case 'pass-on':
      return relate(board, current, wish, doer, known)
    case 'fill':
    case 'enroll':
    case 'vote':
    case 'advance':
      return process(board, current, wish, doer, known)
    default:
      return wish satisfies never
  }
}
