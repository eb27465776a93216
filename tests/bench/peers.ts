// The peers of P2, each set up as its own documents say: Node-RED 4 with its SQLite node, and Prometheus Alertmanager.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { freePort, projectRoot } from '../suites/server-process.ts'
import type { Target } from './shoot.ts'

export interface Peer extends Target {
  stop(): Promise<void>
}

/** Installed once, beside what is built; it stays for the next run. */
const installed = join(projectRoot, 'dist/bench-peers')
const packages = ['node-red@4', 'node-red-node-sqlite@1']

async function install(say: (words: string) => void): Promise<void> {
  if (existsSync(join(installed, 'node_modules/node-red/red.js'))) return
  say(`installing ${packages.join(' and ')}: some minutes, its SQLite is compiled here`)
  await mkdir(installed, { recursive: true })
  await writeFile(join(installed, 'package.json'), JSON.stringify({ private: true, allowScripts: { sqlite3: true } }))
  const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: installed })
  if (done.status !== 0) throw new Error(`the peers could not be installed: ${done.stderr.toString().slice(-2000)}`)
}

/** What a Node developer would draw in an afternoon: an HTTP node, an insert, an answer; the file as the node makes it. */
const flowOf = (file: string) => [
  { id: 'street', type: 'tab', label: 'street' },
  { id: 'in', type: 'http in', z: 'street', url: '/reports', method: 'post', wires: [['read']] },
  {
    id: 'read',
    type: 'function',
    z: 'street',
    func: 'msg.params = { $event: msg.payload.eventId, $matter: msg.payload.matter, $body: JSON.stringify(msg.payload) }; return msg',
    wires: [['keep']],
  },
  {
    id: 'keep',
    type: 'sqlite',
    z: 'street',
    mydb: 'file',
    sqlquery: 'prepared',
    sql: 'insert into reports (event, matter, body) values ($event, $matter, $body)',
    wires: [['out']],
  },
  { id: 'out', type: 'http response', z: 'street', statusCode: '200', wires: [] },
  { id: 'file', type: 'sqlitedb', db: file, mode: 'RWC' },
]

export async function startNodeRed(body: () => string, say: (words: string) => void): Promise<Peer> {
  await install(say)
  const folder = await mkdtemp(join(tmpdir(), 'sanping-p2-'))
  const file = join(folder, 'reports.db')
  const db = new Database(file)
  db.exec('create table reports (event text unique, matter text, body text)')
  db.close()
  await writeFile(join(folder, 'flows.json'), JSON.stringify(flowOf(file)))
  const [port, { nodesDir }] = [await freePort(), { nodesDir: join(installed, 'node_modules/node-red-node-sqlite') }]
  await writeFile(
    join(folder, 'settings.js'),
    `module.exports = ${JSON.stringify({ flowFile: 'flows.json', uiHost: '127.0.0.1', nodesDir, httpAdminRoot: false, logging: { console: { level: 'error' } } })}`,
  )
  const child = spawn(
    process.execPath,
    [join(installed, 'node_modules/node-red/red.js'), '--userDir', folder, '--port', String(port)],
    { stdio: 'ignore' },
  )
  const peer = { url: `http://127.0.0.1:${port}/reports`, body }
  return whenUp({ ...peer, stop: () => end(child, folder) }, child)
}

/** Debian's `prometheus-alertmanager`, alone, with a receiver that tells nobody. It keeps what it is told in memory. */
export async function startAlertmanager(body: () => string): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-p2-'))
  const config = join(folder, 'alertmanager.yml')
  await writeFile(config, 'route:\n  receiver: nobody\n  group_by: [street]\nreceivers:\n  - name: nobody\n')
  const port = await freePort()
  const child = spawn('prometheus-alertmanager', [
    `--config.file=${config}`,
    `--storage.path=${join(folder, 'storage')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
    '--log.level=error',
  ])
  const peer = { url: `http://127.0.0.1:${port}/api/v2/alerts`, body }
  return whenUp({ ...peer, stop: () => end(child, folder) }, child)
}

/** Rejects where it ended, or has not taken a report within a minute. */
async function whenUp(peer: Peer, child: ChildProcess): Promise<Peer> {
  let fault: Error | null = null
  child.once('error', (cause) => (fault = cause))
  for (let tries = 0; tries < 120; tries++) {
    await wait(500)
    if (fault ?? child.exitCode !== null) break
    const answer = await fetch(peer.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: peer.body(),
    }).catch(() => null)
    if (answer?.ok) return peer
  }
  await peer.stop()
  throw new Error(`the peer at ${peer.url} did not come up`, { cause: fault })
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  const isOver = child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  const over = isOver ? Promise.resolve() : new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await over
  await rm(folder, { recursive: true, force: true })
}
