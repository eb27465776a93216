// What is kept quiet for a while: windows opened and closed, and which of them a case falls into.
import type { Case } from '#contract/case'
import type { KeepingWish } from '#contract/command'
import type { Shelved, Window } from '#contract/duty'
import type { Event } from '#contract/event'
import type { Instant, PlaceId, WindowId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import { comesBack } from './becoming.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { covers } from './scope.ts'
import { mayStayShelved } from './shelf.ts'
import { markedWith, stepOf } from './step.ts'

type WindowWish = Extract<KeepingWish, { type: 'open-window' | 'close-window' }>
type Named = Pick<Window, 'placeId' | 'facilityId' | 'cameraId' | 'scenarioId' | 'matter'>

const longest = 7 * 24 * 60 * 60_000

export function keepWindow(board: Board, wish: WindowWish, doer: Doer, known: Known): Decision {
  const { role } = doer.person
  if (role !== 'duty-officer' && role !== 'chief') return no('role-not-allowed')
  return wish.type === 'open-window'
    ? openWindow(board, wish.window, doer, known)
    : closeWindow(board, wish.id, doer, known)
}

function openWindow(board: Board, window: Omit<Window, 'by'>, { person, now }: Doer, known: Known): Decision {
  // Tapped offline it may have begun meanwhile; it never begins before it was known.
  const from = Math.max(window.from, now)
  if (window.until <= from) return no('time-past')
  if (window.until - from > longest) return no('window-too-wide')
  if (!window.reason.trim()) return no('reason-missing')
  const refusal = unknownIn(window, known) ?? notTheirs(window, person, known)
  if (refusal) return no(refusal)
  if (board.windows.has(window.id)) return no('already-so')
  return { events: [{ type: 'windowed', window: { ...window, from, by: person.id } }] }
}

/** Ends it now; what it kept quiet comes back in the same line. */
function closeWindow(board: Board, id: WindowId, doer: Doer, known: Known): Decision {
  const { person, now } = doer
  const window = board.windows.get(id)
  if (!window) return no('window-unknown')
  const refusal = notTheirs(window, person, known)
  if (refusal) return no(refusal)
  if (window.until <= now) return no('already-so')
  const back = [...board.cases.values()].filter(
    ({ shelved, endedAt }) => shelved?.windowId === id && endedAt === undefined,
  )
  const events = back.map((current): Event => {
    const other = shelvedBy(board, current, now, known, id)
    return markedWith(
      current,
      stepOf(doer, 'unshelve', { about: id }),
      other ? { set: { shelved: other } } : comesBack(board, current, now, known),
    )
  })
  return { events: [{ type: 'windowed', window: { ...window, until: now } }, ...events] }
}

function unknownIn({ placeId, facilityId, cameraId, scenarioId, matter }: Named, known: Known): Refusal | null {
  const { ground, scenarios } = known
  if (placeId === undefined && facilityId === undefined && cameraId === undefined) return 'window-too-wide'
  if (placeId !== undefined && !ground.places.has(placeId)) return 'place-unknown'
  if (facilityId !== undefined && !ground.facilities.has(facilityId)) return 'facility-unknown'
  if (cameraId !== undefined && !ground.cameras.has(cameraId)) return 'camera-unknown'
  if (scenarioId !== undefined && !scenarios.byId.has(scenarioId)) return 'wrong-shape'
  return matter !== undefined && !scenarios.byMatter.has(matter) ? 'matter-unknown' : null
}

/** A chief keeps quiet only what lies within the chief's own places: all that is named must match, so one that does is enough. */
function notTheirs(named: Named, person: Doer['person'], { ground }: Known): Refusal | null {
  if (person.role === 'duty-officer') return null
  const places: (PlaceId | undefined)[] = [
    named.placeId,
    named.facilityId && ground.facilities.get(named.facilityId)?.placeId,
    named.cameraId && ground.cameras.get(named.cameraId)?.placeId,
  ]
  const isWithin = places.some((place) => place !== undefined && covers(person.placeIds, ground.pathOf(place)))
  return isWithin ? null : 'not-your-area'
}

type Quieted = Pick<Case, 'scenarioId' | 'matter' | 'level' | 'path' | 'sources'>

/** The window that keeps a case quiet, the one that does so longest; undefined where none does. `but`: one that is over. */
export function shelvedBy(
  board: Pick<Board, 'windows'>,
  subject: Quieted,
  now: Instant,
  known: Pick<Known, 'people'>,
  but?: WindowId,
): Shelved | undefined {
  let longestOne: Window | undefined
  if (board.windows.size === 0) return undefined
  for (const window of board.windows.values()) {
    if (window.id === but || window.from > now || window.until <= now || !matches(window, subject)) continue
    if (!mayStayShelved(subject, window, known)) continue
    if (!longestOne || window.until > longestOne.until) longestOne = window
  }
  if (!longestOne) return undefined
  const { id: windowId, until, reason, by } = longestOne
  return { since: now, until, reason, by, windowId }
}

const matches = ({ placeId, facilityId, cameraId, scenarioId, matter }: Window, subject: Quieted): boolean =>
  (scenarioId === undefined || scenarioId === subject.scenarioId) &&
  (matter === undefined || matter === subject.matter) &&
  (placeId === undefined || subject.path.includes(placeId)) &&
  (facilityId === undefined || subject.sources.some((source) => source.facilityId === facilityId)) &&
  (cameraId === undefined || subject.sources.some((source) => source.cameraId === cameraId))
