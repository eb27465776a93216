// A wire between browser and server that can be made to hold its breath or be cut: what a bad switch does, on loopback.
import { connect, createServer, type Socket } from 'node:net'

export interface BrittleProxy {
  url: string
  /** Nothing passes and nothing closes: half open. */
  stall(): void
  /** Everything is closed and nobody gets in. */
  cut(): void
  /** What is open now is silent for ever and is never told so; whoever comes anew gets through. */
  lose(): void
  heal(): void
  close(): Promise<void>
}

export async function openBrittleProxy(port: number): Promise<BrittleProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let mode: 'well' | 'stalled' | 'cut' = 'well'
  const proxy = createServer((near) => {
    if (mode === 'cut') return near.destroy()
    const far = connect(port, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    const over = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    const pass = (from: Socket, to: Socket) => {
      // Written by hand and not piped: a pipe cannot be told to hold its breath and keep both ends open.
      from.on('data', (part) => void to.write(part))
      from.on('close', () => mode !== 'stalled' && over())
      from.on('error', over)
    }
    pass(near, far)
    pass(far, near)
    if (mode === 'stalled') hold(pair)
  })
  const hold = (pair: readonly [Socket, Socket]) => pair.forEach((end) => end.pause())
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
  const address = proxy.address() as { port: number }
  return {
    url: `http://127.0.0.1:${address.port}`,
    stall() {
      mode = 'stalled'
      pairs.forEach(hold)
    },
    cut() {
      mode = 'cut'
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
    },
    lose() {
      for (const end of [...pairs].flat()) end.removeAllListeners('data').resume()
    },
    heal() {
      mode = 'well'
      for (const pair of pairs) pair.forEach((end) => end.resume())
    },
    close: () =>
      new Promise((closed) => {
        for (const [near, far] of pairs) {
          near.destroy()
          far.destroy()
        }
        proxy.close(() => closed())
      }),
  }
}
