// One street: what it keeps, its ground, its rules and its app, wired and not yet listening.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Neighbour } from '#contract/neighbour'
import type { RuleLevel } from '#contract/rules'
import { openBook } from '../checkpoints/book.ts'
import { signingKey } from '../checkpoints/key.ts'
import { keepSigning } from '../checkpoints/signing.ts'
import { faultInWords as mappingFaultInWords } from '../doors/vendors/mappings.ts'
import type { openSqliteJournal } from '../journal/sqlite.ts'
import { streetsNeighbour, type Streets as StreetsPort } from '../doors/streets-port.ts'
import type { Records } from '../records/port.ts'
import { openApp } from './app.ts'
import type { App, AppNeeds } from './app-needs.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { openMappingBook } from './mapping-book.ts'
import { readMqttTopics } from './read-mqtt-topics.ts'
import { readNoticeRules } from './read-notice-rules.ts'
import { readRetention } from './read-retention.ts'
import { readViewing } from './read-viewing.ts'
import { openRuleBook } from './rule-book.ts'
import { faultInWords } from './rule-file.ts'
import { rulesOf, type Level } from './settle-levels.ts'
import { openShared, type Shared } from './shared.ts'
import { openStores } from './stores.ts'
import type { World } from './world.ts'

export interface StreetNeeds {
  config: Config
  world: World
  log: Log
  build: string
  demo?: boolean
  pace?: number
  /** Also what Node says of itself in the metrics: once a process. */
  processMeters?: boolean
  /** What it has in common with other streets of the process; absent: it is the only one. */
  shared?: Shared
  /** Its ground, where it is not the map of the settings. */
  land?: ReturnType<Shared['land']>
  /** Among which levels it stands, and what those above it say of the rules, the widest first. */
  levels?: { above: readonly Level[]; self: RuleLevel }
  /** How the house asks itself as this street, where a front listens for many. */
  own?: AppNeeds['own']
  /** This process among others like it; absent: it is the only one. */
  node?: AppNeeds['node']
  /** Where it stands among the levels of its system. */
  rank?: AppNeeds['rank']
  /** The other streets of its system. */
  streets?: StreetsPort
  /** How the kept log files stand. */
  logs?: NonNullable<AppNeeds['outside']>['logs']
  /** What may wait here while all streets of the process are pressed together; absent: it is the only one. */
  share?: () => number
  /** Another body than the flushed file: only a trial's control asks for it. */
  openJournal?: typeof openSqliteJournal
  onBroken: AppNeeds['onBroken']
}

export interface Street extends App, Pick<AppNeeds, 'ground' | 'scenarios'> {
  records: Records
}

/** Rejects with one sentence where the folder, the map or the scenarios cannot be used. */
export async function openStreet(needs: StreetNeeds): Promise<Street> {
  const { config, world, log, build, demo = false, pace, processMeters = false, openJournal, onBroken } = needs
  const { shared = openShared(), own, streets } = needs
  const { paths } = shared
  const folder = config.dataFolder
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [topics, noticeRules, keptDays, viewing, responsibility] = await Promise.all([
    readMqttTopics(folder),
    readNoticeRules(
      folder,
      needs.levels?.above.map((level) => dirname(level.folder)),
    ),
    readRetention(folder),
    readViewing(folder),
    shared.responsibility(),
  ])
  const { layers, ground } = needs.land ?? shared.land(config.mapFolder)
  const stores = await openStores({
    folder,
    postgres: config.postgres,
    world,
    log,
    ...(openJournal && { openJournal }),
  })
  const { journal, archive, records } = stores
  if (streets && !records.neighbours.live().has(streetsNeighbour))
    await records.neighbours.add(neighbourOf(streets), { signing: [] }, world.now())
  const rules = await openRuleBook({
    shipped: await shared.rules(),
    site: rulesOf(folder),
    ...(needs.levels && { above: needs.levels.above, self: needs.levels.self }),
    kept: records.rules,
    ...{ now: world.now, every: world.every },
    onRefused: (fault) =>
      log.warn({ event: 'rules-refused', fault }, `a scenario file was refused: ${faultInWords(fault, 'en')}`),
    onFault: (fault) => log.error({ event: 'fault', err: fault }, 'the scenarios could not be read anew'),
  })
  const mappings = await openMappingBook({
    ...{ shipped: paths.mappings, site: folder, every: world.every },
    onRefused: (fault) =>
      log.warn({ event: 'mapping-refused', fault }, `a mapping file was refused: ${mappingFaultInWords(fault).en}`),
    onFault: (fault) => log.error({ event: 'fault', err: fault }, 'the mapping files could not be read anew'),
  })
  const [scenarios, calendar] = [rules.book().all, rules.calendar()]
  let signed: () => { at: number; revision: number } | null = () => null
  const app = await openApp({
    ...{ config, journal, archive, records, ground, layers, rules, mappings },
    ...{ scenarios, calendar, responsibility, topics, noticeRules, keptDays, viewing },
    ...{ world, log, build, demo, processMeters, onBroken },
    screens: paths.screens,
    samples: paths.samples,
    ...(own && { own }),
    ...(streets && { streets }),
    ...(needs.share && { share: needs.share }),
    ...(needs.rank && { rank: needs.rank }),
    ...(needs.node && { node: needs.node }),
    outside: {
      ...stores.looks,
      checkpoint: () => signed(),
      ...(needs.logs && { logs: needs.logs }),
    },
    ...(pace !== undefined && { pace }),
  })
  const signing = keepSigning({
    ...{ desk: app.desk, journal, now: world.now, after: world.after },
    book: openBook(config.checkpoints ?? join(folder, 'checkpoints'), journal.id),
    key: await signingKey(folder, world.random),
    onFault: (fault) => log.error({ event: 'unsigned', err: fault }, 'the journal could not be signed'),
  })
  signed = signing.last
  return {
    ...app,
    ...{ ground, scenarios, records },
    async close() {
      await app.close()
      await signing.close()
      await rules.close()
      await mappings.close()
      await stores.close()
    },
  }
}

/** What is told to the other streets goes by the same outbox as what is told to anybody. */
const neighbourOf = ({ self, originOf }: StreetsPort): Neighbour => ({
  ...{ id: streetsNeighbour, name: '同一系统的街道 · Streets of this system', kind: 'street' },
  ...{ url: originOf(self.id), toldOf: {}, settings: {}, paused: null },
})
