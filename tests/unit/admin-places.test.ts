// Places by name on the command line: out of the same map as the server's, a site's own layers before the shipped ones.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { placeIdsOf, readPlaces } from '../../ingest-server/admin/places.ts'

const shipped = join(import.meta.dirname, '../../map-data')

it('[PL12] a place that only the site’s own layer has can be answered for', async () => {
  const site = await mkdtemp(join(tmpdir(), 'sanping-site-'))
  const blocks = await readFile(join(shipped, 'street-blocks.geojson'), 'utf8')
  await writeFile(join(site, 'street-blocks.geojson'), blocks.replaceAll('创意家园', '江畔'))

  expect(placeIdsOf(readPlaces(shipped, site), ['江畔'])).toEqual(placeIdsOf(readPlaces(shipped), ['创意家园']))
  expect(placeIdsOf(readPlaces(shipped), ['江畔'])).toEqual({ unclear: '江畔' })
  await rm(site, { recursive: true })
})
