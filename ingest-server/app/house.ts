// The whole house out of a data folder: journal, records, ground and scenarios opened, wired, and listening.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openSqliteArchive } from '../archive/sqlite.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { openGround } from '../places/ground.ts'
import { readLayers } from '../places/read-layers.ts'
import { faultInWords as mappingFaultInWords } from '../doors/vendors/mappings.ts'
import { drawing } from '../records/evidence-picture.ts'
import { firstAdministrator } from '../records/first-administrator.ts'
import { openRecords } from '../records/open-records.ts'
import type { Records } from '../records/port.ts'
import { readSecret } from '../records/secret.ts'
import { openApp } from './app.ts'
import type { App, AppNeeds } from './app.ts'
import { ConfigFault } from './config.ts'
import type { Config } from './config.ts'
import { judgingEdition } from './judging.ts'
import type { Log } from './log.ts'
import { openMappingBook } from './mapping-book.ts'
import { findPaths } from './paths.ts'
import { readMqttTopics } from './read-mqtt-topics.ts'
import { readNoticeRules } from './read-notice-rules.ts'
import { readResponsibility } from './read-responsibility.ts'
import { openRuleBook } from './rule-book.ts'
import { faultInWords } from './rule-file.ts'
import type { World } from './world.ts'

export interface HouseNeeds {
  config: Config
  world: World
  log: Log
  build: string
  demo?: boolean
  pace?: number
  /** Another body than the flushed file: only a trial's control asks for it. */
  openJournal?: typeof openSqliteJournal
  onBroken: AppNeeds['onBroken']
}

export interface House extends Pick<App, 'desk'>, Pick<AppNeeds, 'ground' | 'scenarios'> {
  records: Records
  /** Where it listens: `http://127.0.0.1:8787`. */
  url: string
  /** The same by MQTT, or whose broker is asked; null where neither. */
  mqtt: string | null
  /** Where devices of GB/T 28181 register; null where nowhere. */
  sip: string | null
  /** Only where nobody could sign in before this start: shown this once. */
  firstAdministrator: { id: string; password: string } | null
  close(): Promise<void>
}

const fetchDrawingAfter = 3_000

/** Rejects with one sentence where the folder, the map, the scenarios or the port cannot be used. */
export async function openHouse({
  config,
  world,
  log,
  build,
  demo = false,
  pace,
  openJournal = openSqliteJournal,
  onBroken,
}: HouseNeeds): Promise<House> {
  const paths = findPaths(import.meta.dirname)
  const folder = config.dataFolder
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [secret, topics, noticeRules, responsibility] = await Promise.all([
    readSecret(folder, world.random),
    readMqttTopics(folder),
    readNoticeRules(folder),
    readResponsibility(paths.scenarios),
  ])
  if (config.mapFolder !== undefined && !existsSync(config.mapFolder))
    throw new ConfigFault(
      `SANPING_MAP 的目录 ${config.mapFolder} 不存在。\nSANPING_MAP: there is no folder ${config.mapFolder}.`,
    )
  const { above, ...layers } = readLayers(paths.map, config.mapFolder)
  const ground = openGround({ above, ...layers })
  const records = await openRecords({
    folder,
    secret,
    random: world.random,
    now: world.now,
    every: world.every,
    onFault: (fault) => log.error({ err: fault }, 'the records could not be read anew'),
  })
  const rules = await openRuleBook({
    shipped: paths.scenarios,
    site: join(folder, 'scenarios'),
    kept: records.rules,
    ...{ now: world.now, every: world.every },
    onRefused: (fault) => log.warn({ fault }, `a scenario file was refused: ${faultInWords(fault, 'en')}`),
    onFault: (fault) => log.error({ err: fault }, 'the scenarios could not be read anew'),
  })
  const mappings = await openMappingBook({
    ...{ shipped: paths.mappings, site: folder, every: world.every },
    onRefused: (fault) => log.warn({ fault }, `a mapping file was refused: ${mappingFaultInWords(fault).en}`),
    onFault: (fault) => log.error({ err: fault }, 'the mapping files could not be read anew'),
  })
  const [scenarios, calendar] = [rules.book().all, rules.calendar()]
  const journal = openJournal({ file: config.journalFile, newId: world.newId })
  const archive = await openSqliteArchive({ file: join(folder, 'archive.db'), edition: judgingEdition })
  const app = await openApp({
    ...{
      config,
      journal,
      archive,
      records,
      ground,
      layers,
      rules,
      scenarios,
      calendar,
      responsibility,
      topics,
      noticeRules,
      mappings,
    },
    ...{ world, log, build, demo, onBroken },
    screens: paths.screens,
    samples: paths.samples,
    ...(pace !== undefined && { pace }),
    processMeters: true,
  })
  const port = await listen(app, config)
  const ways = await app.openWays()
  // Not on the way of a start, and yet not only with the first picture that it is known to be missing.
  const stopFetching = world.after(fetchDrawingAfter, () => {
    drawing().catch((fault: unknown) => log.error({ err: fault }, 'pictures cannot be made: sharp does not load'))
  })
  // Only once nothing can fail any more: a password made by a start that did not come up would be shown to nobody.
  const first = await firstAdministrator(records.accounts, world.random, world.now())

  return {
    desk: app.desk,
    ground,
    scenarios,
    records,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    ...ways,
    firstAdministrator: first,
    async close() {
      stopFetching()
      await app.close()
      await rules.close()
      await mappings.close()
      await records.close()
      await archive.close()
      await journal.close()
    },
  }
}

const listen = ({ server }: App, { port, host }: Config): Promise<number> =>
  new Promise((listening, failed) => {
    const refuse = (fault: NodeJS.ErrnoException) => failed(fault.code === 'EADDRINUSE' ? taken(port, fault) : fault)
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      listening((server.address() as AddressInfo).port)
    })
  })

const taken = (port: number, cause: Error): ConfigFault =>
  new ConfigFault(
    `PORT ${port} 已被别的程序占用，请停掉它，或换一个端口。\nPORT ${port} is taken by another program: stop that, or set another.`,
    { cause },
  )
