// A process of the constellation, small and in this one: its own connection to Redis, its own desk, cut off or killed as a test wants.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Known } from '../../ingest-server/case-engine/known.ts'
import type { Change } from '../../ingest-server/desk/port.ts'
import { openSharedDesk, type SharedDesk } from '../../ingest-server/desk/shared.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openNode, type Node } from '../../ingest-server/nodes/node.ts'
import { openBetween } from '../../ingest-server/nodes/redis.ts'
import { openBrittleProxy } from './brittle-proxy.ts'

export interface TestNode {
  desk: SharedDesk
  node: Node
  journal: Journal
  /** Every change that was told, in order. */
  told: Change[]
  faults: unknown[]
  /** What anybody would see of the board, as one text. */
  shown(): string
  /** No answer, no release: as a process that is killed. */
  dies(): void
  /** From Redis alone. */
  cutOff(): void
  close(): Promise<void>
}

interface TestNodeNeeds {
  name: string
  journal: Journal
  redis: string
  known: Known
}

export async function openTestNode({ name, journal, redis, known }: TestNodeNeeds): Promise<TestNode> {
  const faults: unknown[] = []
  const told: Change[] = []
  const onFault = (fault: unknown) => void faults.push(fault)
  const wire = await openBrittleProxy(Number(new URL(redis).port))
  let dead = false
  const seconds = () => performance.now() / 1000
  const after = (milliseconds: number, run: () => void) => {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  }
  const every = (milliseconds: number, run: () => void) => {
    const timer = setInterval(() => !dead && run(), milliseconds)
    return () => clearInterval(timer)
  }
  const between = openBetween({
    url: wire.url.replace('http:', 'redis:'),
    pause: (milliseconds) => wait(milliseconds),
    onFault,
  })
  const node = openNode({ between, name, newId: randomUUID, seconds, after, every, onFault })
  /** A killed process writes nothing more. */
  const mortal: Journal = {
    ...journal,
    append: (...given) => (dead ? new Promise(() => {}) : journal.append(...given)),
  }
  const { desk, handOver, close } = await node.join(journal.id, (others) =>
    openSharedDesk({
      ...{ journal: mortal, known, wire: others, seconds, every, onFault },
      ...{ now: Date.now, defer: setImmediate, pause: (milliseconds: number) => wait(milliseconds) },
    }),
  )
  desk.follow((change) => void told.push(change))

  return {
    ...{ desk, node, journal, told, faults },
    shown() {
      const { revision, cases, tallies } = desk.board()
      const sorted = [...cases.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
      return JSON.stringify({ revision, cases: sorted, tallies: [...tallies] })
    },
    dies() {
      dead = true
      wire.cut()
    },
    cutOff: wire.cut,
    async close() {
      wire.heal()
      if (!dead) await handOver()
      close()
      await node.close()
      if (!dead) await desk.close()
      await wire.close()
      await journal.close()
    },
  }
}

/** Asks every few milliseconds; rejects where it does not come to be. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
  const end = performance.now() + milliseconds
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`it did not come to be within ${milliseconds} ms: ${isSo.toString()}`)
    await wait(5)
  }
}
