// A hotline's export through the command line into a server of its own, and what lies in that server's files afterwards.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SourceId } from '#contract/ids'
import type { Case } from '#contract/case'
import { openSqliteArchive } from '../../ingest-server/archive/sqlite.ts'
import { judgingEdition } from '../../ingest-server/app/judging.ts'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import type { RecordCounts } from './count-records.ts'
import { projectRoot, startServer } from './server-process.ts'
import { prepareSite } from './site.ts'

export interface ImportRun {
  /** Exit code, what it printed, and the rows of its report by what became of them. */
  code: number
  said: string
  fates: Record<string, number>
  /** Only of those refused. */
  words: string[]
  seconds: number
  /** The journal's last line afterwards. */
  revision: number
}

const open = async (folder: string) => {
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  return openRecords({ folder, secret: await readKeyRing(folder, random, Date.now), random, now: Date.now })
}

/** A house that takes an import; `close` stops it, `counts` reads its files once it is stopped. */
export async function openImportHouse(name: string, entry: string) {
  const site = await prepareSite(name)
  const records = await open(site.folder)
  const id = SourceId.parse('hotline')
  const key = await records.sources.add(
    { id, name: '12345', matters: {}, cameras: {}, perMinute: 1_000_000 },
    Date.now(),
  )
  await records.close()
  const server = await startServer({ folder: site.folder, entry, env: { SANPING_PROBE_MINUTES: '0' } })

  async function run(bytes: Uint8Array, ...options: string[]): Promise<ImportRun> {
    const file = site.beside('export.csv')
    await writeFile(file, bytes)
    const started = performance.now()
    const words = ['import', file, '--mapping', 'hotline-export', '--key', key, '--to', server.url, ...options]
    const { code, said } = await command([...words, '--data', site.beside('elsewhere')])
    const [, ...rows] = (await readFile(`${file}.report.csv`, 'utf8')).split('\r\n').filter(Boolean)
    const fates: Record<string, number> = {}
    for (const fate of rows.map((row) => row.split(',')[1]!)) fates[fate] = (fates[fate] ?? 0) + 1
    const { revision } = (await (await fetch(`${server.url}/readyz`)).json()) as { revision: number }
    const refused = rows.filter((row) => row.split(',')[1] === '退回')
    return { code, said, fates, words: refused, seconds: (performance.now() - started) / 1000, revision }
  }

  return { server, run, folder: site.folder, remove: site.remove }
}

function command(words: readonly string[]): Promise<{ code: number; said: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(projectRoot, 'ingest-server/admin/main.ts'), ...words],
    {
      cwd: projectRoot,
      env: { ...process.env, LANG: 'zh_CN.UTF-8', LC_ALL: '' },
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
  return new Promise((done) => child.once('exit', (code) => done({ code: code ?? -1, said })))
}

/** Out of the files of a house that is stopped: its archive, and the board its journal makes. */
export async function countsIn(
  folder: string,
): Promise<Omit<RecordCounts, 'refused' | 'ignored'> & { quarantined: number }> {
  const cases: Case[] = []
  const archive = await openSqliteArchive({ file: join(folder, 'archive.db'), edition: judgingEdition })
  for await (const one of archive.between(0, Number.MAX_SAFE_INTEGER)) cases.push(one)
  await archive.close()
  const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => 'not made here' })
  const board = emptyBoard()
  for await (const line of journal.read(0)) project(board, readEntry(line))
  await journal.close()
  cases.push(...board.cases.values())
  const records = await open(folder)
  const { counts } = await records.quarantine.counts()
  await records.close()

  const by = (keyOf: (one: Case) => string) => {
    const keys = cases.map(keyOf)
    return Object.fromEntries([...new Set(keys)].sort().map((key) => [key, keys.filter((one) => one === key).length]))
  }
  return {
    byMatter: by((one) => one.matter),
    byState: by((one) => one.disposition ?? 'open'),
    byDay: by((one) => new Date(one.sources[0]!.firstAt + 8 * 3_600_000).toISOString().slice(0, 10)),
    orders: cases.length,
    quarantined: counts.reduce((sum, { times }) => sum + times, 0),
  }
}
