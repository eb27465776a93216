// One program of the constellation: started until it answers, ended well or killed, started again as it was.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface PartNeeds {
  /** As a person types it: `redis`, `1`. */
  name: string
  command: string
  args: readonly string[]
  cwd: string
  env: Record<string, string | undefined>
  /** Another user than ours: PostgreSQL does not run as root. */
  user?: { uid: number; gid: number } | null
  /** Last words of a start that failed for what passes: it is tried again. */
  passes?: RegExp
  /** What it takes for a wish to end well. */
  endsWellBy: NodeJS.Signals
  answers(): Promise<boolean>
  /** What it says, a line at a time. */
  said(line: string): void
}

export interface Part {
  name: string
  pid(): number | null
  runs(): boolean
  /** Resolves once it answers, with how long that took in ms; rejects with its last words where it does not within 30 s. */
  start(): Promise<number>
  /** Resolves once it is gone. One that does not end by itself within 25 s is killed. */
  stop(): Promise<void>
  /** As a machine that is switched off. */
  kill(): Promise<void>
}

const patience = { start: 30_000, end: 25_000 }

export function openPart(needs: PartNeeds): Part {
  let child: ChildProcess | null = null
  let lastWords = ''

  const runs = () => child?.pid !== undefined && child.exitCode === null && child.signalCode === null

  function launch(): ChildProcess {
    const started = spawn(needs.command, needs.args, {
      ...(needs.user ?? {}),
      cwd: needs.cwd,
      env: needs.env,
      // A group of its own: a Ctrl+C at the keyboard is for us, and we end the parts in their order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8')
      stream?.on('data', (text: string) => {
        lastWords = (lastWords + text).slice(-4000)
        for (const line of text.split('\n')) if (line.trim()) needs.said(line)
      })
    }
    started.once('error', (fault) => void (lastWords += fault.message))
    return started
  }

  async function start(): Promise<number> {
    const began = performance.now()
    lastWords = ''
    if (!runs()) child = launch()
    while (!(runs() && (await needs.answers()))) {
      if (!runs() && needs.passes?.test(lastWords)) {
        await wait(200)
        child = launch()
      }
      if (!runs() || performance.now() - began > patience.start) {
        await end('SIGKILL')
        throw new Error(lastWords.trim() || 'it did not come up and said nothing')
      }
      await wait(10)
    }
    return performance.now() - began
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || !runs()) return
    const gone = once(child, 'exit')
    child.kill(signal)
    const enough = new AbortController()
    const late = wait(patience.end, null, { signal: enough.signal }).then(
      () => child?.kill('SIGKILL'),
      () => {},
    )
    await gone
    enough.abort()
    await late
  }

  return {
    name: needs.name,
    pid: () => (runs() ? (child?.pid ?? null) : null),
    runs,
    start,
    stop: () => end(needs.endsWellBy),
    kill: () => end('SIGKILL'),
  }
}

/** On this machine alone. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
