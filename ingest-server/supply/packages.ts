// The packages this product stands on, as the lockfile pins them; which of them production installs, and which the build carries.
import { z } from 'zod'

const Locked = z.object({
  version: z.string(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().default(false),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  hasInstallScript: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})
const Lockfile = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), z.looseObject({})) })

export interface Package extends z.infer<typeof Locked> {
  /** Where it is installed: `node_modules/a/node_modules/b`. */
  path: string
  name: string
  licence: string
}

/** Their makers wrote it into their package in an old form, or with a slip: read in the package itself. */
const licencesRead: Record<string, string> = {
  busboy: 'MIT',
  streamsearch: 'MIT',
  'xmlhttprequest-ssl': 'MIT',
  'splaytree-ts': 'BSD-3-Clause',
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** `text`: package-lock.json. Throws where it is none that we read. */
export const readPackages = (text: string): Package[] =>
  Object.entries(Lockfile.parse(JSON.parse(text)).packages)
    .filter(([path]) => path !== '')
    .map(([path, raw]) => {
      const locked = Locked.parse(raw)
      const name = nameIn(path)
      return { ...locked, path, name, licence: licencesRead[name] ?? locked.license ?? '' }
    })

export interface Machine {
  os: string
  cpu: string
  libc: string
}

/** What `npm ci --omit=dev` puts onto a machine, from the product's own `dependencies`: of a binary made for many, the one that fits. */
export function installedOn(packages: readonly Package[], wanted: readonly string[], machine: Machine): Package[] {
  const byPath = new Map(packages.map((one) => [one.path, one]))
  const found = new Set<Package>()
  const todo = wanted.map((name) => nearest('', name, byPath))
  for (let one = todo.pop(); one !== undefined; one = todo.pop()) {
    if (
      !one ||
      found.has(one) ||
      !fits(one.os, machine.os) ||
      !fits(one.cpu, machine.cpu) ||
      !fits(one.libc, machine.libc)
    )
      continue
    found.add(one)
    const { path } = one
    todo.push(...namesNeeded(one).map((name) => nearest(`${path}/`, name, byPath)))
  }
  return [...found]
}

export const namesNeeded = (one: Package): string[] => Object.keys({ ...one.dependencies, ...one.optionalDependencies })

/** As Node finds it: in the nearest folder upwards. `from`: a package's path and a slash, or nothing. */
export function nearest(from: string, name: string, byPath: ReadonlyMap<string, Package>): Package | null {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/', folder.length - 2)))
  ) {
    const found = byPath.get(`${folder}node_modules/${name}`)
    if (found || folder === '') return found ?? null
  }
}

const fits = (wanted: readonly string[] | undefined, own: string): boolean => !wanted || wanted.includes(own)

/** The package a file of the bundle came from: `node_modules/a`, or null for our own. */
export const packageOf = (file: string): string | null =>
  /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0] ?? null

/** As vulnerability lists know it. */
export const purlOf = ({ name, version }: Pick<Package, 'name' | 'version'>): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`
