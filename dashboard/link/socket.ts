// The real world of a line: socket.io over a websocket alone, the browser's clock and its timers.
import { io } from 'socket.io-client'
import { browserUnpack } from './held-rules.ts'
import type { LineSocket, LineWorld } from './line-port.ts'
import { askViewer } from './session.ts'

export const browserWorld: LineWorld = {
  connect: () =>
    io({
      path: '/line',
      transports: ['websocket'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 2_000,
      // A connection begun into nothing is begun anew, and not waited for.
      timeout: 6_000,
      randomizationFactor: 0.5,
      // Its typed events and ours differ only in how they are written down.
    }) as unknown as LineSocket,
  now: Date.now,
  ...(browserUnpack && { unpack: browserUnpack }),
  random: Math.random,
  // The second frame begins when the first has been drawn.
  frame: (run) => requestAnimationFrame(() => requestAnimationFrame(run)),
  every(ms, run) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  async signedIn() {
    const viewer = await askViewer(fetch)
    return viewer === 'unreachable' ? null : viewer !== null
  },
}
