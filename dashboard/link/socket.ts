// The real world of a line: socket.io over a websocket alone, the browser's clock and its timers.
import { io } from 'socket.io-client'
import { comingBack, withPatience } from './coming-back.ts'
import { browserUnpack } from './held-rules.ts'
import type { LineSocket, LineWorld } from './line-port.ts'
import { askViewer } from './session.ts'

const after: LineWorld['after'] = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

export const browserWorld: LineWorld = {
  connect: () =>
    // Its typed events and ours differ only in how they are written down.
    withPatience(io({ path: '/line', transports: ['websocket'], ...comingBack }), after) as unknown as LineSocket,
  now: Date.now,
  ...(browserUnpack && { unpack: browserUnpack }),
  random: Math.random,
  // The second frame begins when the first has been drawn.
  frame: (run) => requestAnimationFrame(() => requestAnimationFrame(run)),
  every(ms, run) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
  after,
  async signedIn() {
    const viewer = await askViewer(fetch)
    return viewer === 'unreachable' ? null : viewer !== null
  },
}
