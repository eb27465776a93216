// A PostgreSQL of a test's own: its own folder and port, killed and started again as the test wants.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'

/** Where Debian keeps them, the newest first: its PATH has none of them. */
const debianHome = '/usr/lib/postgresql'
const debians = existsSync(debianHome)
  ? readdirSync(debianHome)
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => join(debianHome, version, 'bin'))
  : []
const programs = [...(process.env['PATH'] ?? '').split(delimiter), ...debians].find(
  (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
)

/** On a bare machine these tests are left out aloud; where everything must be there they fail. */
export const hasPostgres = (): boolean => programs !== undefined
if (!hasPostgres() && !process.env['CI']) console.warn('PostgreSQL is not installed: its tests are left out')

/** `describe.skipIf(leavesPostgresOut)`: with CI=true nothing is left out, and what is missing fails. */
export const leavesPostgresOut = !hasPostgres() && !process.env['CI']

export interface Postgres {
  port: number
  /** Its one database; a street has a schema in it. */
  url: string
  /** A schema name nobody has used. */
  schema(): string
  /** SIGKILL: as a machine that is switched off. SIGTERM: waits for nobody. Both resolve once it is gone. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** On the same port and folder. */
  start(): Promise<void>
  /** Ends it and takes its folder away. */
  stop(): Promise<void>
}

/** Rejects where PostgreSQL is not installed. `settings`: like `max_connections=20`, over those of a small test. */
export async function openPostgres(settings: readonly string[] = []): Promise<Postgres> {
  if (programs === undefined) throw new Error('PostgreSQL is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'sanping-postgres-'))
  const user = anotherThanRoot()
  if (user) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  const ours = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }
  const cluster = join(folder, 'cluster')
  const made = ['--pgdata', cluster, '--auth=trust', '--username=sanping', '--encoding=UTF8', '--locale=C.UTF-8']
  execFileSync(join(programs, 'initdb'), [...made, '--no-sync'], { ...ours, stdio: ['ignore', 'ignore', 'inherit'] })
  const port = await freePort()
  const url = `postgres://sanping@127.0.0.1:${port}/postgres`
  const said = [`port=${port}`, `unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1']
  const small = ['shared_buffers=32MB', 'max_connections=100', 'autovacuum=off', 'logging_collector=off']
  const args = [...said, ...small, ...settings].flatMap((one) => ['-c', one])
  let child: ChildProcess | null = null

  const kill = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM') => {
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = once(running, 'exit')
    // A smart shutdown would wait for every pool of the test: SIGINT is PostgreSQL's own "end them and go".
    running.kill(signal === 'SIGTERM' ? 'SIGINT' : signal)
    await gone
  }
  const start = async () => {
    // After a SIGKILL its children need a moment to notice, and until then the folder refuses a second server.
    for (let tries = 0; tries < 100; tries++) {
      if (!child || child.exitCode !== null)
        child = spawn(join(programs, 'postgres'), ['-D', cluster, ...args], { ...ours, stdio: 'ignore' })
      if (await answers(url)) return
      await wait(100)
    }
    throw new Error('PostgreSQL did not start within ten seconds')
  }
  await start()
  return {
    ...{ port, url, kill, start },
    schema: () => `street_${randomBytes(6).toString('hex')}`,
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
    },
  }
}

/** PostgreSQL refuses to run as root. Null where we are not. */
function anotherThanRoot(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const idOf = (kind: '-u' | '-g', name: string) =>
    Number(execFileSync('id', [kind, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      continue
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody')
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as AddressInfo
  holder.close()
  await once(holder, 'close')
  return port
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
