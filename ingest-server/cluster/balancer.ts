// A plain balancer: round robin over the nodes that say they are ready, sockets too, no stickiness, and what one node refuses another takes.
import { Agent, createServer, request, type ClientRequest, type IncomingMessage } from 'node:http'
import { type AddressInfo } from 'node:net'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Balancer {
  url: string
  port: number
  /** Which nodes it sends to now, by their ports. */
  ready(): readonly number[]
  close(): Promise<void>
}

interface BalancerNeeds {
  port: number
  host?: string
  /** The nodes' ports on this machine, ready or not. */
  nodes: readonly number[]
  /** Repeats `run` until the returned stop. */
  every: (milliseconds: number, run: () => void) => () => void
}

const asksEvery = 200
/** A node that does not answer within this is not sent to. */
const answersWithin = 1500

export async function openBalancer({ port, host = '127.0.0.1', nodes, every }: BalancerNeeds): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 })
  const ready = new Set<number>()
  let turn = 0

  /** Those to try, in order; where none says it is ready, all: one may have just come up. */
  function inTurn(): number[] {
    const able = nodes.filter((one) => ready.has(one))
    const list = able.length > 0 ? able : nodes
    const from = turn++ % Math.max(1, list.length)
    return [...list.slice(from), ...list.slice(0, from)]
  }

  function ask(node: number): void {
    const asked = request({ host: '127.0.0.1', port: node, path: '/readyz', timeout: answersWithin }, (answer) => {
      if (answer.statusCode === 200) ready.add(node)
      else ready.delete(node)
      answer.resume()
    })
    asked.on('timeout', () => asked.destroy(new Error('too late')))
    asked.on('error', () => ready.delete(node))
    asked.end()
  }
  const askAll = () => nodes.forEach(ask)
  askAll()
  const stopAsking = every(asksEvery, askAll)

  const server = createServer((asking, answer) => {
    const list = inTurn()
    const next = (fault?: NodeJS.ErrnoException): void => {
      const node = list.shift()
      if (node === undefined) {
        answer.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain; charset=utf-8' })
        return void answer.end(`没有可用的节点，请稍后再试。\nNo node is ready, try again. ${fault?.code ?? ''}\n`)
      }
      const passed = pass(node, asking)
      // Only what was refused before a byte was sent may go to another: what was cut half-way may have been done.
      let sent = false
      passed.once('socket', (socket) => {
        const send = () => {
          sent = true
          asking.pipe(passed)
        }
        if (socket.connecting) socket.once('connect', send)
        else send()
      })
      passed.once('response', (said) => {
        answer.writeHead(said.statusCode ?? 502, said.rawHeaders)
        said.pipe(answer)
        // Cut half-way: the asker must not take it for whole.
        said.once('error', () => answer.destroy())
      })
      passed.once('error', (cause: NodeJS.ErrnoException) => {
        if (!sent) {
          ready.delete(node)
          return next(cause)
        }
        if (answer.headersSent) return void answer.destroy()
        answer.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' })
        answer.end('这个节点在回答之前断开了，请重试。\nThe node hung up before it answered, try again.\n')
      })
      answer.once('close', () => passed.destroy())
    }
    next()
  })

  const pass = (node: number, asking: IncomingMessage): ClientRequest =>
    request({ host: '127.0.0.1', port: node, agent, method: asking.method, path: asking.url, headers: named(asking) })

  const sockets = new Set<Duplex>()
  server.on('upgrade', (asking, screen, head) => {
    const list = inTurn()
    sockets.add(screen)
    screen.once('close', () => sockets.delete(screen))
    screen.on('error', () => screen.destroy())
    const next = (): void => {
      const node = list.shift()
      if (node === undefined) return void screen.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n')
      const server = connect(node, '127.0.0.1')
      const refused = () => {
        ready.delete(node)
        next()
      }
      server.once('error', refused)
      server.once('connect', () => {
        server.off('error', refused)
        server.on('error', () => screen.destroy())
        const lines = Object.entries(named(asking)).flatMap(([name, value]) =>
          [value ?? []].flat().map((one) => `${name}: ${one}\r\n`),
        )
        server.write(`${asking.method} ${asking.url} HTTP/1.1\r\n${lines.join('')}\r\n`)
        if (head.length > 0) server.write(head)
        server.pipe(screen).pipe(server)
        server.once('close', () => screen.destroy())
        screen.once('close', () => server.destroy())
      })
    }
    next()
  })

  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, host, () => listening())
  })
  const own = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    ready: () => nodes.filter((one) => ready.has(one)),
    async close() {
      stopAsking()
      agent.destroy()
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** The asker's own headers, and who it is; nobody says that of himself here. */
const named = ({ headers, socket }: IncomingMessage): NodeJS.Dict<string | string[]> => ({
  ...headers,
  'x-forwarded-for': socket.remoteAddress ?? '',
  'x-forwarded-proto': 'http',
})
