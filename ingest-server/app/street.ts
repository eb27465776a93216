// One street: what it keeps, its ground, its rules and its app, wired and not yet listening.
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { faultInWords as mappingFaultInWords } from '../doors/vendors/mappings.ts'
import type { openSqliteJournal } from '../journal/sqlite.ts'
import { openGround } from '../places/ground.ts'
import { readLayers } from '../places/read-layers.ts'
import type { Records } from '../records/port.ts'
import { openApp } from './app.ts'
import type { App, AppNeeds } from './app.ts'
import { ConfigFault } from './config.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { openMappingBook } from './mapping-book.ts'
import { findPaths } from './paths.ts'
import { readMqttTopics } from './read-mqtt-topics.ts'
import { readNoticeRules } from './read-notice-rules.ts'
import { readResponsibility } from './read-responsibility.ts'
import { openRuleBook } from './rule-book.ts'
import { faultInWords } from './rule-file.ts'
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
  const paths = findPaths(import.meta.dirname)
  const folder = config.dataFolder
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [topics, noticeRules, responsibility] = await Promise.all([
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
  const stores = await openStores({ folder, world, log, ...(openJournal && { openJournal }) })
  const { journal, archive, records } = stores
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
  const app = await openApp({
    ...{ config, journal, archive, records, ground, layers, rules, mappings },
    ...{ scenarios, calendar, responsibility, topics, noticeRules },
    ...{ world, log, build, demo, processMeters, onBroken },
    screens: paths.screens,
    samples: paths.samples,
    ...(pace !== undefined && { pace }),
  })
  return {
    ...app,
    ...{ ground, scenarios, records },
    async close() {
      await app.close()
      await rules.close()
      await mappings.close()
      await stores.close()
    },
  }
}
