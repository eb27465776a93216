// The whole constellation on one machine: engines, identical nodes of the server, and a plain balancer in front; each may be killed.
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBalancer, type Balancer } from './balancer.ts'
import {
  missingInWords,
  NotInstalled,
  openMosquittoEngine,
  openPostgresEngine,
  openRedisEngine,
  type Engine,
} from './engines.ts'
import { freePort, openPart, type Part } from './part.ts'

export interface ConstellationNeeds {
  /** All that is kept lies below it; it may be of an earlier one. */
  folder: string
  nodes: number
  /** The built server, or whatever each node is to run: `[program, …arguments]`. */
  command: (node: number) => readonly string[]
  /** Over what a node is told by itself; `PATH` says where the engines are. */
  env: Record<string, string | undefined>
  /** Where people come; 0 for any free one. */
  port?: number
  /** Also a broker that machines and nodes share. */
  mosquitto?: boolean
  /** Whether the nodes start at once; without it each waits for its own `start()`. */
  startNodes?: boolean
  said?: (part: string, line: string) => void
  every: (milliseconds: number, run: () => void) => () => void
}

export interface Node extends Part {
  url: string
  port: number
}

export interface Constellation {
  /** Where people come: the balancer. */
  url: string
  balancer: Balancer
  nodes: readonly Node[]
  postgres: Engine
  redis: Engine & { flush(): Promise<void> }
  mosquitto: Engine | null
  /** The street's own data folder, which all nodes share: its secret, its pictures, its own rules. */
  streetFolder: string
  close(): Promise<void>
}

/** Rejects with `NotInstalled` where an engine is not on this machine. */
export async function openConstellation(needs: ConstellationNeeds): Promise<Constellation> {
  const { folder, env, mosquitto: withBroker = false, startNodes = true, said = () => {} } = needs
  const path = env['PATH'] ?? ''
  const missing = missingInWords(['postgres', 'redis-server', ...(withBroker ? ['mosquitto' as const] : [])], path)
  if (missing) throw new NotInstalled(missing)
  const streetFolder = join(folder, 'street')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // PostgreSQL's own user must get through to its folder, where that is not ours.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  mkdirSync(streetFolder, { recursive: true, mode: 0o700 })
  const engineNeeds = async (name: string) => ({
    ...{ folder: join(folder, name), port: await freePort(), path },
    said: (line: string) => said(name, line),
  })
  const postgres = openPostgresEngine(await engineNeeds('postgres'))
  const redis = openRedisEngine(await engineNeeds('redis'))
  const mosquitto = withBroker ? openMosquittoEngine(await engineNeeds('mosquitto')) : null
  const ports: number[] = []
  for (let node = 0; node < needs.nodes; node++) ports.push(await freePort())
  const balancer = await openBalancer({ port: needs.port ?? 0, nodes: ports, every: needs.every })

  const nodes = ports.map((port, index): Node => {
    const [name, url] = [String(index + 1), `http://127.0.0.1:${port}`]
    const [command, ...args] = needs.command(index)
    const part = openPart({
      ...{ name, command: command!, args, cwd: folder },
      env: {
        ...env,
        PORT: String(port),
        HOST: '127.0.0.1',
        SANPING_DATA: streetFolder,
        SANPING_POSTGRES: postgres.url,
        SANPING_REDIS: redis.url,
        SANPING_NODE: `node-${name}`,
        SANPING_ORIGINS: [balancer.url, `http://localhost:${balancer.port}`].join(','),
        SANPING_MQTT: mosquitto ? `${mosquitto.url}?version=5` : 'off',
      },
      endsWellBy: 'SIGTERM',
      answers: () => isReady(url),
      said: (line) => said(name, line),
    })
    return { ...part, port, url }
  })
  const engines = [postgres, redis, ...(mosquitto ? [mosquitto] : [])]
  const constellation = {
    ...{ url: balancer.url, balancer, nodes, postgres, redis, mosquitto, streetFolder },
    async close() {
      await Promise.all(nodes.map((node) => node.stop()))
      await balancer.close()
      // Redis and the broker before the truth.
      for (const engine of engines.toReversed()) await engine.stop()
    },
  }
  try {
    await Promise.all(engines.map((engine) => engine.start()))
    // The first makes the tables; the others find them made.
    if (startNodes) for (const node of nodes) await node.start()
  } catch (fault) {
    await constellation.close()
    throw fault
  }
  return constellation
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}
