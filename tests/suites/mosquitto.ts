// Debian's own Mosquitto beside us: its publisher as a process, its broker on a free port, stopped and started as a test wants.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const has = (program: string): boolean => spawnSync(program, ['--help']).error === undefined

/** On a bare machine these tests are left out aloud; where everything must be there they fail. */
export const mosquittoIsHere = has('mosquitto') && has('mosquitto_pub')
if (!mosquittoIsHere && !process.env['CI']) console.warn('mosquitto is not installed: its tests are left out')

/** Rejects with what it said where it does not end well. `input`: its standard input, a message a line with `-l`. */
export async function publishes(args: readonly string[], input?: string | Buffer): Promise<void> {
  const child = spawn('mosquitto_pub', args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (part: Buffer) => void (said += part.toString()))
  child.stdin?.end(input)
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`mosquitto_pub ended with ${code}: ${said}`)
}

export interface Mosquitto {
  port: number
  start(): Promise<void>
  /** Stops as a machine does that is switched off. Mosquitto writes its store only at a good end or a signal. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Writes down what it holds, now. */
  saves(): Promise<void>
  remove(): Promise<void>
}

/** `lines` are put behind its listener and its store. */
export function mosquitto(port: number, lines: readonly string[] = []): Mosquitto {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-mosquitto-'))
  const conf = join(folder, 'mosquitto.conf')
  writeFileSync(
    conf,
    [
      `listener ${port} 127.0.0.1`,
      ...['allow_anonymous true', 'user root', 'persistence true', `persistence_location ${folder}/`],
      // A store after each change: a killed broker forgets nothing then.
      ...['autosave_on_changes true', 'autosave_interval 1', 'max_queued_messages 100000'],
      ...lines,
      '',
    ].join('\n'),
  )
  let child: ChildProcess | null = null
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    running.kill(signal)
    await once(running, 'exit')
  }
  return {
    port,
    async start() {
      child = spawn('mosquitto', ['-c', conf], { stdio: 'ignore' })
      while (!(await answers(port))) await wait(20)
    },
    kill,
    async saves() {
      child?.kill('SIGUSR1')
      await wait(200)
    },
    async remove() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((told) => {
    const probe = connect(port, '127.0.0.1')
    const tell = (open: boolean) => {
      probe.destroy()
      told(open)
    }
    probe.once('connect', () => tell(true))
    probe.once('error', () => tell(false))
  })
