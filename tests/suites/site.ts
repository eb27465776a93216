// A data folder of its own with one source and one duty officer in it: what bench and trial start their servers on.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PersonId, PlaceId, SourceId } from '#contract/ids'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readSecret } from '../../ingest-server/records/secret.ts'

export interface Site {
  folder: string
  /** Beside the data folder, for what the trial itself writes. */
  beside(name: string): string
  sourceKey: string
  /** The `Cookie` header of the duty officer's session. */
  cookie: string
  /** The same of a wall. */
  wall: string
  remove(): Promise<void>
}

export async function prepareSite(name: string): Promise<Site> {
  const base = await mkdtemp(join(tmpdir(), `sanping-${name}-`))
  const folder = join(base, 'data')
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const records = await openRecords({ folder, secret: await readSecret(folder, random), random, now: Date.now })
  const id = PersonId.parse('duty')
  await records.accounts.add(
    {
      id,
      name: '陈海峰',
      role: 'duty-officer',
      post: 'command',
      body: '城运中心',
      placeIds: [PlaceId.parse('310101020')],
      skills: [],
      onDuty: true,
      password: 'only-for-this-run',
    },
    Date.now(),
  )
  const token = await records.sessions.open(id, Date.now())
  const wall = await records.kiosks.bind(await records.kiosks.add('wall', [], Date.now()), Date.now())
  const sourceKey = await records.sources.add(
    { id: SourceId.parse('load'), name: 'load', matters: {}, cameras: {} },
    Date.now(),
  )
  await records.close()
  return {
    folder,
    beside: (file) => join(base, file),
    sourceKey,
    cookie: `sanping=${token}`,
    wall: `sanping=${wall}`,
    remove: () => rm(base, { recursive: true, force: true }),
  }
}
