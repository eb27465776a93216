// A neighbour that listens on a real port and does as the test says: takes, refuses, is slow, dies and comes back.
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Neighbour } from '#contract/neighbour'

export interface Heard {
  path: string
  method: string
  headers: IncomingHttpHeaders
  body: string
  bytes: Buffer
}

export interface Says {
  status: number
  headers?: Record<string, string>
  body?: string
  /** Answered only once this resolves. */
  after?: Promise<void>
}

export interface Listener {
  url: string
  heard: Heard[]
  /** What it answers from now on. */
  says: (heard: Heard) => Says
  /** Nobody listens there any more, and again somebody does. */
  dies(): Promise<void>
  returns(): Promise<void>
  close(): Promise<void>
}

export async function openListener(): Promise<Listener> {
  let server: Server | null = null
  let port = 0
  const listener: Listener = {
    get url() {
      return `http://127.0.0.1:${port}/events`
    },
    heard: [],
    says: () => ({ status: 204 }),
    async dies() {
      const gone = server
      server = null
      gone?.closeAllConnections()
      await new Promise<void>((over) => (gone ? gone.close(() => over()) : over()))
    },
    async returns() {
      server = createServer((req, res) => {
        const parts: Buffer[] = []
        req.on('data', (part: Buffer) => parts.push(part))
        req.on('end', async () => {
          const heard: Heard = {
            ...{ path: req.url ?? '', method: req.method ?? '', headers: req.headers },
            body: Buffer.concat(parts).toString('utf8'),
            bytes: Buffer.concat(parts),
          }
          const says = listener.says(heard)
          listener.heard.push(heard)
          await says.after
          res.writeHead(says.status, says.headers).end(says.body ?? '')
        })
      })
      await new Promise<void>((up) => server!.listen(port, '127.0.0.1', up))
      port = (server.address() as AddressInfo).port
    },
    close: () => listener.dies(),
  }
  await listener.returns()
  return listener
}

export const aNeighbour = (change: Record<string, unknown> = {}): Neighbour =>
  Neighbour.parse({
    ...{ id: 'district', name: '黄浦区城运平台', kind: 'webhook', url: 'http://127.0.0.1:1/', toldOf: {} },
    ...{ settings: {}, paused: null },
    ...change,
  })
