// The power-cut trial's control: the same server, but its journal acknowledges before the disk has it.
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import { openLog } from '../../ingest-server/app/log.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'

const house = await openHouse({
  config: readConfig(process.env),
  world: realWorld,
  log: openLog('error'),
  build: 'trial',
  openJournal: (options) => openSqliteJournal({ ...options, synchronous: 'NORMAL' }),
  onBroken: () => process.exit(1),
})
process.once('SIGTERM', () => void house.close().then(() => process.exit(0)))
