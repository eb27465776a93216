// Where the product's own files lie, found from wherever this code runs: the sources or the bundle in dist/server.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Paths {
  map: string
  scenarios: string
  /** With the folders `boxes` and `tables` in it. */
  mappings: string
  screens: string
  /** Vendors' samples, shown in the documents; null where they were not shipped. */
  samples: string | null
}

/** `from`: any folder inside the project. Throws where there is no project above it. */
export function findPaths(from: string): Paths {
  for (let folder = from; ; folder = dirname(folder)) {
    const map = join(folder, 'map-data')
    if (existsSync(map)) {
      const samples = join(folder, 'ingest-server/doors/vendors/samples')
      return {
        map,
        scenarios: join(folder, 'ingest-server/scenarios'),
        mappings: join(folder, 'ingest-server/doors/vendors'),
        screens: join(folder, 'dist/screens'),
        samples: existsSync(samples) ? samples : null,
      }
    }
    if (folder === dirname(folder))
      throw new Error(`no map-data folder at ${from} or above: the installation is not whole`)
  }
}
