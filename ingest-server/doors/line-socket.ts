// One screen's socket: what is kept of it, how it is heard without harm, and how much of it is let go.
import type { IncomingMessage } from 'node:http'
import type { Server, Socket } from 'socket.io'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { ScreenToServer, ServerToScreen } from '#contract/wire'
import type { Audience } from './line-scope.ts'

export interface Kept {
  token: string
  viewer: Viewer
  since: Instant
  /** A wall's next token, which its browser got as it came in and has not used yet. */
  heir?: string
  /** Set once it said hello: from then on it is told what changes. */
  audience?: Audience
}

export type Screens = Server<ScreenToServer, ServerToScreen, Record<string, never>, Kept>
export type Screen = Socket<ScreenToServer, ServerToScreen, Record<string, never>, Kept>

/** Whatever comes over the line, and whatever of ours breaks on it, must not take the server down. */
export const heardBy =
  (screen: Screen, onFault: (fault: unknown) => void) =>
  (event: keyof ScreenToServer, hear: (...said: unknown[]) => void): void => {
    screen.on(event, (...said: unknown[]) => {
      try {
        hear(...said)
      } catch (fault) {
        onFault(fault)
      }
    })
  }

/** The library makes the function; a client that asks for no answer sends none. */
export const isAnswer = (said: unknown): said is (answer: unknown) => void => typeof said === 'function'

/** The handshake's request, its headers and its socket's history are worth more memory than all the rest of a screen. */
export function letGo(screen: Screen): void {
  ;(screen.conn as unknown as { request: IncomingMessage | null }).request = null
  screen.handshake.headers = {}
}

/** Packets that wait for a screen that does not read. */
export const backlogOf = ({ conn }: Screen): number =>
  (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length
