// The archive's body on PostgreSQL under the one suite, and what only several processes can show.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgresArchive } from '../../ingest-server/archive/postgres.ts'
import { anEnded, archiveSuite } from '../suites/archive-suite.ts'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'

describe.skipIf(leavesPostgresOut)('on a server of its own', () => {
  let server: Postgres
  beforeAll(async () => void (server = await openPostgres()), 30_000)
  afterAll(() => server.stop())
  const open = (schema: string, edition = 'first') => openPostgresArchive({ url: server.url, schema, edition })
  const kept = { subject: anEnded('20261120-001', '2026-11-20 11:00'), facts: null }

  archiveSuite('in a schema', () => open(server.schema()))

  it('[TI10] opened again it has its cases and knows how far it came; judged by other formulas it starts anew', async () => {
    const schema = server.schema()
    const before = await open(schema)
    await before.put([kept], { journal: 'journal-1', revision: 41 })
    await before.close()
    const after = await open(schema)
    expect(after.upTo()).toEqual({ journal: 'journal-1', revision: 41 })
    expect(await after.get(kept.subject.id)).toEqual(kept.subject)
    await after.close()
    const other = await open(schema, 'second')
    expect(other.upTo()).toEqual({ journal: '', revision: 0 })
    expect(await other.get(kept.subject.id)).toBeNull()
    await other.close()
  })

  it('[TI30] who takes the archiving over looks how far the other came', async () => {
    const schema = server.schema()
    const [one, other] = [await open(schema), await open(schema)]
    await one.put([kept], { journal: 'journal-1', revision: 41 })
    expect(other.upTo().revision).toBe(0)
    await other.look()
    expect(other.upTo()).toEqual({ journal: 'journal-1', revision: 41 })
    await one.close()
    await other.close()
  })

  it('[PG3] two streets in one database never see each other', async () => {
    const [east, west] = [await open(server.schema()), await open(server.schema())]
    await Promise.all(
      Array.from({ length: 40 }, async (_, nth) => {
        await (nth % 2 === 0 ? east : west).search({ limit: 10 })
        if (nth === 20) await east.put([kept], { journal: 'journal-1', revision: 1 })
      }),
    )
    expect(await east.search({ limit: 10 })).toHaveLength(1)
    expect(await west.search({ limit: 10 })).toEqual([])
    await east.close()
    await west.close()
  })
})
