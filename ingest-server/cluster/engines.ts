// The engines a constellation stands on, as they are found on this machine: PostgreSQL, Redis, Mosquitto, each in a folder of its own.
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { delimiter, join } from 'node:path'
import { openPart, type Part } from './part.ts'

export interface Engine extends Part {
  port: number
  url: string
}

export interface EngineNeeds {
  /** Its own; made where it is not there. */
  folder: string
  port: number
  /** Where programs lie: the environment's PATH. */
  path: string
  said(line: string): void
}

/** A program this machine lacks; its message is the sentence to print, in both languages. */
export class NotInstalled extends Error {
  override name = 'NotInstalled'
}

/** Where Debian, Red Hat and Homebrew keep PostgreSQL, which is on nobody's PATH. */
const besidesPath = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql*/bin', '/usr/sbin']

const toInstall = {
  postgres: 'postgresql',
  'redis-server': 'redis-server',
  mosquitto: 'mosquitto',
} as const
type Program = keyof typeof toInstall

/** The newest folder that holds it, or null. */
export function findProgram(name: string, path: string): string | null {
  const folders = [...path.split(delimiter).filter(Boolean), ...besidesPath.flatMap(unfold)]
  const folder = folders.find((one) => existsSync(join(one, name)))
  return folder ? join(folder, name) : null
}

/** `PATH` one: which of them are missing, as one sentence; null where none is. */
export function missingInWords(wanted: readonly Program[], path: string): string | null {
  const missing = wanted.filter((name) => findProgram(name, path) === null)
  if (missing.length === 0) return null
  const packages = missing.map((name) => toInstall[name]).join(' ')
  const names = missing.join(' ')
  return (
    `这台机器上没有 ${names}。Debian、Ubuntu：apt-get install ${packages}；macOS：brew install ${packages}。\n` +
    `This machine has no ${names}. Debian, Ubuntu: apt-get install ${packages}; macOS: brew install ${packages}.`
  )
}

/** Makes its database the first time. The port is this start's, the folder may be of another. */
export function openPostgresEngine({ folder, port, path, said }: EngineNeeds): Engine {
  const [postgres, initdb] = [must('postgres', path), must('initdb', path)]
  const user = notRoot()
  const [cluster, env] = [join(folder, 'cluster'), { PATH: path, LC_ALL: 'C.UTF-8' }]
  own(folder, user)
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    const made = ['--auth=trust', '--username=sanping', '--encoding=UTF8', '--locale=C.UTF-8']
    execFileSync(initdb, ['--pgdata', cluster, ...made], { ...user, cwd: folder, env, stdio: 'pipe' })
  }
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`]
  const part = openPart({
    ...{ name: 'postgres', command: postgres, user, cwd: folder, env, said },
    args: ['-D', cluster, ...settings.flatMap((one) => ['-c', one])],
    // Killed a moment ago, it refuses its folder until its last child has noticed.
    passes: /shared memory block|postmaster\.pid/,
    // Fast: it ends whoever is still there. SIGTERM would wait for every pool to go.
    endsWellBy: 'SIGINT',
    answers: () => saysBack(port, comesIn, (first) => first === 'R'),
  })
  return { ...part, port, url: `postgres://sanping@127.0.0.1:${port}/postgres` }
}

/** Keeps nothing on the disk: nothing in it is the truth. */
export function openRedisEngine({ folder, port, path, said }: EngineNeeds): Engine & { flush(): Promise<void> } {
  own(folder, null)
  const kept = ['--save', '', '--appendonly', 'no']
  const part = openPart({
    ...{ name: 'redis', command: must('redis-server', path), cwd: folder, env: { PATH: path }, said },
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--loglevel', 'warning', ...kept],
    endsWellBy: 'SIGTERM',
    answers: () => saysBack(port, 'PING\r\n', (first) => first === '+'),
  })
  return {
    ...{ ...part, port, url: `redis://127.0.0.1:${port}` },
    async flush() {
      if (!(await saysBack(port, 'FLUSHALL\r\n', (first) => first === '+'))) throw new Error('Redis did not flush')
    },
  }
}

export function openMosquittoEngine({ folder, port, path, said }: EngineNeeds): Engine {
  own(folder, null)
  const conf = join(folder, 'mosquitto.conf')
  const user = process.getuid?.() === 0 ? ['user root'] : []
  const kept = ['persistence true', `persistence_location ${folder}/`, 'autosave_interval 1']
  writeFileSync(
    conf,
    [`listener ${port} 127.0.0.1`, 'allow_anonymous true', ...user, ...kept, 'autosave_on_changes true', ''].join('\n'),
  )
  const part = openPart({
    ...{ name: 'mosquitto', command: must('mosquitto', path), cwd: folder, env: { PATH: path }, said },
    args: ['-c', conf],
    endsWellBy: 'SIGTERM',
    answers: () => saysBack(port, null, () => true),
  })
  return { ...part, port, url: `mqtt://127.0.0.1:${port}` }
}

/** PostgreSQL's own first words: who comes, to which database. It lets in (R) once it has repaired what a kill left. */
const comesIn = (() => {
  const words = Buffer.from('user\0sanping\0database\0postgres\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(8 + words.length, 0)
  head.writeInt32BE(3 << 16, 4)
  return Buffer.concat([head, words])
})()

function must(name: string, path: string): string {
  const found = findProgram(name, path)
  const asked = (name === 'initdb' ? 'postgres' : name) as Program
  if (!found) throw new NotInstalled(missingInWords([asked], '') ?? name)
  return found
}

function unfold(pattern: string): string[] {
  const [before, after] = pattern.split('*')
  if (after === undefined) return [pattern]
  const parent = before!.slice(0, before!.lastIndexOf('/'))
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((folder) => folder.startsWith(before!))
    .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((folder) => `${folder}${after}`)
}

function own(folder: string, user: { uid: number; gid: number } | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!user) return
  chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
}

/** Null where we are not root ourselves. */
function notRoot(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    const idOf = (kind: string) => Number(execFileSync('id', [kind, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
    try {
      return { uid: idOf('-u'), gid: idOf('-g') }
    } catch {
      continue
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody')
}

/** True where it lets us in and its first byte is as it should be; null to send: where it lets us in. */
const saysBack = (port: number, sent: Buffer | string | null, isRight: (first: string) => boolean): Promise<boolean> =>
  new Promise((told) => {
    const socket = connect(port, '127.0.0.1')
    const tell = (yes: boolean) => {
      socket.destroy()
      told(yes)
    }
    socket.setTimeout(1000, () => tell(false))
    socket.once('error', () => tell(false))
    socket.once('connect', () => (sent === null ? tell(true) : socket.write(sent)))
    socket.once('data', (part: Buffer) => tell(isRight(part.toString('latin1', 0, 1))))
    socket.once('close', () => told(false))
  })
