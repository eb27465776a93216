// A demo street of its own for the pictures: the built demo on a free port, at the hour the picture wants, and hands that tap in it.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { io } from 'socket.io-client'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import { CommandId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import { boardFrom } from '#contract/patch'
import type { Welcome } from '#contract/wire'
import { demoPassword } from '../../ingest-server/demo/people.ts'
import { freePort, projectRoot } from '../suites/server-process.ts'

export interface Street {
  url: string
  /** The `sanping` cookie of somebody who signed in. */
  cookieOf(account: string): Promise<string>
  cases(): Promise<Case[]>
  wish(account: string, wish: PersonWish): Promise<Outcome>
  /** As their browser asks the server. */
  asks(account: string, path: string, body?: object): Promise<unknown>
  /** Stands still, as a server that hangs. */
  freezes(): void
  close(): Promise<void>
}

/** `--at` of the demo, and what else it is to be told. */
export async function openStreet(at: string, more: readonly string[] = []): Promise<Street> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-pictures-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [join(projectRoot, 'dist/server/demo.js'), '--at', at, ...more], {
    cwd: projectRoot,
    env: { ...process.env, PORT: String(port), SANPING_DATA: folder, SANPING_ORIGINS: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((ready, failed) => {
    child.stdout.on('data', (part: Buffer) => part.toString().includes('/resident') && ready())
    child.once('exit', () => failed(new Error('the demo did not come up')))
  })
  const cookies = new Map<string, Promise<string>>()
  const cookieOf = (account: string): Promise<string> => {
    const known = cookies.get(account) ?? signIn(url, account)
    cookies.set(account, known)
    return known
  }
  const onLine = async <T>(account: string, then: (line: ReturnType<typeof io>, welcome: Welcome) => Promise<T>) => {
    const cookie = `sanping=${await cookieOf(account)}`
    const line = io(url, { path: '/line', transports: ['websocket'], extraHeaders: { cookie, origin: url } })
    try {
      await new Promise<void>((connected) => line.once('connect', connected))
      const welcome = await new Promise<Welcome>((told) => line.emit('hello', {}, told))
      return await then(line, welcome)
    } finally {
      line.disconnect()
    }
  }
  return {
    url,
    cookieOf,
    cases: () => onLine('chen', async (_line, { board }) => [...boardFrom(board!).cases.values()]),
    wish: (account, wish) =>
      onLine(account, (line) => {
        const command = { id: CommandId.parse(`picture-${account}-${performance.now()}`), wish }
        return new Promise<Outcome>((answered) => line.emit('command', command, answered))
      }),
    asks: async (account, path, body) => askAs(url, await cookieOf(account), path, body),
    freezes: () => void child.kill('SIGSTOP'),
    async close() {
      child.kill('SIGCONT')
      child.removeAllListeners('exit')
      child.kill('SIGTERM')
      await Promise.race([new Promise((over) => child.once('exit', over)), wait(5_000)])
      child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function askAs(url: string, cookie: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', origin: url, cookie: `sanping=${cookie}` },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function signIn(url: string, account: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ name: account, password: demoPassword }),
  })
  const cookie = /sanping=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
  if (!cookie) throw new Error(`${account} could not sign in: ${answer.status}`)
  return cookie
}
