// One process of the simulated server: the whole app over what outlives it, killed between any two things, or closed as it should be.
import { join } from 'node:path'
import { pino } from 'pino'
import type { Archive } from '../../ingest-server/archive/archive.ts'
import type { App } from '../../ingest-server/app/app-needs.ts'
import { openApp } from '../../ingest-server/app/app.ts'
import type { World } from '../../ingest-server/app/world.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import type { Scenario } from '#contract/scenario'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import type { MemoryPaper } from '../../ingest-server/journal/memory.ts'
import { openNode } from '../../ingest-server/nodes/node.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { calendar } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'
import type { SimBetween } from './between.ts'
import type { Bug } from './bugs.ts'
import { openSimJournal, type Disk } from './disk.ts'
import type { SimNeighbour } from './neighbour.ts'
import { openSimSockets, type SimSockets } from './sockets.ts'
import type { Owner, SimTime } from './time.ts'

export const origin = 'http://sanping.sim'

export interface ServerNeeds {
  name: string
  time: SimTime
  chance: Chance
  scenarios: readonly Scenario[]
  paper: MemoryPaper
  disk: Disk
  records: Records
  archive: Archive
  neighbour: SimNeighbour
  /** Where there are several: what is between them. */
  between: SimBetween | null
  bug: Bug | null
  onFault: (fault: unknown) => void
  note: (what: string) => void
}

export interface SimServer {
  readonly name: string
  /** Null while it is down. */
  app(): App | null
  door(): SimSockets | null
  starts(): Promise<void>
  /** No answer, no release, nothing flushed. */
  dies(): void
  /** SIGTERM. */
  closes(): Promise<void>
}

/** A journal that cannot be read as it starts ends the process, and whoever watches over it starts it again. */
async function open(needs: Parameters<typeof openApp>[0]): Promise<App> {
  try {
    return await openApp(needs)
  } catch {
    return openApp(needs)
  }
}

export function openSimServer(needs: ServerNeeds): SimServer {
  const { name, time, chance, paper, disk, neighbour, bug, note, onFault } = needs
  let up: { owner: Owner; app: App | null; sockets: SimSockets; nodeClose: () => Promise<void> } | null = null
  let starts = 0

  async function start(): Promise<void> {
    if (up) return
    const owner: Owner = { kind: 'server', alive: true }
    starts++
    const wire: Owner = { kind: 'wire', alive: true }
    const app = { current: null as App | null }
    const sockets = openSimSockets({
      ...{ time, wire, origin, note },
      newId: () => `socket-${chance.whole(0, 1e9)}`,
      ...(bug?.spoil && { spoil: bug.spoil(() => app.current, chance) }),
    })
    const world: World = time.world(owner, bug?.world?.(time.world(owner), chance) ?? {})
    let journal: Journal = openSimJournal({ id: 'sim', ...{ paper, disk, time, owner, chance, kill: dies, note } })
    if (bug?.journal) journal = bug.journal(journal, { paper, chance, starts })
    const between = needs.between?.openFor(name, owner) ?? null
    const node =
      between &&
      openNode({
        ...{ between, name, newId: world.newId, seconds: world.seconds, after: world.after, every: world.every },
        onFault,
      })
    up = { owner, app: null, sockets, nodeClose: async () => void (await node?.close()) }
    const mine = up
    const opened = await time.until(
      open({
        config: {
          secure: false,
          overload: 1000,
          silentAfterMs: 12 * 3_600_000,
          proxies: ['loopback'],
          origins: [origin],
        },
        ...{ journal, calendar, world, scenarios: needs.scenarios },
        records: bug?.records?.(needs.records, { chance, starts }) ?? needs.records,
        archive: needs.archive,
        ground: smallGround,
        layers: {},
        screens: join(import.meta.dirname, 'no-screens'),
        samples: null,
        log: pino({ level: 'warn' }, { write: (line: string) => onFault(line) }),
        build: 'sim',
        fetch: neighbour.fetch(owner),
        sockets: sockets.open as never,
        ...(node && { node }),
        onBroken: onFault,
      }),
    )
    app.current = opened
    // It may have been killed while it came up.
    if (up === mine) mine.app = opened
    note(`start ${name} ${starts}`)
  }

  function dies(): void {
    if (!up) return
    note(`die ${name}`)
    up.owner.alive = false
    up.sockets.die()
    needs.between?.forget(name)
    up = null
  }

  return {
    name,
    app: () => up?.app ?? null,
    door: () => (up?.app ? up.sockets : null),
    starts: start,
    dies,
    async closes() {
      const leaving = up
      if (!leaving?.app) return
      note(`close ${name}`)
      await time.until(Promise.race([leaving.app.close().then(leaving.nodeClose), diedOf(leaving.owner, time)]))
      if (up !== leaving) return
      leaving.owner.alive = false
      leaving.sockets.die()
      needs.between?.forget(name)
      up = null
    },
  }
}

/** A process that is killed while it closes never says that it has. */
const diedOf = (owner: Owner, time: SimTime) =>
  new Promise<void>((over) => {
    const look = () => void (owner.alive ? time.after({ kind: 'wire', alive: true }, 500, look) : over())
    look()
  })
