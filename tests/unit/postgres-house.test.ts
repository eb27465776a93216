// A street on PostgreSQL with two processes at it, an old one brought forward, and the command line that tells of both.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PersonId, PlaceId } from '#contract/ids'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import type { World } from '../../ingest-server/admin/call.ts'
import { openLog } from '../../ingest-server/app/log.ts'
import { placeOf } from '../../ingest-server/app/postgres-setting.ts'
import { openStores } from '../../ingest-server/app/stores.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { migrateFile, migrateSchema } from '../../ingest-server/engines/migrate.ts'
import { mostConnections } from '../../ingest-server/engines/pools.ts'
import type { PostgresPlace } from '../../ingest-server/engines/postgres.ts'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { migrations } from '../../ingest-server/records/tables.ts'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { chance, day, goodPassword, morning, officerLi, openHouse, secret } from '../suites/records-folder.ts'
import { anEntry } from '../world/an-entry.ts'

/** As it was when the sixth migration was the last. */
const old = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '007'))
const li = PersonId.parse('li')

async function called(words: string, folder: string, postgres?: PostgresPlace) {
  const said: string[] = []
  const world: World = {
    ...{ folder, postgres, address: 'http://127.0.0.1:8787', language: 'en', random: chance('line') },
    ...{ now: () => morning, say: (line) => said.push(line), complain: (line) => said.push(line) },
    ...{ readInput: async () => `${goodPassword}\n`, places: () => [], pause: async () => {}, stopped: () => false },
  }
  const code = await runAdmin(words.split(' '), world)
  return { code, said: said.join('\n') }
}

async function oldFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-old-'))
  const db = new Kysely<never>({ dialect: new SqliteDialect({ database: new Database(join(folder, 'records.db')) }) })
  await migrateFile(db, old, 'records.db')
  await db.destroy()
  return folder
}

describe('a folder from before', () => {
  it('[PG4] comes up with several programs at once, all of it brought forward once', async () => {
    const folder = await oldFolder()
    expect(await called('migrate --check', folder)).toMatchObject({
      code: 0,
      said: expect.stringContaining('at 006-walls, ') as string,
    })
    const options = { folder, secret, random: chance(), now: () => morning }
    const all = await Promise.all([openRecords(options), openRecords(options), openRecords(options)])
    await all[0]!.accounts.add(officerLi(), morning)
    for (const one of all) await one.refresh()
    expect(all.map((one) => one.accounts.people().get(li)?.name)).toEqual(['李志强', '李志强', '李志强'])
    for (const one of all) await one.close()
    expect((await called('migrate', folder)).said).toContain('up to date')
    await rm(folder, { recursive: true })
  })

  it('[PG5] one of a newer program is refused in one sentence, and nothing in it is touched', async () => {
    const folder = await oldFolder()
    const hand = new Database(join(folder, 'records.db'))
    hand.prepare('insert into kysely_migration values (?, ?)').run('999-tomorrow', '')
    hand.close()
    await expect(openRecords({ folder, secret, random: chance(), now: () => morning })).rejects.toThrow(
      /newer version \(999-tomorrow\)/,
    )
    await expect(called('migrate --check', folder)).rejects.toThrow(/999-tomorrow/)
    await rm(folder, { recursive: true })
  })
})

describe.skipIf(leavesPostgresOut)('on a server of its own', () => {
  let server: Postgres
  beforeAll(async () => void (server = await openPostgres()), 30_000)
  afterAll(() => server.stop())
  const aPlace = (): PostgresPlace => ({ url: server.url, schema: server.schema() })
  const asked = async (text: string) => {
    const client = new Client(server.url)
    await client.connect()
    const { rows } = await client.query<Record<string, unknown>>(text)
    await client.end()
    return rows
  }

  it('[PG4] a schema from before comes up with ten programs at once, all of it brought forward once', async () => {
    const place = aPlace()
    await migrateSchema(place, old)
    const house = await openHouse(place)
    const others = await Promise.all(Array.from({ length: 9 }, (_, nth) => house.neighbour(`nth ${nth}`)))
    await others[8]!.accounts.add(officerLi(), morning)
    await house.records.refresh()
    expect(house.records.accounts.people().get(li)?.name).toBe('李志强')
    await house.close()
  }, 60_000)

  it('[PG5] a schema of a newer program is refused in one sentence', async () => {
    const place = aPlace()
    await (await openHouse(place)).close()
    await asked(`insert into ${place.schema}.kysely_migration values ('999-tomorrow', '')`)
    await expect(openHouse(place)).rejects.toThrow(/newer version \(999-tomorrow\)/)
  })

  it('[PG6] what one process changed the other hears of', async () => {
    const house = await openHouse(aPlace())
    const other = await house.neighbour()
    const token = await house.records.sessions.open(li, morning)
    await house.records.accounts.add(officerLi(), morning)
    expect(other.sessions.viewer(token, morning)).toBeNull()
    await other.refresh()
    expect(other.sessions.viewer(token, morning)?.name).toBe('李志强')
    await house.records.sessions.close(token)
    await other.refresh()
    expect(other.sessions.viewer(token, morning)).toBeNull()
    await house.close()
  })

  it('[WH130] a session one process opened is met by the other at once, a stranger costs it one question a second', async () => {
    const house = await openHouse(aPlace())
    await house.records.accounts.add(officerLi(), morning)
    const other = await house.neighbour()
    const token = await house.records.sessions.open(li, morning)
    await other.sessions.meet(token)
    expect(other.sessions.viewer(token, morning)?.personId).toBe('li')
    const place = house.postgres!
    await other.sessions.meet('nobody')
    await asked(`alter table ${place.schema}.sessions rename to away`)
    await Promise.all(Array.from({ length: 100 }, () => other.sessions.meet('nobody')))
    await expect(other.sessions.meet('somebody else')).rejects.toThrow(/sessions/)
    await asked(`alter table ${place.schema}.away rename to sessions`)
    await house.close()
  })

  it('[WH131] who works at one process is not signed out by the other that has not seen them', async () => {
    const house = await openHouse(aPlace())
    await house.records.accounts.add(officerLi(), morning)
    const other = await house.neighbour()
    const token = await house.records.sessions.open(li, morning)
    await other.sessions.meet(token)
    house.clock.now = morning + day / 3
    expect(house.records.sessions.viewer(token, house.clock.now)).not.toBeNull()
    await house.records.refresh()
    house.clock.now = morning + (day * 2) / 3
    await other.refresh()
    expect(other.sessions.viewer(token, house.clock.now)?.personId).toBe('li')
    await house.close()
  })

  it('[PG7] a picture put through one process is served by the other', async () => {
    const house = await openHouse(aPlace())
    const other = await house.neighbour()
    const id = await house.records.evidence.keep(await smallPhoto(), morning)
    expect(other.evidence.has(id!)).toBe(true)
    expect(await other.evidence.received(id!)).toBe('whole')
    expect(other.evidence.sent(id!)).toBe(house.records.evidence.sent(id!))
    expect(other.evidence.file(id!, 'thumb')).toEqual(house.records.evidence.file(id!, 'thumb'))
    await house.close()
  })

  it('[PG8] many streets of one process share a stated few connections, and a street has its own schema', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sanping-streets-'))
    const log = openLog('silent')
    const open = (id: string) =>
      openStores({
        folder: join(folder, id),
        postgres: placeOf(server.url, folder, { id, folder: join(folder, id) }),
        world: realWorld,
        log,
      })
    const streets = await Promise.all(['310101020', '310101021', '310101022', '310101023'].map(open))
    await Promise.all(
      streets.map(async ({ journal, records }, nth) => {
        await journal.append(emptyHead, [anEntry(1, `of street ${nth}`)])
        await records.accounts.add(officerLi({ name: `第${nth}位`, placeIds: [PlaceId.parse('p')] }), morning)
      }),
    )
    for (const [nth, { records }] of streets.entries())
      expect([...records.accounts.people().values()].map(({ name }) => name)).toEqual([`第${nth}位`])
    const [row] = await asked(`select count(*)::int as n from pg_stat_activity where application_name like 'sanping-%'`)
    expect(row!['n']).toBeLessThanOrEqual(mostConnections.journals + mostConnections.records + 1)
    for (const one of streets) await one.close()
    await rm(folder, { recursive: true })
  }, 60_000)

  it('[PG9] a folder whose journal was left behind does not begin anew in an empty database', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sanping-left-'))
    const log = openLog('silent')
    await (await openStores({ folder, world: realWorld, log })).close()
    await expect(openStores({ folder, postgres: aPlace(), world: realWorld, log })).rejects.toThrow(/journal\.db/)
    await rm(folder, { recursive: true })
  })

  it('[PG10] the command line works on the database as on the folder', async () => {
    const place = aPlace()
    const folder = await mkdtemp(join(tmpdir(), 'sanping-line-'))
    expect(await called('journal verify', folder, place)).toMatchObject({ code: 1 })
    expect((await called('migrate --check', folder, place)).said).toContain('001-first-light')
    const stores = await openStores({ folder, postgres: place, world: realWorld, log: openLog('silent') })
    await stores.journal.append(emptyHead, [anEntry(1), anEntry(2)])
    expect((await called('migrate', folder, place)).said).toContain('up to date')
    expect(await called('journal verify', folder, place)).toMatchObject({
      code: 0,
      said: expect.stringContaining('2 lines') as string,
    })
    expect((await called('source list', folder, place)).code).toBe(0)
    await stores.close()
    await rm(folder, { recursive: true })
  })
})
