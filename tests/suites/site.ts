// A data folder of its own with one source and one duty officer in it: what bench and trial start their servers on.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PersonId, PlaceId, SourceId } from '#contract/ids'
import type { Records } from '../../ingest-server/records/port.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'

export interface Site {
  folder: string
  /** Beside the data folder, for what the trial itself writes. */
  beside(name: string): string
  sourceKey: string
  /** Of the other sources, in their order. */
  keys: string[]
  /** The `Cookie` header of the duty officer's session. */
  cookie: string
  /** The same of a wall. */
  wall: string
  remove(): Promise<void>
}

/** Past any quota: what is measured is the house, not its patience. */
const plenty = 1_000_000_000

/** `others`: further sources, each with what it may send a minute. */
export async function prepareSite(
  name: string,
  others: readonly { id: string; perMinute: number }[] = [],
): Promise<Site> {
  const base = await mkdtemp(join(tmpdir(), `sanping-${name}-`))
  const folder = join(base, 'data')
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const records = await openRecords({
    folder,
    secret: await readKeyRing(folder, random, Date.now),
    random,
    now: Date.now,
  })
  const { sourceKey, cookie, wall, add } = await fillSite(records)
  const keys: string[] = []
  for (const { id: other, perMinute } of others) keys.push(await add(other, perMinute))
  await records.close()
  return {
    folder,
    beside: (file) => join(base, file),
    sourceKey,
    keys,
    cookie,
    wall,
    remove: () => rm(base, { recursive: true, force: true }),
  }
}

/** The one source and the one duty officer, into records that hold neither. */
export async function fillSite(records: Records) {
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
  const add = (source: string, perMinute: number) =>
    records.sources.add({ id: SourceId.parse(source), name: source, matters: {}, cameras: {}, perMinute }, Date.now())
  const sourceKey = await add('load', plenty)
  return { sourceKey, cookie: `sanping=${token}`, wall: `sanping=${wall}`, add }
}
