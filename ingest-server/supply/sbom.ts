// What is shipped, as a bill of materials (CycloneDX 1.6): each package with its version, licence, hash, and where it is in the product.
import { hash } from 'node:crypto'
import type { Instant } from '#contract/ids'
import { namesNeeded, nearest, purlOf, type Package } from './packages.ts'

/** Where a package's code is: in the server's bundle, in the screens', or installed beside them. */
export type Part = 'server' | 'screens' | 'installed'

export interface Shipped {
  package: Package
  parts: readonly Part[]
}

export interface Product {
  name: string
  version: string
  licence: string
}

/** A package that lies there twice in one version is one. */
export function sbomOf(product: Product, shipped: readonly Shipped[], at: Instant) {
  const byPurl = new Map<string, Shipped[]>()
  for (const one of shipped) byPurl.set(purlOf(one.package), [...(byPurl.get(purlOf(one.package)) ?? []), one])
  const components = [...byPurl]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([purl, all]) => componentOf(purl, all))
  const serial = hash('sha256', JSON.stringify([product, components]), 'hex')
  const own = `pkg:generic/${product.name}@${product.version}`
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')}`,
    version: 1,
    metadata: {
      timestamp: new Date(at).toISOString(),
      component: { type: 'application', 'bom-ref': own, name: product.name, version: product.version, licenses: licences(product.licence) }, // prettier-ignore
    },
    components,
    dependencies: [
      { ref: own, dependsOn: components.map((one) => one['bom-ref']) },
      ...components.map((one) => ({ ref: one['bom-ref'], dependsOn: standsOn(byPurl.get(one.purl)!, shipped) })),
    ],
  }
}

function componentOf(purl: string, all: readonly Shipped[]) {
  const { name, version, licence, integrity = '' } = all[0]!.package
  const [group, own] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const parts = [...new Set(all.flatMap((one) => one.parts))].sort()
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group && { group }),
    ...{ name: own!, version, purl, scope: 'required' },
    licenses: licences(licence),
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
    properties: parts.map((value) => ({ name: 'sanping:part', value })),
  }
}

const licences = (licence: string) =>
  / (OR|AND) /.test(licence) ? [{ expression: licence.replace(/^\((.*)\)$/, '$1') }] : [{ license: { id: licence } }]

/** By name, as npm resolves it: the nearest folder upwards. */
function standsOn(all: readonly Shipped[], shipped: readonly Shipped[]): string[] {
  const byPath = new Map(shipped.map((one) => [one.package.path, one.package]))
  const found = all.flatMap(({ package: one }) => namesNeeded(one).map((name) => nearest(`${one.path}/`, name, byPath)))
  return [...new Set(found.filter((one) => one !== null).map(purlOf))].sort()
}
