// The sockets themselves: socket.io on /line, websocket only, small words, and nobody in but a signed-in device of a known origin.
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { openScreenSessions } from './line-session.ts'
import type { Screens } from './line-socket.ts'

/** A wish is small; pictures go by another door. */
const largestMessage = 64 * 1024

export function openSockets(server: HttpServer, doorkeeper: ReturnType<typeof openScreenSessions>): Screens {
  const io: Screens = new Server(server, {
    path: '/line',
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: largestMessage,
    connectTimeout: 10_000,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    allowRequest: doorkeeper.allowRequest,
  })
  io.engine.on('initial_headers', doorkeeper.setCookie)
  io.use((screen, next) => {
    const kept = doorkeeper.enter(screen.request)
    if (!kept) return next(new Error('not-signed-in'))
    screen.data = kept
    next()
  })
  return io
}
