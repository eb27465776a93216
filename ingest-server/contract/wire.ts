// What goes over the line between a screen and the desk. Types only; what comes from a screen is parsed by its door.
import type { ScreenCommand } from './command.ts'
import type { Calendar } from './clock.ts'
import type { CameraId, Instant, PersonId } from './ids.ts'
import type { Words } from './language.ts'
import type { Outcome } from './outcome.ts'
import type { BoardView, Patch } from './patch.ts'
import type { Person, Presence, Viewer } from './person.ts'
import type { Point } from './point.ts'
import type { RollPatch, RollView } from './roll.ts'
import type { Scenario } from './scenario.ts'
import type { WallSite } from './wall-site.ts'

export interface Hello {
  /** What the screen already holds, if anything. */
  journal?: string
  revision?: number
  /** The rules it holds, by their names in a welcome; even an empty list says that it can unpack the others. */
  rules?: string[]
}

export interface Welcome {
  viewer: Viewer
  /** In force, and those of older versions that cases on the board go by. Empty where the hello named rules: `rules` then says which. */
  scenarios: Scenario[]
  /** The same in the same order by what they say, so that a screen names in its next hello what it need not be sent again. */
  rules?: string[]
  /** Those of them that the hello did not name: JSON of each under its name, gzipped. */
  packed?: Uint8Array
  /** By which work time is counted. */
  calendar?: Calendar
  /** To a duty officer of a system with many streets: those a case may be handed over to. */
  streets?: { id: string; words: Words }[]
  /** Of a district or a city: what it holds of those below. */
  roll?: RollView
  people: Person[]
  presences: Presence[]
  silent: CameraId[]
  paths?: AlarmPath[]
  /** To a bound wall: how it hangs, and who commands through it now. */
  site?: WallSite
  operator?: Operator | null
  /** The build that serves: another than the screen's own means reload in a quiet minute. */
  build: string
  demo: boolean
  /** How fast the server's clock runs beside ours: 1, but for a demo played faster. */
  pace?: number
  at: Instant
  /** Either the whole board or what has changed since `hello.revision`. */
  board: BoardView | null
  patch: Patch | null
}

/** A person of the watch who signed in at a bound wall for a while: what it wishes is theirs. */
export interface Operator {
  personId: PersonId
  name: string
  until: Instant
}

/** Of the screens of one kind that look now: from the desk's word to the frame it was drawn in, the middle and the worst of the last. */
export interface Lag {
  milliseconds: number
  worst: number
  screens: number
  at: Instant
}

/** How far behind the street each step is. Null where nothing was measured. */
export interface Lags {
  /** From a report's coming in to the line, as the last synthetic alarm or report found it. */
  intake: number | null
  wall: Lag | null
  phone: Lag | null
}

/** One way an alarm comes in and reaches a screen, as the last synthetic alarm found it. */
export interface AlarmPath {
  name: string
  /** The last that came through, and how long it took. */
  at: Instant | null
  milliseconds: number | null
  down: boolean
}

export interface Pulse {
  at: Instant
  revision: number
  lags?: Lags
  /** The desk can keep nothing now: what a screen shows stands still, however well the line is. */
  stuck?: true
}

export interface ServerToScreen {
  patch: (patch: Patch) => void
  people: (people: Person[]) => void
  /** The scenarios changed. */
  scenarios: (scenarios: Scenario[]) => void
  /** Whether every path an alarm takes is known to work. */
  paths: (paths: AlarmPath[]) => void
  presence: (presences: Presence[]) => void
  /** Cameras not heard of for too long. */
  silent: (cameras: CameraId[]) => void
  /** Every two seconds, so that silence is known for what it is. `revision`: the last one told to this audience. */
  pulse: (pulse: Pulse) => void
  /** How a bound wall hangs was changed. */
  site: (site: WallSite) => void
  operator: (operator: Operator | null) => void
  /** Of a district or a city, at most once a second: what is another of those below. */
  roll: (patch: RollPatch) => void
  /** The session is over: sign in again. */
  leave: () => void
}

export interface ScreenToServer {
  hello: (hello: Hello, answer: (welcome: Welcome) => void) => void
  command: (command: ScreenCommand, answer: (outcome: Outcome) => void) => void
  where: (point: Point) => void
  /** What the pulse or patch of that time told is drawn: said in the frame after it, at most once a pulse and at once for a level I or II. */
  drawn: (drawn: { at: Instant; revision: number }) => void
  /** Round trip, for the lag that is shown. */
  echo: (answer: (at: Instant) => void) => void
}
