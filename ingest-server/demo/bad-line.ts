// A line that is sometimes cut: what `--fail=net` puts between the screens and the server.
import { connect, createServer, type Server, type Socket } from 'node:net'

export interface BadLine {
  server: Server
  /** Cuts everything and lets nobody through for so long. */
  cut(milliseconds: number): void
  close(): void
}

/** Passes everything on to `port` on this machine. */
export function openBadLine(port: number, after: (milliseconds: number, run: () => void) => void): BadLine {
  const open = new Set<Socket>()
  let down = false
  const server = createServer((near) => {
    if (down) return void near.destroy()
    const far = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  const destroyAll = () => open.forEach((socket) => socket.destroy())
  return {
    server,
    cut: (milliseconds) => {
      down = true
      destroyAll()
      after(milliseconds, () => {
        down = false
      })
    },
    close: () => {
      server.close()
      destroyAll()
    },
  }
}
