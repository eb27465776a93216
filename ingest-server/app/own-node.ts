// This process as one of many, where the settings say that there are others.
import { hostname } from 'node:os'
import { openNode, type Node } from '../nodes/node.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { World } from './world.ts'

/** Null where it is the only one. Does not wait for Redis, which may come later. */
export async function openOwnNode(
  { redis, node }: Pick<Config, 'redis' | 'node'>,
  world: World,
  log: Log,
): Promise<Node | null> {
  if (redis === undefined) return null
  // Loaded by whoever is one of many alone: a start waits for nothing it does not need.
  const { openBetween } = await import('../nodes/redis.ts')
  const { pause, newId, seconds, after, every } = world
  const onFault = (fault: unknown) => log.warn({ event: 'node-fault', err: fault }, 'a fault between the nodes')
  return openNode({
    ...{ newId, seconds, after, every, onFault },
    name: node ?? nameOf(newId()),
    between: openBetween({ url: redis, pause, onFault }),
  })
}

/** A process that starts again is another: what was meant for the one before is not for it. */
const nameOf = (id: string): string => `${hostname().replace(/[^\w.-]/g, '-')}-${process.pid}-${id.slice(0, 8)}`
