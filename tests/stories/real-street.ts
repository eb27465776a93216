// The whole server on the real map of 五里桥, under the test's clock: for what only real ground can show.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Ground } from '#contract/ground'
import { PersonId, SourceId } from '#contract/ids'
import type { PlaceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import type { Person } from '#contract/person'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { openApp } from '../../ingest-server/app/app.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { openGround } from '../../ingest-server/places/ground.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { aPerson, calendar, scenarios } from '../suites/builders.ts'
import { openScreen } from '../world/screen.ts'
import type { Screen } from '../world/screen.ts'
import { openTestClock } from '../world/test-clock.ts'
import { hour } from './story.ts'

const { above, ...layers } = readLayers(join(import.meta.dirname, '../../map-data'))
export const street: Ground = openGround({ above, ...layers })

/** 陈 on watch over the whole street, and one officer for each of these micro-grids. */
export const peopleOf = (grids: Record<string, PlaceId>): Person[] => [
  aPerson('chen', { name: '陈海峰', role: 'duty-officer', post: 'command', placeIds: [street.subdistrict.id] }),
  ...Object.entries(grids).map(([id, grid]) => aPerson(id, { placeIds: [grid] })),
]

export async function openRealStreet(people: readonly Person[]) {
  const clock = openTestClock(hour('09:31:00'))
  const { now, random, newId } = clock.world
  const folder = mkdtempSync(join(tmpdir(), 'sanping-street-'))
  const records = await openRecords({ folder: ':memory:', pictures: folder, secret: new Uint8Array(32), random, now })
  await Promise.all(people.map((one) => records.accounts.add({ ...one, password: 'long enough for a test' }, now())))
  const key = await records.sources.add({ id: SourceId.parse('hik'), name: '海康', matters: {}, cameras: {} }, now())
  const journal = openMemoryJournal()
  const origins: string[] = []
  const app = await openApp({
    config: { secure: false, overload: 1000, silentAfterMs: 1_800_000, proxies: ['loopback'], origins },
    archive: openMemoryArchive(),
    ...{ journal, records, calendar, scenarios, layers, ground: street, world: clock.world },
    log: pino({ level: 'silent' }),
    screens: join(folder, 'no-screens'),
    samples: null,
    build: 'test',
    onBroken: (fault) => {
      throw fault
    },
  })
  await new Promise<void>((listening) => app.server.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  origins.push(url)
  const screens: Screen[] = []
  return {
    ...{ url, clock, journal, desk: app.desk },
    async opens(id: string): Promise<Screen> {
      const cookie = `sanping=${await records.sessions.open(PersonId.parse(id), now())}`
      const screen = await openScreen({ url: () => url, cookie, newId })
      screens.push(screen)
      return screen
    },
    async posts(body: unknown, language = 'zh'): Promise<{ status: number; results: IntakeAnswer[] }> {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        'accept-language': language,
      }
      const answer = await fetch(`${url}/api/in/sanping`, { method: 'POST', headers, body: JSON.stringify(body) })
      return { status: answer.status, ...((await answer.json()) as { results: IntakeAnswer[] }) }
    },
    async close() {
      for (const screen of screens) screen.close()
      await app.close()
      await records.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
