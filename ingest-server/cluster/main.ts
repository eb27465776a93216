// `npm run cluster [-- --nodes 2 --port 8787 --folder ./cluster-data]`: the constellation without Docker, to use and to break by hand.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Words } from '#contract/language'
import { helpInWords, obey } from './commands.ts'
import { openConstellation, type Constellation } from './constellation.ts'
import { findProgram, NotInstalled } from './engines.ts'

const root = resolve(import.meta.dirname, '../..')
const built = join(root, 'dist/server/main.js')

/** What the nodes say is passed on as it is; of the engines only what is wrong. */
const isWorthSaying = (part: string, line: string): boolean =>
  /^\d+$/.test(part) || /fatal|panic|error|warning/i.test(line)

const say = ({ zh, en }: Words) => console.log(`${zh}\n${en}`)

const every = (milliseconds: number, run: () => void) => {
  const timer = setInterval(run, milliseconds)
  return () => clearInterval(timer)
}

function readArguments(): { nodes: number; port: number; folder: string | undefined } | null {
  const options = { nodes: { type: 'string' }, port: { type: 'string' }, folder: { type: 'string' } } as const
  try {
    const { nodes = '2', port = '8787', folder } = parseArgs({ options }).values
    const [count, where] = [Number(nodes), Number(port)]
    if (!Number.isInteger(count) || count < 1 || count > 16 || !Number.isInteger(where) || where > 65_535) return null
    return { nodes: count, port: where, folder: folder && resolve(folder) }
  } catch {
    return null
  }
}

async function run(): Promise<number> {
  const asked = readArguments()
  if (!asked) {
    say({
      zh: '用法：npm run cluster -- [--nodes 1–16] [--port 8787] [--folder 要保留的目录]',
      en: 'usage: npm run cluster -- [--nodes 1–16] [--port 8787] [--folder where-to-keep-it]',
    })
    return 2
  }
  const folder = asked.folder ?? (await mkdtemp(join(tmpdir(), 'sanping-cluster-')))
  let all: Constellation | null = null
  try {
    all = await openConstellation({
      ...{ folder, nodes: asked.nodes, port: asked.port, every },
      command: () => [process.execPath, '--enable-source-maps', built],
      env: process.env,
      mosquitto: findProgram('mosquitto', process.env['PATH'] ?? '') !== null,
      said: (part, line) => isWorthSaying(part, line) && console.log(`[${part}] ${line}`),
    })
    tell(all, folder)
    await typed(all)
    return 0
  } catch (fault) {
    console.error(fault instanceof Error ? fault.message : fault)
    return fault instanceof NotInstalled ? 2 : 1
  } finally {
    await all?.close()
    if (asked.folder === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
}

function tell(all: Constellation, folder: string): void {
  say({ zh: `\n三屏集群已就绪：${all.url}`, en: `The constellation is ready: ${all.url}` })
  for (const screen of ['wall', 'desk', 'field', 'resident']) console.log(`  ${all.url}/${screen}`)
  for (const node of all.nodes) console.log(`  节点 node ${node.name}: ${node.url}`)
  for (const engine of [all.postgres, all.redis, all.mosquitto])
    if (engine) console.log(`  ${engine.name}: ${engine.url}`)
  console.log(`  目录 folder: ${folder}`)
  say(helpInWords)
}

/** Until `quit`, the end of the input, or a signal. */
async function typed(all: Constellation): Promise<void> {
  const lines = createInterface({ input: process.stdin })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => lines.close())
  for await (const line of lines) {
    if (!line.trim()) continue
    const said = await obey(line, all)
    say(said.words)
    if (said.quit) break
  }
  lines.close()
}

process.exitCode = await run()
