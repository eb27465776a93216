// Bundles the server: production starts one file at once, with no transpiler before it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { packageOf } from './supply/packages.ts'

const root = resolve(import.meta.dirname, '..')
/** The bundle's files by name, and what each begins with. */
const entries = { main: 'main', demo: 'demo/main', admin: 'admin/main' }

const product = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  dependencies: Record<string, string>
}

/** Of the screens that were built before: a screen reloads when these change, not when the server alone does. */
function nameOfScreens(): string {
  const folder = join(root, 'dist/screens/assets')
  const names = existsSync(folder) ? readdirSync(folder).sort().join('\n') : ''
  return `${product.version}-${createHash('sha256').update(names).digest('hex').slice(0, 8)}`
}

/**
 * Loaded from where they are installed: those with a binary, and the log, which looks for files of its own beside itself.
 * All else goes into the bundle: a thousand small files took half of the time a start takes.
 */
const installed = ['better-sqlite3', 'sharp', '@node-rs/argon2', 'pino', 'pino-http']

/** They are CommonJS: Node, asked by `import`, would first read each file to guess what it exports; by `require` it need not. */
const byRequire: Plugin = {
  name: 'by-require',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${installed.join('|')})$`) }, ({ path, namespace }) =>
      namespace === 'installed' ? { path, external: true } : { path, namespace: 'installed' },
    )
    onLoad({ filter: /./, namespace: 'installed' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
}

/** zod hands out all its languages together, a tenth of the bundle; ours are imported one by one. */
const ownLanguages: Plugin = {
  name: 'own-languages',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {}' }))
  },
}

// Parts carry their hash in their names: those of the last build would stay for ever.
rmSync(join(root, 'dist/server'), { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, join(root, `ingest-server/${file}.ts`)]),
  ),
  outdir: join(root, 'dist/server'),
  bundle: true,
  splitting: true,
  chunkNames: 'part-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  plugins: [byRequire, ownLanguages],
  // What came as CommonJS asks Node for its own modules by require.
  banner: { js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)" },
  define: { __SANPING_BUILD__: JSON.stringify(nameOfScreens()) },
  // Half as much to read and parse at a start; names stay, for the stacks in the log.
  minifyWhitespace: true,
  minifySyntax: true,
  charset: 'utf8',
  sourcemap: true,
  // Lines and names are enough for a stack; the texts would be read at every start.
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
})

// Whose code is in it, for the bill of materials.
const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
const carried = new Set(inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 && packageOf(file)) || []))
writeFileSync(join(root, 'dist/packages-server.json'), `${JSON.stringify([...carried].sort(), null, 2)}\n`)

// What must be installed beside the bundle, and nothing else: an image of production is made by this.
const beside = { name: 'sanping', version: product.version, private: true, type: 'module' }
const dependencies = Object.fromEntries(installed.map((name) => [name, product.dependencies[name]]))
writeFileSync(join(root, 'dist/server/package.json'), `${JSON.stringify({ ...beside, dependencies }, null, 2)}\n`)
