// What a line is made of and what it tells: the shapes between the wire and the stores.
import type { ScreenCommand } from '#contract/command'
import type { CameraId, Instant } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { ScreenBoard } from '#contract/patch'
import type { Person, Presence } from '#contract/person'
import type { Point } from '#contract/point'
import type { RollPatch } from '#contract/roll'
import type { Scenario } from '#contract/scenario'
import type { WallSite } from '#contract/wall-site'
import type { AlarmPath, Lags, Operator, ScreenToServer, ServerToScreen, Welcome } from '#contract/wire'
import type { Unpack } from './held-rules.ts'

/** `stale`: connected, but nothing heard for two pulses. `lost`: closed, trying again by itself. */
export type LineState = 'connecting' | 'live' | 'stale' | 'lost' | 'signed-out'

export interface LineLook {
  state: LineState
  /** Since when it is so, by this device's clock. */
  since: Instant
  /** When anything was last heard, by the server's clock as far as it is known. */
  lastAt: Instant | null
  /** Round trip in milliseconds, the median of the last few. */
  lagMs: number | null
  /** The server's clock is this device's times `pace`, plus `offsetMs`. The pace is 1 but for a demo played faster. */
  offsetMs: number
  pace: number
}

export type Told =
  | { what: 'look'; look: LineLook }
  | { what: 'welcome'; welcome: Welcome }
  | { what: 'board'; board: ScreenBoard }
  | { what: 'people'; people: Person[] }
  | { what: 'presences'; presences: Presence[] }
  | { what: 'silent'; silent: CameraId[] }
  | { what: 'scenarios'; scenarios: Scenario[] }
  | { what: 'paths'; paths: AlarmPath[] }
  | { what: 'lags'; lags: Lags }
  | { what: 'site'; site: WallSite }
  | { what: 'operator'; operator: Operator | null }
  | { what: 'roll'; roll: RollPatch }

/** `unanswered`: it may or may not have arrived; the same command may be sent again with the same id. */
export type Answer = Outcome | 'unanswered'

export interface Line {
  /** Told everything from now on, and how the line looks right away. Returns the stop. */
  follow(tell: (told: Told) => void): () => void
  command(command: ScreenCommand): Promise<Answer>
  where(point: Point): void
  /** After signing in: try at once. */
  again(): void
  close(): void
}

export type Heard = ServerToScreen & {
  connect: () => void
  disconnect: (reason: string) => void
  connect_error: (fault: Error) => void
}

/** As much of a socket.io socket as the line needs. */
export interface LineSocket {
  on<E extends keyof Heard>(event: E, hear: Heard[E]): unknown
  emit<E extends keyof ScreenToServer>(event: E, ...args: Parameters<ScreenToServer[E]>): unknown
  connect(): unknown
  disconnect(): unknown
}

/** Everything the line needs of the world, so that a test can be the world. */
export interface LineWorld {
  /** A socket that has begun to connect. */
  connect(): LineSocket
  now(): Instant
  /** How the server's clock stood to this device's when they last spoke. */
  clock?: Pick<LineLook, 'offsetMs' | 'pace'>
  /** The rules of the last welcome, where they were kept. */
  rules?: Pick<Welcome, 'rules' | 'scenarios'>
  /** Without it all rules come unpacked, every time. */
  unpack?: Unpack
  /** 0 ≤ n < 1. */
  random(): number
  /** Once what was told is drawn; never for a page nobody looks at. Without it nothing is said of what was drawn. */
  frame?: (run: () => void) => void
  every(ms: number, run: () => void): () => void
  after(ms: number, run: () => void): () => void
  /** Asked when the door does not open: null where nobody could be asked. */
  signedIn(): Promise<boolean | null>
}
