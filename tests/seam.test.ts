// What the server takes of the world it takes from whoever opened it: clock, chance, waiting, disk and network by name, each exception with its reason.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Programs of their own: they are the world, or begin it. */
const programs = [
  'ingest-server/demo/',
  'ingest-server/cluster/',
  'ingest-server/supply/',
  'ingest-server/places/draw/',
]

const time =
  /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bMath\.random\b|\bsetTimeout\b|\bsetInterval\b|\bhrtime\b/
const chance = /\brandomUUID\b|\brandomBytes\b|\brandomInt\b|\bgetRandomValues\b/
const network = /(?<![\w.])fetch\(|from 'node:(?:net|dgram|dns|tls)(?:\/promises)?'/
const disk = /from 'node:fs(?:\/promises)?'/

/** Where each may be taken from the machine itself, and why. */
const may: Record<string, Record<string, string>> = {
  'time or chance': {
    'ingest-server/app/world.ts': 'it is the world',
    'ingest-server/admin/main.ts': 'the command line begins a world of its own',
    'ingest-server/admin/scenario-try.ts': 'measures how long a slice of its own work took',
    'ingest-server/engines/listener.ts':
      'comes back to a database that went: where there is none there is nothing to wait for',
    'ingest-server/engines/postgres.ts': 'a connection’s own name, which nobody reads but the database',
    'ingest-server/engines/migrate.ts': 'when a migration ran, written beside it',
    'ingest-server/records/shelf-postgres.ts': 'a writer’s own name, which nobody reads but the database',
    'ingest-server/doors/sso-provider.ts':
      'the library counts by the machine’s clock, and is told how far ours is from it',
  },
  network: {
    'ingest-server/app/importing.ts': 'the command line posts to a house that runs',
    'ingest-server/app/notices.ts': 'is given the fetch that it names',
    'ingest-server/app/streets-among.ts': 'likewise',
    'ingest-server/doors/outward-send.ts': 'likewise',
    'ingest-server/doors/roll-outward.ts': 'likewise',
    'ingest-server/doors/source-send-test.ts': 'likewise',
    'ingest-server/doors/sso-provider.ts': 'likewise',
    'ingest-server/doors/mqtt-broker.ts': 'a broker’s wires, opened where the site says so',
    'ingest-server/doors/sip-wires.ts': 'the wires of SIP, opened where the site says so',
  },
  disk: {
    'ingest-server/build.ts': 'the build',
    'ingest-server/backup/': 'a backup is files',
    'ingest-server/doors/streets.ts': 'a picture of a case that is handed over is streamed from its file',
    'ingest-server/app/': 'reads what an administrator wrote into the data folder, at the start and when asked to',
    'ingest-server/admin/': 'the command line',
    'ingest-server/checkpoints/': 'the signed book outside the database is a file',
    'ingest-server/engines/': 'the file of the database',
    'ingest-server/journal/flush.ts': 'the database’s own log, flushed by its file; a test gives another',
    'ingest-server/records/': 'pictures and secrets are files; a test names the folder',
    'ingest-server/places/': 'the map is read once',
    'ingest-server/doors/documents-machines.ts': 'the vendors’ samples, read once',
    'ingest-server/doors/screens': 'the built screens, read once',
    'ingest-server/doors/source-samples.ts': 'the vendors’ samples',
  },
}

const files = readdirSync(join(root, 'ingest-server'), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .filter((file) => !programs.some((path) => file.startsWith(path)))

/** Without its comments, which may speak of what the code does not do, without types, and without what only reads a text. */
const codeOf = (file: string) =>
  readFileSync(join(root, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
    .replaceAll(/^import (?:type .*|\{ isIP \}) from .*$/gm, '')

it.each([
  ['time or chance', [time, chance]],
  ['network', [network]],
  ['disk', [disk]],
] as const)('[SM5] the server takes %s from whoever opened it, but for the files that say why', (what, patterns) => {
  const allowed = Object.keys(may[what]!)
  const taking = files.filter((file) => patterns.some((pattern) => pattern.test(codeOf(file))))
  expect(taking.filter((file) => !allowed.some((path) => file.startsWith(path)))).toEqual([])
  // A reason nobody needs any more goes.
  expect(allowed.filter((path) => !taking.some((file) => file.startsWith(path)))).toEqual([])
})
