// What we stand on: pinned, known by name, licence and hash, no older than is safe, and little of it.
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { installedOn, packageOf, purlOf, readPackages } from '../ingest-server/supply/packages.ts'
import { sbomOf } from '../ingest-server/supply/sbom.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const packages = readPackages(read('package-lock.json'))
const product = JSON.parse(read('package.json')) as {
  version: string
  dependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}
const installed = installedOn(packages, Object.keys(product.dependencies), { os: 'linux', cpu: 'x64', libc: 'glibc' })

/** Below these is a known flaw that somebody can reach from outside, or that loses what was kept. */
const floors: Record<string, { least: string; because: string }> = {
  'socket.io-parser': { least: '4.2.7', because: 'a frame that announces binary parts without end fills the memory' },
  'engine.io': { least: '6.6.9', because: 'a hostile handshake ends the process' },
  ws: { least: '8.21.0', because: 'memory shown to others, and headers that cost without end' },
  'body-parser': { least: '2.2.1', because: 'a body of many parameters stops the loop' },
  qs: { least: '6.14.1', because: 'a limit on arrays that brackets walked around' },
  'path-to-regexp': { least: '8.4.0', because: 'a path that is matched for seconds' },
  'maplibre-gl': { least: '6.8.0', because: 'markup in a tile’s credit ran on the page' },
  'fast-xml-parser': { least: '5.3.5', because: 'entities that grow without end' },
  busboy: { least: '1.6.0', because: 'a torn part header ended the process' },
  sharp: { least: '0.32.6', because: 'a WebP that writes past its memory' },
}
const licences = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'],
  // Its files go into the bundle unchanged, and the notices name where they are from.
  'MPL-2.0',
  // As a library of its own beside ours, never inside the bundle.
  'LGPL-3.0-or-later',
  ...['(MIT OR WTFPL)', '(BSD-2-Clause OR MIT OR Apache-2.0)', '(MIT OR Apache-2.0)', '(MIT AND Zlib)'],
])

const parts = (version: string) => version.split('.').map(Number)
function isBelow(version: string, least: string): boolean {
  const [own, floor] = [parts(version), parts(least)]
  const at = floor.findIndex((part, index) => part !== own[index])
  return at >= 0 && own[at]! < floor[at]!
}

it('[SU1] no package is older than its floor, however often it lies there, and SQLite is one that keeps what it flushed', () => {
  for (const [name, { least, because }] of Object.entries(floors)) {
    const versions = packages.filter((one) => one.name === name).map((one) => one.version)
    expect(versions.length, name).toBeGreaterThan(0)
    expect(versions.filter((version) => isBelow(version, least)), `${name}: ${because}`).toEqual([]) // prettier-ignore
  }
  const db = new Database(':memory:')
  const running = db.prepare('select sqlite_version()').pluck().get() as string
  db.close()
  expect(isBelow(running, '3.51.3'), `SQLite ${running}: below it a write-ahead log can be corrupted`).toBe(false)
  expect(isBelow('8.20.9', '8.21.0')).toBe(true)
})

it('[SU2] every package is pinned by its hash, none comes from a repository or another address, and two alone may run a script', () => {
  expect(packages.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')).map(({ path }) => path)).toEqual([]) // prettier-ignore
  expect(packages.filter(({ resolved }) => resolved !== undefined && !/^https:\/\/registry\.npmjs\.org\//.test(resolved))).toEqual([]) // prettier-ignore
  const scripts = packages.filter((one) => one.hasInstallScript).map(({ name }) => name)
  expect(scripts.sort()).toEqual(Object.keys(product.allowScripts).sort())
  expect(scripts).toEqual(['better-sqlite3', 'esbuild'])
})

it('[SU3] production installs at most 120 packages, none of them made for building or testing', () => {
  expect(installed.length).toBeLessThanOrEqual(120)
  expect(installed.length).toBeGreaterThan(Object.keys(product.dependencies).length)
  expect(installed.filter(({ dev }) => dev)).toEqual([])
})

it('[SU4] whatever is shipped has a licence that may be shipped', () => {
  const shipped = [...installed, ...carried('server'), ...carried('screens')]
  expect(shipped.filter(({ licence }) => !licences.has(licence)).map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]) // prettier-ignore
  const inOurs = [...carried('server'), ...carried('screens')]
  expect(inOurs.filter(({ licence }) => /GPL/.test(licence)).map(({ name }) => name)).toEqual([])
})

it('[SU5] the bill of materials names each package shipped once a version, with licence, purl and hash, and what it stands on', () => {
  const shipped = installed.map((one) => ({ package: one, parts: ['installed' as const] }))
  const bill = sbomOf({ name: 'sanping', version: product.version, licence: 'Apache-2.0' }, shipped, 0)
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
  expect(bill.serialNumber).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)
  expect(bill.components.map(({ purl }) => purl)).toEqual([...new Set(installed.map(purlOf))].sort())
  for (const one of bill.components) {
    expect(one.hashes[0]!.content, one.purl).toMatch(/^[\da-f]{128}$/)
    expect(one.licenses, one.purl).toHaveLength(1)
  }
  const refs = new Set(bill.components.map((one) => one['bom-ref']))
  const needed = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]))
  for (const on of needed.values()) for (const ref of on) expect(refs).toContain(ref)
  const pino = installed.find(({ name }) => name === 'pino')!
  expect(needed.get(purlOf(pino))!.some((ref) => ref.startsWith('pkg:npm/sonic-boom@'))).toBe(true)
  expect(packageOf('node_modules/a/node_modules/@b/c/lib/x.js')).toBe('node_modules/a/node_modules/@b/c')
  expect(packageOf('ingest-server/main.ts')).toBeNull()
})

it('[SU6] whose code the bundles carry is counted when they are built, and grows by nobody’s oversight', () => {
  const [server, screens] = [carried('server'), carried('screens')]
  expect(new Set(server.map(({ name }) => name)).size).toBeLessThanOrEqual(180)
  expect(new Set(screens.map(({ name }) => name)).size).toBeLessThanOrEqual(20)
})

/** As the last build noted it; without a build nothing is carried, and CI always builds first. */
function carried(part: 'server' | 'screens') {
  const file = `dist/packages-${part}.json`
  if (!existsSync(join(root, file))) {
    if (process.env.CI) throw new Error(`there is no ${file}: build first`)
    console.warn(`没有 ${file}：这部分没有核对。 / No ${file}: what it carries was not looked at.`)
    return []
  }
  const paths = new Set(JSON.parse(read(file)) as string[])
  const found = packages.filter(({ path }) => paths.has(path))
  expect(found.length, file).toBe(paths.size)
  return found
}
