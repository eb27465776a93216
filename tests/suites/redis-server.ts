// A Redis of our own beside us: on a free port, with nothing on the disk, killed and started again as a test wants.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './server-process.ts'

const isHere = spawnSync('redis-server', ['--version']).error === undefined

/** On a bare machine these tests are left out aloud; where everything must be there they fail. */
export const hasRedis = (): boolean => isHere
if (!isHere && !process.env['CI']) console.warn('redis-server is not installed: its tests are left out')

/** `describe.skipIf(leavesRedisOut)`: with CI=true nothing is left out, and what is missing fails. */
export const leavesRedisOut = !isHere && !process.env['CI']

export interface RedisServer {
  /** `redis://127.0.0.1:PORT`, the same for as long as it lives. */
  url: string
  port: number
  /** As a machine that is switched off: all it held is gone. */
  kill(): Promise<void>
  /** Again, on the same port, empty. */
  start(): Promise<void>
  /** Holds everything up and loses nothing: what a network does that is cut. */
  freeze(): void
  thaw(): void
  flushAll(): Promise<void>
  /** One command, as typed. */
  says(command: string): Promise<string>
  stop(): Promise<void>
}

const words = (port: number) => [
  ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
  ...['--loglevel', 'warning', '--daemonize', 'no', '--dir', '/tmp'],
]

/** Resolves once it answers. */
export async function openRedis(): Promise<RedisServer> {
  const port = await freePort()
  let child: ChildProcess | null = null

  async function start(): Promise<void> {
    child = spawn('redis-server', words(port), { stdio: 'ignore' })
    while (!(await says(port, 'PING').catch(() => null))?.startsWith('+PONG')) await wait(10)
  }

  async function kill(): Promise<void> {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    ...{ kill, start },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    flushAll: async () => void (await says(port, 'FLUSHALL')),
    says: (command) => says(port, command),
    stop: kill,
  }
}

/** One command, by hand: a test that stops Redis wants no client that waits for it. */
const says = (port: number, command: string): Promise<string> =>
  new Promise((answered, failed) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`))
    socket.once('data', (part) => {
      socket.destroy()
      answered(part.toString())
    })
    socket.once('error', failed)
  })
