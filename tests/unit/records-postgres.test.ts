// The records on PostgreSQL: the tests that tell them in files tell them here, and what only a server can show.
import { afterAll, beforeAll, describe } from 'vitest'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { keepHousesIn } from '../suites/records-folder.ts'

describe.skipIf(leavesPostgresOut)('on a server of its own', async () => {
  let server: Postgres
  beforeAll(async () => {
    server = await openPostgres()
    keepHousesIn(() => ({ url: server.url, schema: server.schema() }))
  }, 30_000)
  afterAll(async () => {
    keepHousesIn(null)
    await server.stop()
  })
  await import('./records.test.ts')
  describe('accounts', async () => void (await import('./accounts.test.ts')))
  describe('sessions', async () => void (await import('./session.test.ts')))
})
