// R12: backups under load, some killed in the middle, each put back elsewhere and judged by the ledger; then a step of version forward, and back.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openPostgresJournal } from '../../ingest-server/journal/postgres.ts'
import { chanceFrom, type Chance } from '../../ingest-server/demo/chance.ts'
import { setsIn } from '../../ingest-server/backup/sets.ts'
import { percentile, type Figure, type Program } from '../suites/figure.ts'
import { hasPostgres, openPostgres } from '../suites/postgres-server.ts'
import { projectRoot, startServer } from '../suites/server-process.ts'
import { prepareSite, type Site } from '../suites/site.ts'
import { openLoad, reportOf, type Acknowledged } from './load.ts'
import { zeroOf } from './r1-killed.ts'
import { judge } from './verdict.ts'

/** The version that landed before backups did. */
const lastVersion = '9974885'
const line = ['--import', 'tsx', join(projectRoot, 'ingest-server/admin/main.ts')]

interface Ran {
  code: number | null
  said: string
  took: number
}

/** As a process of its own, as an administrator runs it; killed after `killAfter` ms where that is given. */
function sanping(args: string[], env: Record<string, string>, killAfter?: number): Promise<Ran> {
  const began = performance.now()
  const child = spawn(process.execPath, [...line, ...args], {
    ...{ cwd: projectRoot, env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env } },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => void (said += part))
  const timer = killAfter === undefined ? null : setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((done) => {
    child.once('close', (code) => {
      if (timer) clearTimeout(timer)
      done({ code, said, took: performance.now() - began })
    })
  })
}

interface Ordeal {
  whole: number
  killed: number
  /** Reports acknowledged up to the revision of a whole backup, and not in it; doubled; a chain that breaks. */
  lost: string[]
  doubled: string[]
  chain: string[]
  /** Whole by its name, and not restored; or restored and not up. */
  refused: string[]
  took: number[]
}

interface Street {
  site: Site
  /** Where its rows lie, for the programs. */
  env: Record<string, string>
  /** Where it is put back, and how its journal is read there. */
  elsewhere(nth: number): {
    folder: string
    env: Record<string, string>
    journal(): Promise<Parameters<typeof judge>[0]>
  }
}

/** Backups one after the other beside the load, every third killed somewhere in the middle, and the last whole ones put back. */
async function ordealOf(
  { site, env, elsewhere }: Street,
  { runs, chance, say, stopped }: { runs: number; chance: Chance; say(words: string): void; stopped(): boolean },
): Promise<Ordeal> {
  const backups = site.beside('backups')
  const ordeal: Ordeal = { whole: 0, killed: 0, lost: [], doubled: [], chain: [], refused: [], took: [] }
  const server = await startServer({ folder: site.folder, env: { SANPING_MQTT: 'off', ...env } })
  const load = openLoad({
    ...{ url: () => server.url, key: site.sourceKey, ledger: site.beside('ledger.ndjson'), workers: 8 },
    ...{ chance, now: Date.now },
  })
  const asked = { SANPING_DATA: site.folder, ...env }
  await wait(500)
  for (let nth = 0; nth < runs && !stopped(); nth++) {
    const isKilled = nth % 3 === 1
    const { code, said, took } = await sanping(
      ['backup', backups],
      asked,
      isKilled ? chance.whole(300, 2500) : undefined,
    )
    if (code === 0) ordeal.took.push(took)
    else if (isKilled) ordeal.killed++
    else ordeal.refused.push(`backup ${nth}: ${said}`)
  }
  await load.stop()
  await server.kill('SIGKILL')
  const sets = await setsIn(backups)
  ordeal.whole = sets.length
  for (const [nth, { path, manifest }] of sets.slice(-Math.max(2, Math.ceil(runs / 3))).entries()) {
    const place = elsewhere(nth)
    const { revision } = manifest.journal!
    const put = await sanping(['restore', path], { SANPING_DATA: place.folder, ...place.env })
    if (put.code !== 0) {
      ordeal.refused.push(`restore ${path}: ${put.said}`)
      continue
    }
    const up = await isUp(place, site.sourceKey, chance, `after-${nth}`).catch((fault: unknown) => String(fault))
    if (typeof up === 'string') ordeal.refused.push(`${path}: ${up}`)
    const until = load.acknowledged.filter((one) => one.revision <= revision)
    const verdict = await judge(await place.journal(), typeof up === 'string' ? until : [...until, up])
    ordeal.lost.push(...verdict.lost)
    ordeal.doubled.push(...verdict.doubled)
    if (verdict.chain) ordeal.chain.push(verdict.chain)
    say(`${path}: line ${revision}, ${until.length} acknowledged until then, ${verdict.lost.length} missing`)
  }
  return ordeal
}

/** The server that was put back takes a report: what it acknowledged. */
async function isUp(
  { folder, env }: { folder: string; env: Record<string, string> },
  key: string,
  chance: Chance,
  named: string,
): Promise<Acknowledged> {
  const server = await startServer({ folder, env: { SANPING_MQTT: 'off', ...env } })
  try {
    return await reported(server.url, key, chance, named)
  } finally {
    await server.kill('SIGTERM')
  }
}

async function reported(url: string, key: string, chance: Chance, eventId: string): Promise<Acknowledged> {
  const answer = await fetch(`${url}/api/in/sanping`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(reportOf(chance, eventId, Date.now())),
  })
  const { results } = (await answer.json()) as { results: (Acknowledged & { ok: boolean })[] }
  const [first] = results
  if (!first?.ok) throw new Error(`${eventId}: ${JSON.stringify(first)}`)
  return { eventId, commandId: first.commandId, revision: first.revision, caseId: first.caseId }
}

/** Null where PostgreSQL is not installed. */
async function onPostgres(options: Parameters<typeof ordealOf>[1]): Promise<Ordeal | null> {
  if (!hasPostgres()) {
    options.say('没有 PostgreSQL：数据库上的备份这次跳过。 / No PostgreSQL: backups of a street on it are skipped.')
    return null
  }
  const site = await prepareSite('r12')
  const server = await openPostgres()
  try {
    // A journal for the folder, which a move asks for: the server's first start makes it.
    await (await startServer({ folder: site.folder, env: { SANPING_MQTT: 'off' } })).kill('SIGTERM')
    const env = { SANPING_POSTGRES: server.url }
    const moved = await sanping(['move', '--to', 'postgres'], { SANPING_DATA: site.folder, ...env })
    if (moved.code !== 0) throw new Error(moved.said)
    return await ordealOf(
      {
        ...{ site, env },
        // Every second into a folder again: a backup of one engine is one of the other.
        elsewhere(nth) {
          const folder = site.beside(`elsewhere-${nth}`)
          const schema = 'sanping'
          const url = new URL(server.url)
          url.pathname = `/elsewhere${nth}`
          if (nth % 2 === 0) return { folder, env: {}, journal: async () => folder }
          execFileSync('psql', [server.url, '-qc', `create database elsewhere${nth}`])
          return {
            ...{ folder, env: { SANPING_POSTGRES: url.href } },
            journal: () => openPostgresJournal({ url: url.href, schema, newId: () => 'not made here' }),
          }
        },
      },
      options,
    )
  } finally {
    await server.stop()
    await site.remove()
  }
}

async function onFiles(options: Parameters<typeof ordealOf>[1]): Promise<Ordeal> {
  const site = await prepareSite('r12')
  try {
    return await ordealOf(
      {
        ...{ site, env: {} },
        elsewhere(nth) {
          const folder = site.beside(`elsewhere-${nth}`)
          return { folder, env: {}, journal: async () => folder }
        },
      },
      options,
    )
  } finally {
    await site.remove()
  }
}

/** Built from its own sources, in a folder of its own. Null where this tree does not know that version. */
async function buildOf(version: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-version-'))
  try {
    const quiet = { stdio: 'ignore' as const }
    execFileSync('git', ['clone', '-q', '--no-checkout', projectRoot, folder], quiet)
    execFileSync('git', ['-C', folder, 'checkout', '-q', version], quiet)
    execFileSync('ln', ['-s', resolve(projectRoot, 'node_modules'), join(folder, 'node_modules')], quiet)
    execFileSync('npm', ['run', '-s', 'build:server'], { ...quiet, cwd: folder })
    return folder
  } catch {
    await rm(folder, { recursive: true, force: true })
    return null
  }
}

/**
 * The last version's folder, copied before the upgrade, is opened by this one: nothing is lost. Back: forward-only migrations let no older
 * program into the folder again, and it says so; the copy from before the upgrade is started with it, and what came since is exported.
 */
async function versions(chance: Chance, say: (words: string) => void): Promise<Figure[]> {
  const old = await buildOf(lastVersion)
  if (old === null) {
    say(
      `没有 ${lastVersion} 的源码：版本升降这次跳过。 / The sources of ${lastVersion} are not here: versions are skipped.`,
    )
    return []
  }
  const site = await prepareSite('r12-version')
  const oldEntry = join(old, 'dist/server/main.js')
  try {
    // Its own records, of its own version: made anew.
    const folder = site.beside('old')
    const key = execFileSync(
      process.execPath,
      ['--import', 'tsx', 'ingest-server/admin/main.ts', 'source', 'add', 'load', '--data', folder],
      { cwd: old, env: { ...process.env, LC_ALL: 'en_US.UTF-8' }, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const sourceKey = /^sp_\S+$/m.exec(key.toString())![0]
    const acknowledged: Acknowledged[] = []
    const serve = async (where: string, entry: string | undefined, named: string, many: number) => {
      const server = await startServer({ folder: where, env: { SANPING_MQTT: 'off' }, ...(entry && { entry }) })
      for (let nth = 0; nth < many; nth++)
        acknowledged.push(await reported(server.url, sourceKey, chance, `${named}-${nth}`))
      await server.kill('SIGTERM')
    }
    await serve(folder, oldEntry, 'old', 100)
    const before = await sanping(['backup', site.beside('before')], { SANPING_DATA: folder })
    await serve(folder, undefined, 'new', 100)
    const forward = await judge(folder, acknowledged)
    const refused = await startServer({ folder, entry: oldEntry, env: { SANPING_MQTT: 'off' } }).then(
      async (server) => {
        await server.kill('SIGKILL')
        return false
      },
      () => true,
    )
    const [{ path, manifest }] = (await setsIn(site.beside('before'))) as [Awaited<ReturnType<typeof setsIn>>[number]]
    const until = acknowledged.filter(({ revision }) => revision <= manifest.journal!.revision)
    // A backup is a data folder: the last version, which knows no restore, starts it as it is.
    await serve(path, oldEntry, 'back', 1)
    const back = await judge(path, [...until, acknowledged.at(-1)!])
    return [
      zeroOf(
        'R12.forward',
        forward.lost.length + Number(forward.chain !== null),
        `lost from ${lastVersion} to this; ${forward.lines} lines`,
      ),
      zeroOf(
        'R12.back',
        back.lost.length + Number(back.chain !== null) + Number(before.code !== 0),
        `lost in the backup from before the upgrade, started by ${lastVersion}; ${back.lines} lines`,
      ),
      {
        id: 'R12.refused',
        value: refused ? 'refused' : 'started',
        target: 'refused',
        ok: refused,
        words: `${lastVersion} on a folder this version has brought forward`,
      },
    ]
  } finally {
    await site.remove()
    await rm(old, { recursive: true, force: true })
  }
}

function figuresOf(
  name: string,
  { whole, killed, lost, doubled, chain, refused, took }: Ordeal,
  seed: number,
): Figure[] {
  const of = `${whole} whole, ${killed} killed, seed ${seed}`
  return [
    zeroOf(`R12.${name}.lost`, lost.length, `acknowledged up to a backup and not in it; ${of}`),
    zeroOf(`R12.${name}.doubled`, doubled.length, 'reports in two cases'),
    zeroOf(`R12.${name}.chain`, chain.length, 'chains that break'),
    zeroOf(`R12.${name}.refused`, refused.length, 'backups or restores that failed'),
    {
      id: `R12.${name}.took`,
      value: `${Math.round(percentile(took, 0.5))} / ${Math.round(Math.max(0, ...took))} ms`,
      target: '—',
      ok: whole > 0,
      words: 'a backup under load with its process, median / worst',
    },
  ]
}

/** The short form: a folder alone. */
export const backupsOfFiles: Program = {
  id: 'R12',
  about: 'backups of a folder under load, killed, put back',
  async run({ seed, runs = 3, say, stopped }) {
    return figuresOf('files', await onFiles({ runs, chance: chanceFrom(seed), stopped, say }), seed)
  },
}

export const backups: Program = {
  id: 'R12',
  about: 'backups under load, killed, put back; versions forward and back',
  async run({ seed, runs = 12, say, stopped }) {
    const chance = chanceFrom(seed)
    const options = { runs, chance, stopped, say }
    const files = await onFiles(options)
    const postgres = await onPostgres(options)
    for (const fault of [files, postgres]
      .flatMap((one) => (one ? [...one.lost, ...one.doubled, ...one.chain, ...one.refused] : []))
      .slice(0, 8))
      say(fault)
    return [
      ...figuresOf('files', files, seed),
      ...(postgres ? figuresOf('postgres', postgres, seed) : []),
      ...(stopped() || existsSync(join(projectRoot, '.git')) === false ? [] : await versions(chance, say)),
    ]
  },
}
