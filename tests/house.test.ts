// Who may import whom: the plan of the house, held against every import of every .ts and .vue file.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Narrowest first: a file lives in the first room whose path it starts with. */
const rooms: Record<string, { path: string; mayImport: readonly string[]; packages?: readonly string[] | 'any' }> = {
  contract: { path: 'ingest-server/contract/', mayImport: [], packages: ['zod'] },
  engine: { path: 'ingest-server/case-engine/', mayImport: ['contract'], packages: [] },
  // How rooms that keep something reach the engine that keeps it.
  engines: {
    path: 'ingest-server/engines/',
    mayImport: ['contract'],
    packages: ['better-sqlite3', 'pg', 'kysely', 'zod', 'node:'],
  },
  journal: {
    path: 'ingest-server/journal/',
    mayImport: ['contract', 'engines'],
    packages: ['better-sqlite3', 'pg', 'node:'],
  },
  drawing: { path: 'ingest-server/places/draw/', mayImport: ['contract', 'places'], packages: 'any' },
  places: { path: 'ingest-server/places/', mayImport: ['contract'], packages: 'any' },
  archive: {
    path: 'ingest-server/archive/',
    mayImport: ['contract', 'engines'],
    packages: ['better-sqlite3', 'kysely', 'node:'],
  },
  records: { path: 'ingest-server/records/', mayImport: ['contract', 'engines'], packages: 'any' },
  desk: { path: 'ingest-server/desk/', mayImport: ['contract', 'engine', 'journal'], packages: ['node:'] },
  // What is shipped, and whose it is.
  supply: { path: 'ingest-server/supply/', mayImport: ['contract'], packages: ['zod', 'node:'] },
  // What the journal says, signed, away from the database.
  checkpoints: {
    path: 'ingest-server/checkpoints/',
    mayImport: ['contract', 'journal', 'records', 'desk'],
    packages: ['node:'],
  },
  // What a street keeps, copied, put back, moved to the other engine.
  backup: {
    path: 'ingest-server/backup/',
    mayImport: ['contract', 'engines', 'journal', 'records', 'checkpoints'],
    packages: ['better-sqlite3', 'pg', 'kysely', 'zod', 'node:'],
  },
  // Any number of identical processes made one system: nothing here is the truth.
  nodes: {
    path: 'ingest-server/nodes/',
    mayImport: ['contract', 'engine', 'journal', 'desk'],
    packages: ['ioredis', 'zod', 'node:'],
  },
  vendors: { path: 'ingest-server/doors/vendors/', mayImport: ['contract'], packages: 'any' },
  // A door knows the desk and the records by their ports, and the engine by its board and its rule of who sees what.
  doors: {
    path: 'ingest-server/doors/',
    mayImport: ['contract', 'desk', 'engine', 'records', 'archive', 'vendors'],
    packages: 'any',
  },
  app: {
    path: 'ingest-server/app/',
    // The vendors' mapping files and tables are read from the disk here.
    mayImport: [
      'checkpoints',
      ...[
        'contract',
        'engine',
        'engines',
        'journal',
        'places',
        'records',
        'archive',
        'desk',
        'nodes',
        'doors',
        'vendors',
      ],
    ],
    packages: 'any',
  },
  admin: {
    path: 'ingest-server/admin/',
    mayImport: ['backup', 'checkpoints', 'contract', 'engines', 'journal', 'places', 'records', 'app'],
    packages: 'any',
  },
  demo: {
    path: 'ingest-server/demo/',
    mayImport: ['contract', 'places', 'records', 'engine', 'app', 'journal'],
    packages: 'any',
  },
  // Starts the built server as a stranger would: it knows nothing of its inside.
  cluster: { path: 'ingest-server/cluster/', mayImport: ['contract'], packages: ['node:'] },
  main: { path: 'ingest-server/', mayImport: ['contract', 'app', 'supply'], packages: 'any' },
  link: { path: 'dashboard/link/', mayImport: ['contract'], packages: ['socket.io-client', 'qr'] },
  stores: { path: 'dashboard/stores/', mayImport: ['contract', 'link'], packages: ['vue', 'pinia'] },
  words: { path: 'dashboard/words/', mayImport: ['contract'], packages: ['vue'] },
  styles: { path: 'dashboard/styles/', mayImport: [], packages: [] },
  composables: { path: 'dashboard/composables/', mayImport: ['contract', 'stores', 'words'], packages: ['vue'] },
  parts: { path: 'dashboard/parts/', mayImport: ['contract', 'words', 'styles'], packages: ['vue'] },
  map: { path: 'dashboard/map/', mayImport: ['contract', 'words', 'styles'], packages: ['vue', 'maplibre-gl'] },
  charts: {
    path: 'dashboard/charts/',
    mayImport: ['contract', 'words', 'styles'],
    packages: ['vue', 'echarts'],
  },
  screens: {
    path: 'dashboard/screens/',
    mayImport: ['contract', 'link', 'stores', 'composables', 'parts', 'map', 'charts', 'words', 'styles'],
    packages: ['vue', 'pinia', 'pinyin-pro'],
  },
  // How the screens are built, and what draws their sounds.
  dashboard: { path: 'dashboard/', mayImport: ['screens'], packages: 'any' },
}

interface Import {
  from: string
  to: string
}

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name) && !/\.(test|d)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const importsOf = (file: string): Import[] => {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm)
  return [...found].map((match) => ({ from: file, to: match[1]! }))
}

const roomOf = (file: string): string =>
  Object.keys(rooms).find((name) => file.startsWith(rooms[name]!.path)) ?? 'nowhere'

/** The file an import names inside the project, or null for a package. */
const target = ({ from, to }: Import): string | null => {
  if (to.startsWith('#contract/')) return `ingest-server/contract/${to.slice('#contract/'.length)}.ts`
  if (!to.startsWith('.')) return null
  return relative(root, resolve(root, dirname(from), to)).replace(/\?.*$/, '')
}

const files = [...filesBelow('ingest-server'), ...filesBelow('dashboard')]
const imports = files.flatMap(importsOf)

const packageAllowed = (allowed: readonly string[] | 'any' | undefined, name: string): boolean =>
  allowed === 'any' ||
  (allowed ?? []).some((one) =>
    one === 'node:' ? name.startsWith('node:') : name === one || name.startsWith(`${one}/`),
  )

describe('the house', () => {
  it('[HO1] a room imports only the rooms below it', () => {
    const wrong = imports.filter((one) => {
      const to = target(one)
      if (to === null || /\.(css|json|svg)$/.test(to)) return false
      const [here, there] = [roomOf(one.from), roomOf(to)]
      return here !== there && !rooms[here]?.mayImport.includes(there)
    })
    expect(wrong.map((one) => `${one.from} → ${one.to}`)).toEqual([])
  })

  it('[HO2] a room uses only its own packages, and the engine and the parts nothing that waits or sends', () => {
    const wrong = imports.filter(
      (one) =>
        target(one) === null &&
        !one.to.startsWith('virtual:') &&
        !packageAllowed(rooms[roomOf(one.from)]?.packages, one.to),
    )
    expect(wrong.map((one) => `${one.from} → ${one.to}`)).toEqual([])
  })

  it('[HO3] the engine reads no clock and no chance, and never waits', () => {
    const engine = files.filter((file) => file.startsWith('ingest-server/case-engine/'))
    const wrong = engine.filter((file) =>
      /\bDate\.now\(|\bnew Date\(\)|Math\.random\(|\bawait\b|\basync\b|\bsetTimeout\(|\bprocess\./.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    )
    expect(engine.length).toBeGreaterThan(5)
    expect(wrong).toEqual([])
  })

  it('[HO4] no circle of imports', () => {
    const edges = new Map<string, string[]>()
    for (const one of imports) {
      const to = target(one)
      if (to && files.includes(to)) edges.set(one.from, [...(edges.get(one.from) ?? []), to])
    }
    expect(circle(files, edges)).toBeNull()
  })

  it('[HO5] no barrel: no file only passes others’ names on', () => {
    const barrels = files.filter((file) => {
      const lines = readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() && !line.startsWith('//'))
      return lines.length > 0 && lines.every((line) => /^export .* from /.test(line))
    })
    expect(barrels).toEqual([])
  })

  it('[HO6] every file says its one thought in its first line', () => {
    const silent = files.filter((file) => !/^(\/\/|<!--|\/\*)/.test(readFileSync(join(root, file), 'utf8')))
    expect(silent).toEqual([])
  })

  it('[HO7] only main, the demo, the command line and the build read the environment', () => {
    const wrong = files.filter(
      (file) =>
        /process\.env/.test(readFileSync(join(root, file), 'utf8')) && !/(main|build|vite\.config)\.ts$/.test(file),
    )
    expect(wrong).toEqual([])
  })
})

/** The first circle found, as a list of files; null where there is none. */
function circle(nodes: readonly string[], edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>()
  const walk = (node: string, trail: string[]): string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node]
    if (done.has(node)) return null
    for (const next of edges.get(node) ?? []) {
      const found = walk(next, [...trail, node])
      if (found) return found
    }
    done.add(node)
    return null
  }
  for (const node of nodes) {
    const found = walk(node, [])
    if (found) return found
  }
  return null
}
