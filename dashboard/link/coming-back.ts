// How a line that was lost comes back: soon, not all screens at once, and with more patience each time nobody answered.
import type { Socket } from 'socket.io-client'

/**
 * In ms: how long a connection that was begun is waited for. One begun into nothing is begun anew; a server five thousand
 * screens come back to is given longer.
 */
const connectMs = { first: 3_000, most: 12_000 }

export const comingBack = {
  reconnectionDelay: 500,
  reconnectionDelayMax: 1_500,
  randomizationFactor: 0.5,
  // A page that is being opened has nothing to show meanwhile, and a far server its first look-up to make.
  timeout: 6_000,
} as const

/** As `setTimeout`; gives what stops it. */
type After = (ms: number, run: () => void) => () => void

/**
 * Waits for each connection twice as long as for the one before that nobody answered; one that was refused costs no patience.
 * The library gives up on a wire that does not open. One that opened, and went dead before we were let in, it would wait for
 * until its pings fail.
 */
export function withPatience<S extends Socket>(socket: S, after: After): S {
  const { io } = socket
  let patience = connectMs.first
  let stop = () => {}
  const wait = (ms: number) => io.timeout((patience = Math.min(ms, connectMs.most)))
  io.on('open', () => {
    stop = after(patience, () => {
      wait(2 * patience)
      io.engine.close()
    })
  })
  io.on('close', () => stop())
  io.on('reconnect_error', ({ message }) => void wait(message === 'timeout' ? 2 * patience : patience))
  socket.on('connect', () => {
    stop()
    wait(connectMs.first)
  })
  return socket
}
