// How long and how much is kept of what nobody understood, and that what had to go is said.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { SourceId } from '#contract/ids'
import { openQuarantine } from '../../ingest-server/records/quarantine.ts'
import type { Tables } from '../../ingest-server/records/tables.ts'
import { openHouse, morning, type House } from '../suites/records-folder.ts'

let house: House
let db: Kysely<Tables>
beforeEach(async () => {
  house = await openHouse()
  // The tables as they are, with room of the test's own making.
  db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Database(join(house.folder, 'records.db')) }) })
})
afterEach(async () => {
  await db.destroy()
  await house.close()
})

const from = (source: string, nth: number, at = morning + nth) => ({
  ...{ at, sourceId: SourceId.parse(source), dialect: 'sanping', contentType: 'application/json' },
  ...{ refusal: 'bad-json' as const, words: '坏了', body: Buffer.from(`${source} ${nth}`) },
})

describe('room in quarantine', () => {
  it('[QU26] of too many those replayed go first, then the oldest of whoever sent most, and how many is said', async () => {
    const quarantine = await openQuarantine(db, { rows: 20 })
    const quiet = await quarantine.keep(from('quiet', 0))
    const done = await quarantine.keep(from('hik', 0))
    await quarantine.replayed(done, { at: morning, by: 'chen', answers: [] })
    for (let nth = 1; nth <= 19; nth++) await quarantine.keep(from('hik', nth))
    expect(await quarantine.open(done)).toBeNull()
    const { dropped } = await quarantine.counts()
    expect(dropped).toMatchObject([{ sourceId: 'hik', lastAt: morning + 19 }])
    const left = await quarantine.list(100)
    expect(left).toHaveLength(18)
    expect(left.length + dropped[0]!.rows + 1).toBe(21)
    // The one message of the quiet sender is still there.
    expect(await quarantine.open(quiet)).not.toBeNull()
  })

  it('[QU26] a full room is made free in small pieces, and whoever comes meanwhile is not held up by it', async () => {
    const quarantine = await openQuarantine(db, { rows: 1000 })
    for (let nth = 0; nth < 1000; nth++) await quarantine.keep(from('hik', nth))
    const sizes: number[] = []
    let turns = 0
    const count = async () => (await quarantine.list(2000)).length
    const last = quarantine.keep(from('hik', 1000))
    let isOver = false
    void last.then(() => (isOver = true))
    while (!isOver) {
      turns++
      sizes.push(await count())
      await new Promise((turn) => setImmediate(turn))
    }
    expect(turns).toBeGreaterThan(1)
    const steps = sizes.slice(1).map((size, at) => sizes[at]! - size)
    expect(Math.max(...steps)).toBeLessThanOrEqual(50)
    expect([await count(), (await quarantine.counts()).dropped[0]!.rows]).toEqual([851, 150])
  })

  it('[QU26] bytes are counted as well as rows', async () => {
    const quarantine = await openQuarantine(db, { bytes: 100_000 })
    for (let nth = 0; nth < 20; nth++)
      await quarantine.keep({ ...from('hik', nth), body: Buffer.alloc(10_000, nth + 1) })
    const left = await quarantine.list(100)
    expect(left.reduce((sum, row) => sum + row.bytes, 0)).toBeLessThanOrEqual(100_000)
    expect((await quarantine.counts()).dropped[0]!.rows + left.length).toBe(20)
  })

  it('[QU22] one that was replayed and comes again stays replayed', async () => {
    const quarantine = await openQuarantine(db)
    const id = await quarantine.keep(from('hik', 1))
    expect(await quarantine.replayed(id, { at: morning, by: 'chen', answers: [] })).toBe(true)
    expect(await quarantine.replayed(id, { at: morning, by: 'wu', answers: [] })).toBe(false)
    await quarantine.keep({ ...from('hik', 1), refusal: 'wrong-shape', words: '又来了' })
    expect(await quarantine.open(id)).toMatchObject({ times: 2, refusal: 'bad-json', replayed: { by: 'chen' } })
    expect(await quarantine.ask(id, { at: morning, by: 'command-line' })).toBe(false)
  })

  it('[QU30] what is refused in one moment is kept by few flushes: each once, its repeats counted, and nobody loses their answer', async () => {
    const quarantine = await openQuarantine(db)
    const commits = new Set<number>()
    const version = new Database(join(house.folder, 'records.db'), { readonly: true })
    const five = Array.from({ length: 500 }, (_, nth) => from('hik', nth % 100))
    const ids = await Promise.all(
      five.map(async (refused) => {
        const id = await quarantine.keep(refused)
        commits.add(version.pragma('data_version', { simple: true }) as number)
        return id
      }),
    )
    version.close()

    expect(new Set(ids).size).toBe(100)
    expect(ids.slice(100)).toEqual(ids.slice(0, 400))
    const left = await quarantine.list(1000)
    expect(left.map(({ times }) => times)).toEqual(Array.from({ length: 100 }, () => 5))
    expect(commits.size).toBeLessThanOrEqual(20)
  })

  it('[QU30] what could not be kept is not answered as kept: each of them hears why', async () => {
    const quarantine = await openQuarantine(db)
    await quarantine.keep(from('hik', 0))
    const full = new Error('disk full')
    vi.spyOn(db, 'transaction').mockImplementationOnce(() => {
      throw full
    })
    const all = await Promise.allSettled([1, 2, 3].map((nth) => quarantine.keep(from('hik', nth))))
    expect(all).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason: full })))
    expect(await quarantine.list(10)).toHaveLength(1)
    await quarantine.keep(from('hik', 4))
    expect(await quarantine.list(10)).toHaveLength(2)
  })
})
