// A data folder of its own with one source in it, ready for a server to be started on and killed.
import { mkdtemp, rm } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../suites/server-process.ts'

export interface GroundZero {
  folder: string
  ledger: string
  key: string
  remove(): Promise<void>
}

/** Adds the source by the administrator's own command line, as a site would. */
export async function groundZero(name: string): Promise<GroundZero> {
  const base = await mkdtemp(join(tmpdir(), `sanping-${name}-`))
  const folder = join(base, 'data')
  const key = addSource(folder, 'trial')
  return { folder, ledger: join(base, 'ledger.ndjson'), key, remove: () => rm(base, { recursive: true, force: true }) }
}

export function addSource(folder: string, id: string): string {
  const said = execFileSync('npm', ['run', '--silent', 'sanping', '--', 'source', 'add', id, '--name', id], {
    cwd: projectRoot,
    env: { ...process.env, SANPING_DATA: folder },
    encoding: 'utf8',
  })
  const key = /sp_[\w-]+/.exec(said)?.[0]
  if (!key) throw new Error(`source add printed no key: ${said}`)
  return key
}
