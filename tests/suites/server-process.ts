// The real server as a process of its own, on a free port and a folder of its own: what bench and trial measure and kill.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const projectRoot = resolve(import.meta.dirname, '../..')

export interface ServerProcess {
  url: string
  port: number
  pid: number
  /** From start to the first ready answer, ms. */
  readyAfter: number
  kill(signal: NodeJS.Signals): Promise<void>
  /** When it is no more, by whatever: its exit code, null where a signal ended it. */
  over: Promise<number | null>
  /** What it wrote to its error stream, for the person who looks. */
  complaints(): string
}

export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => found(port))
    })
  })

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(500) })).ok
  } catch {
    return false
  }
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once('exit', () => done()))

const usuallyWithin = 20_000

/** Starts the built server; rejects with its complaints where it does not come up within `within` ms, 20 s unless said. */
export async function startServer(options: {
  folder: string
  port?: number
  within?: number
  env?: Record<string, string>
  /** Another program than the built server, by its path in the project. */
  entry?: string
}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const started = performance.now()
  const entry = resolve(projectRoot, options.entry ?? 'dist/server/main.js')
  const child = spawn(process.execPath, [...(entry.endsWith('.ts') ? ['--import', 'tsx'] : []), entry], {
    cwd: projectRoot,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      SANPING_DATA: options.folder,
      SANPING_ORIGINS: url,
      SANPING_LOG: 'error',
      ...options.env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (part: Buffer) => {
    complaints = (complaints + part.toString()).slice(-20_000)
  })
  while (!(await isReady(url))) {
    const isOver = child.exitCode !== null || child.signalCode !== null
    if (isOver || performance.now() - started > (options.within ?? usuallyWithin)) {
      child.kill('SIGKILL')
      throw new Error(`the server did not come up: ${complaints || 'it said nothing'}`)
    }
    await wait(4)
  }
  return {
    url,
    port,
    pid: child.pid!,
    readyAfter: performance.now() - started,
    over: ended(child).then(() => child.exitCode),
    kill: async (signal) => {
      child.kill(signal)
      await ended(child)
    },
    complaints: () => complaints,
  }
}
