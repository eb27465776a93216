// The crowd's process, asked one thing at a time.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Crowd, Paced } from './mega-load.ts'

export interface CrowdProcess {
  pid: number
  paced(perSecond: number, seconds: number): Promise<Paced>
  end(): void
}

/** Rejects where a screen cannot be opened. */
export async function openCrowd(crowd: Crowd): Promise<CrowdProcess> {
  const child = fork(join(import.meta.dirname, 'mega-load.ts'), { execArgv: ['--import', 'tsx'] })
  const ask = <T>(asked: object): Promise<T> =>
    new Promise((answered, failed) => {
      const gone = (code: number | null) => failed(new Error(`the crowd's process ended with ${code}`))
      child.once('exit', gone)
      child.once('message', (said: T & { fault?: string }) => {
        child.off('exit', gone)
        if (said.fault === undefined) answered(said)
        else failed(new Error(said.fault))
      })
      child.send(asked)
    })
  await ask({ open: crowd })
  return {
    pid: child.pid!,
    paced: (perSecond, seconds) => ask<Paced>({ paced: { perSecond, seconds } }),
    end: () => void child.kill('SIGKILL'),
  }
}
