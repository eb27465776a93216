// `npm run sbom`: after a build, what it carries as dist/sbom.json, and the licences of all that as dist/THIRD-PARTY.txt.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { installedOn, readPackages, type Package } from './packages.ts'
import { sbomOf, type Part, type Shipped } from './sbom.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
/** Written by the two builds beside what they made. */
const carried = (part: Part): string[] => JSON.parse(read(`dist/packages-${part}.json`)) as string[]

const product = JSON.parse(read('package.json')) as {
  name: string
  version: string
  license: string
  dependencies: Record<string, string>
}
/** The image's. */
const machine = { os: 'linux', cpu: 'x64', libc: 'glibc' }
const packages = readPackages(read('package-lock.json'))
const inPart: Record<Part, ReadonlySet<string>> = {
  server: new Set(carried('server')),
  screens: new Set(carried('screens')),
  installed: new Set(installedOn(packages, Object.keys(product.dependencies), machine).map(({ path }) => path)),
}
const parts = Object.keys(inPart) as Part[]
const shipped: Shipped[] = packages
  .map((one) => ({ package: one, parts: parts.filter((part) => inPart[part].has(one.path)) }))
  .filter((one) => one.parts.length > 0)

const { name, version, license: licence } = product
const bill = sbomOf({ name, version, licence }, shipped, Date.now())
writeFileSync(join(root, 'dist/sbom.json'), `${JSON.stringify(bill, null, 2)}\n`)
writeFileSync(join(root, 'dist/THIRD-PARTY.txt'), shipped.map(({ package: one }) => noticeOf(one)).join('\n'))
console.log(
  `dist/sbom.json: ${bill.components.length} packages; ${parts.map((part) => `${part} ${inPart[part].size}`).join(', ')}`,
)

function noticeOf(one: Package): string {
  const folder = join(root, one.path)
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
    .map((entry) => entry.name)
  const texts = names.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const said = texts.length > 0 ? texts.join('\n\n') : '(its package holds no licence text)'
  return `${'='.repeat(72)}\n${one.name} ${one.version} · ${one.licence}\n\n${said}\n`
}
