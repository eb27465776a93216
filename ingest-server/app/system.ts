// Many streets in one process: each opened out of its own folder, all behind one front, added and closed while it runs.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { drawing } from '../records/evidence-picture.ts'
import { firstAdministrator } from '../records/first-administrator.ts'
import type { Config } from './config.ts'
import { openFront } from './front.ts'
import { landless } from './landless.ts'
import { openLooking } from './looking.ts'
import { listenOn } from './listen.ts'
import { fetchAs } from './own-fetch.ts'
import type { SummaryRoad } from '../doors/roll-port.ts'
import type { Rank } from './roll.ts'
import { sipUnasked } from './sip-setting.ts'
import { placeOf } from './postgres-setting.ts'
import { readStreets, streetsFile } from './read-streets.ts'
import type { StreetListed, Streets } from './read-streets.ts'
import { rulesOf } from './settle-levels.ts'
import { openShare } from './share.ts'
import { openShared } from './shared.ts'
import { marksOfFile } from './site-rules.ts'
import { openAmong, readStreetsKey } from './streets-among.ts'
import { openStreet } from './street.ts'
import type { Street, StreetNeeds } from './street.ts'
import { openSystemOps } from './system-ops.ts'

export interface SystemNeeds extends Pick<
  StreetNeeds,
  'config' | 'world' | 'log' | 'build' | 'node' | 'logs' | 'onBroken'
> {
  streets: Streets
  /** A street is up: where its machines come, and its first administrator, whose password is shown this once. */
  onOpened: (street: StreetListed, said: { ways: string[]; first: { id: string; password: string } | null }) => void
}

export interface System {
  /** Where the machine itself is asked how it is: `http://127.0.0.1:8787`. */
  url: string
  /** Those that are up, by their codes. */
  streets(): ReadonlyMap<string, Street>
  /** Looks at the list now instead of within three seconds. */
  look(): Promise<void>
  close(): Promise<void>
}

/** A street that was listed is open within this, and the time to open it. */
const lookEvery = 3000
/** Their starts wait for the disk more than for the machine. */
const atOnce = 4
const fetchDrawingAfter = 3_000

interface Entry {
  listed: StreetListed
  street: Street | null
}

/** Rejects with one sentence where no street can be opened or the port cannot be used. One that cannot keeps no other from opening. */
export async function openSystem(needs: SystemNeeds): Promise<System> {
  const { config, world, log } = needs
  const shared = openShared()
  const entries = new Map<string, Entry>()
  let list = needs.streets
  let url: string | null = null
  const onFault = (fault: unknown) => log.error({ event: 'fault', err: fault }, 'a fault that heals')

  const ops = openSystemOps({
    streets: () => new Map([...entries].map(([id, { street }]) => [id, street])),
    overload: config.overload,
    onFault,
  })
  const among = openAmong({
    key: await readStreetsKey(config.dataFolder, world.random),
    list: () => list,
    isOpen: (id) => Boolean(entries.get(id)?.street),
    front: () => url,
  })
  const share = openShare(() => [...entries.values()].flatMap(({ street }) => street?.desk ?? []), config.overload)
  const front = openFront({
    streetOf(host) {
      const listed = list.byHost.get(host)
      return listed && (entries.get(listed.id)?.street?.server ?? null)
    },
    own: ops.answer,
  })

  /** Its summaries go to the nearest above that has a host, here in this process; a district or a city hears those right below. */
  function rankOf({ id, kind, names, above }: StreetListed): Rank {
    const over = () => above.findLast((one) => (list.all.get(one.id)?.hosts.length ?? 0) > 0)?.id
    const road: SummaryRoad = {
      async say(said) {
        const board = entries.get(over() ?? '')?.street?.roll
        if (!board) throw new Error('the level above is not up')
        return board.hear(id, said)
      },
    }
    return {
      self: { id, kind, words: names },
      above: () => (entries.get(over() ?? '')?.street ? road : null),
      ...(kind !== 'street' && { below: () => belowOf(id, list) }),
    }
  }

  async function open(listed: StreetListed, faults: unknown[]): Promise<void> {
    const entry: Entry = { listed, street: null }
    entries.set(listed.id, entry)
    try {
      const street = await openStreet({
        ...{ world, build: needs.build, onBroken: needs.onBroken },
        config: configOf(config, listed),
        log: log.child({ street: listed.id }),
        ...{ shared, share },
        ...(listed.kind !== 'street' && listed.map === undefined && { land: landless(listed) }),
        levels: levelsOf(listed),
        ...(needs.node && { node: needs.node }),
        ...(needs.logs && { logs: needs.logs }),
        ...(listed.kind === 'street' && { streets: among(listed) }),
        rank: rankOf(listed),
        own: { url: () => url, fetch: fetchAs(listed.hosts[0]!) },
      })
      const ways = await street.openWays().catch(async (fault: unknown) => {
        await street.close()
        throw fault
      })
      log.info({ event: 'street-opened', street: listed.id }, 'a street is open')
      const first = await firstAdministrator(street.records.accounts, world.random, world.now())
      entry.street = street
      needs.onOpened(listed, { ways: [ways.mqtt, ways.sip].filter((way) => way !== null), first })
    } catch (fault) {
      faults.push(fault)
      log.error({ event: 'street-failed', err: fault, street: listed.id }, 'a street cannot be opened')
    }
  }

  async function openAll(all: readonly StreetListed[]): Promise<unknown[]> {
    const [faults, waiting] = [[] as unknown[], [...all]]
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await open(next, faults)
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    return faults
  }

  const tenants = ({ all }: Streets) => [...all.values()].filter(({ hosts }) => hosts.length > 0)
  let seen = await marksOfFile(config.dataFolder, streetsFile)
  const faults = await openAll(tenants(needs.streets))
  if ([...entries.values()].every(({ street }) => street === null)) {
    ops.close()
    throw faults[0] ?? new Error(`${streetsFile} lists nobody who can be asked for`)
  }
  const port = await listenOn(front, config)
  url = `http://${forUrl(reached(front))}:${port}`

  /** What is no longer listed is closed and keeps what it has; what is listed otherwise is closed and opened again. */
  async function look(): Promise<void> {
    const marks = await marksOfFile(config.dataFolder, streetsFile)
    const missing = [...entries.values()].filter(({ street }) => street === null)
    if (marks === seen && missing.length === 0) return
    seen = marks
    const next = (await readStreets(config.dataFolder)) ?? { ...needs.streets, all: new Map(), byHost: new Map() }
    const listed = new Map(tenants(next).map((one) => [one.id as string, one]))
    const gone = [...entries.values()].filter(({ listed: was }) => !isSame(was, listed.get(was.id)))
    list = next
    for (const { listed: was, street } of gone) {
      entries.delete(was.id)
      await street?.close()
      log.info({ event: 'street-closed', street: was.id }, 'a street is closed')
    }
    await openAll([...listed.values()].filter(({ id }) => !entries.get(id)?.street))
  }

  const looking = openLooking({
    ...{ look, between: lookEvery, every: world.every },
    onFault: (fault) => log.warn({ event: 'streets-refused', err: fault }, 'streets.json was refused'),
  })
  // Not on the way of a start, and yet not only with the first picture that it is known to be missing.
  const stopFetching = world.after(fetchDrawingAfter, () => {
    drawing().catch((fault: unknown) =>
      log.error({ event: 'pictures-missing', err: fault }, 'pictures cannot be made: sharp does not load'),
    )
  })

  return {
    url,
    streets: () => new Map([...entries].flatMap(([id, { street }]) => (street ? [[id, street] as const] : []))),
    look: looking.now,
    async close() {
      stopFetching()
      await looking.close()
      // Nobody new comes in while those who wait are answered.
      front.close()
      front.closeIdleConnections()
      await Promise.all([...entries.values()].map(({ street }) => street?.close()))
      front.closeAllConnections()
      ops.close()
    },
  }
}

/** Those with a host whose nearest above with a host it is. */
const belowOf = (id: StreetListed['id'], { all }: Streets) =>
  [...all.values()]
    .filter(({ hosts, above }) => {
      const nearest = above.findLast((one) => (all.get(one.id)?.hosts.length ?? 0) > 0)
      return hosts.length > 0 && nearest?.id === id
    })
    .map(({ id: below, kind, names, origins }) => ({ id: below, kind, words: names, origin: origins[0] ?? null }))

/** Its district and its city keep their rules where they keep everything else of theirs. */
const levelsOf = ({ id, kind, names, above }: StreetListed) => ({
  above: above.map((one) => ({ id: one.id, kind: one.kind, words: one.names, folder: rulesOf(one.folder) })),
  self: { id, kind, words: names },
})

const isSame = (was: StreetListed, is: StreetListed | undefined): boolean => JSON.stringify(was) === JSON.stringify(is)

/** The settings of the house as they are for one street. */
const configOf = (config: Config, listed: StreetListed): Config => {
  const { folder, map, origins, mqtt, sip } = listed
  const { mapFolder: _mapFolder, ...rest } = config
  const found = config.sip ?? sipUnasked
  return {
    ...rest,
    ...{ dataFolder: folder, origins: [...origins], mqtt },
    secure: origins.every((origin) => origin.startsWith('https:')),
    ...(map !== undefined && { mapFolder: map }),
    ...(config.postgres && { postgres: placeOf(config.postgres.url, config.dataFolder, listed) }),
    sip: sip && { realm: found.id.slice(0, 10), ...found, ...sip },
  }
}

/** As this machine itself reaches it. */
function reached(front: Server): string {
  const { address } = front.address() as AddressInfo
  return { '0.0.0.0': '127.0.0.1', '::': '::1' }[address] ?? address
}
const forUrl = (address: string) => (address.includes(':') ? `[${address}]` : address)
