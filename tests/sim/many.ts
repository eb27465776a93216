// Many streets by their seeds, over a few processes: each is given the next as it is done with the last.
import { fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Lived } from './street.ts'

export interface Job {
  seed: number
  days: number
  nodes: 1 | 2
  /** A planted bug, by its name. */
  bug: string | null
}

export type Outcome = Lived & { job: Job }

interface ManyNeeds {
  /** Null: no more. */
  next: () => Job | null
  done: (outcome: Outcome) => void
  processes?: number
}

/** Rejects where a process ends of itself: then the simulation is broken, and not the street. */
export async function liveMany({ next, done, processes = 2 }: ManyNeeds): Promise<void> {
  const file = await bundled()
  try {
    await Promise.all(Array.from({ length: processes }, () => one(file, next, done)))
  } finally {
    rmSync(file, { force: true })
  }
}

/** In one file, with nothing to transpile as it runs: it lives a sixth faster so. Where the packages are found from. */
async function bundled(): Promise<string> {
  const root = join(import.meta.dirname, '../..')
  const outfile = join(root, 'node_modules/.cache/sanping', `street-${process.pid}-${++nthFile}.mjs`)
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    ...{ outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', packages: 'external' },
    ...{ sourcemap: 'inline', logLevel: 'warning' },
  })
  return outfile
}
let nthFile = 0

function one(file: string, next: () => Job | null, done: (outcome: Outcome) => void): Promise<void> {
  const first = next()
  if (!first) return Promise.resolve()
  return new Promise((over, fail) => {
    let job = first
    const child = fork(file, { execArgv: ['--enable-source-maps'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.send(job)
    child.on('message', (lived) => {
      done({ ...(lived as Lived), job })
      const another = next()
      if (another) return void child.send((job = another))
      child.disconnect()
    })
    child.on('exit', (code) => (code ? fail(new Error(`seed ${job.seed} ended with ${code}`)) : over()))
    child.on('error', fail)
  })
}
