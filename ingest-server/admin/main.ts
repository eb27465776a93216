// The administrator's command line: `npm run sanping -- help`. The only place of it that reads the environment.
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { placeOf } from '../app/postgres-setting.ts'
import { readPlaces } from './places.ts'
import { runAdmin } from './run.ts'

const {
  SANPING_DATA,
  SANPING_CHECKPOINTS,
  SANPING_LOG_FILES,
  SANPING_MAP,
  SANPING_ORIGINS,
  SANPING_POSTGRES,
  PORT,
  LANG,
  LC_ALL,
} = process.env
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

try {
  process.exitCode = await runAdmin(process.argv.slice(2), {
    folder: SANPING_DATA || './data',
    ...(SANPING_POSTGRES && { postgres: placeOf(SANPING_POSTGRES, SANPING_DATA || './data') }),
    address: SANPING_ORIGINS?.split(',')[0]?.trim() || `http://127.0.0.1:${PORT || 8787}`,
    language: (LC_ALL || LANG || '').startsWith('en') ? 'en' : 'zh',
    random: (bytes) => randomBytes(bytes),
    now: () => Date.now(),
    say: (line) => console.log(line),
    complain: (line) => console.error(line),
    readInput: () => text(process.stdin),
    checkpoints: SANPING_CHECKPOINTS || undefined,
    logs: SANPING_LOG_FILES || undefined,
    mapFolder: SANPING_MAP || undefined,
    places: () => readPlaces(resolve(import.meta.dirname, '../../map-data'), SANPING_MAP || undefined),
    pause: (milliseconds) => wait(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined),
    stopped: () => stop.signal.aborted,
  })
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exitCode = 1
}
