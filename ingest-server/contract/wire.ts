// What goes over the line between a screen and the desk. Types only; what comes from a screen is parsed by its door.
import type { ScreenCommand } from './command.ts'
import type { Calendar } from './clock.ts'
import type { CameraId, Instant } from './ids.ts'
import type { Outcome } from './outcome.ts'
import type { BoardView, Patch } from './patch.ts'
import type { Person, Presence, Viewer } from './person.ts'
import type { Point } from './point.ts'
import type { Scenario } from './scenario.ts'

export interface Hello {
  /** What the screen already holds, if anything. */
  journal?: string
  revision?: number
}

export interface Welcome {
  viewer: Viewer
  /** In force, and those of older versions that cases on the board go by. */
  scenarios: Scenario[]
  /** By which work time is counted. */
  calendar?: Calendar
  people: Person[]
  presences: Presence[]
  silent: CameraId[]
  paths?: AlarmPath[]
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

/** One way an alarm comes in and reaches a screen, as the last synthetic alarm found it. */
export interface AlarmPath {
  name: string
  /** The last that came through, and how long it took. */
  at: Instant | null
  milliseconds: number | null
  down: boolean
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
  pulse: (pulse: { at: Instant; revision: number }) => void
  /** The session is over: sign in again. */
  leave: () => void
}

export interface ScreenToServer {
  hello: (hello: Hello, answer: (welcome: Welcome) => void) => void
  command: (command: ScreenCommand, answer: (outcome: Outcome) => void) => void
  where: (point: Point) => void
  /** Round trip, for the lag that is shown. */
  echo: (answer: (at: Instant) => void) => void
}
