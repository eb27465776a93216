// Floors: the barest thing that could do the same work, each a process of its own like the server it is held against.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from '../suites/server-process.ts'

export type FloorName = 'http' | 'ws' | 'socket-io'

export interface Floor {
  url: string
  pid: number
  stop(): Promise<void>
}

export async function startFloor(name: FloorName): Promise<Floor> {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, `floor-${name}.ts`), String(port)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await new Promise<void>((ready, failed) => {
    child.stdout.once('data', () => ready())
    child.once('exit', (code) => failed(new Error(`the ${name} floor ended with ${code}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    stop: () =>
      new Promise((done) => {
        child.removeAllListeners('exit')
        child.once('exit', () => done())
        child.kill('SIGKILL')
      }),
  }
}
