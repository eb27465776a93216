// The mapping files the house comes with, and those a test writes beside them, with no watch that runs by itself.
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMappingBook } from '../../ingest-server/app/mapping-book.ts'
import type { MappingFault, Mappings } from '../../ingest-server/doors/vendors/mappings.ts'
import { projectRoot } from './server-process.ts'

const shipped = join(projectRoot, 'ingest-server/doors/vendors')

/** `look`: what the house does every few seconds. */
export async function mappingsAt(site: string) {
  const faults: MappingFault[] = []
  let look = (): void => {}
  const book = await openMappingBook({
    ...{ shipped, site },
    every: (_milliseconds, run) => {
      look = run
      return () => {}
    },
    onRefused: (fault) => faults.push(fault),
    onFault: (fault) => {
      throw fault
    },
  })
  return { book, faults, look: () => look() }
}

export const shippedMappings = async (): Promise<Mappings> =>
  (await mappingsAt(await mkdtemp(join(tmpdir(), 'sanping-maps-')))).book
