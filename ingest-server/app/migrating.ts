// The tables of one street, each kind with its own way forward: looked at, or brought to this version.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { archiveLedger } from '../archive/postgres.ts'
import { migrations as archiveMigrations } from '../archive/tables.ts'
import { lookAtFile, lookAtSchema, migrateSchema, type Migrations, type Standing } from '../engines/migrate.ts'
import { openSqliteArchive } from '../archive/sqlite.ts'
import { openPostgresShelf } from '../records/shelf-postgres.ts'
import { openSqliteShelf } from '../records/shelf-sqlite.ts'
import { migrations as recordsMigrations } from '../records/tables.ts'
import { judgingEdition } from './judging.ts'
import { openJournalOf, type StreetPlace } from './stores.ts'

export interface Step {
  /** A file, or a schema and what lies in it. */
  what: string
  /** How it stood; what was pending has run unless it was only looked at. */
  go(onlyLook: boolean): Promise<Standing>
}

/** What the folder or the schema has: nothing is made that was not there. Each `go` rejects where it is newer than this program. */
export async function stepsOf(place: StreetPlace): Promise<Step[]> {
  return place.postgres ? stepsOfSchema(place) : stepsOfFolder(place.folder)
}

function stepsOfFolder(folder: string): Step[] {
  const kinds: { name: string; migrations: Migrations; bring(path: string): Promise<{ close(): Promise<void> }> }[] = [
    { name: 'records.db', migrations: recordsMigrations, bring: () => openSqliteShelf(folder) },
    {
      ...{ name: 'archive.db', migrations: archiveMigrations },
      bring: (file) => openSqliteArchive({ file, edition: judgingEdition }),
    },
    {
      ...{ name: 'journal.db', migrations: {} },
      bring: () => openJournalOf({ folder }, () => ''),
    },
  ]
  return kinds
    .filter(({ name }) => existsSync(join(folder, name)))
    .map(({ name, migrations, bring }) => ({
      what: join(folder, name),
      async go(onlyLook) {
        const file = join(folder, name)
        const standing = await lookAtFile(file, migrations)
        if (!onlyLook) await (await bring(file)).close()
        return standing
      },
    }))
}

function stepsOfSchema({ postgres }: StreetPlace): Step[] {
  const { schema } = postgres!
  const stand = (ledger: string | undefined, migrations: Migrations, bring: () => Promise<unknown>) => ({
    async go(onlyLook: boolean) {
      const standing = await lookAtSchema(postgres!, migrations, ledger)
      if (!onlyLook) await bring()
      return standing
    },
  })
  return [
    {
      what: `PostgreSQL ${schema}: records`,
      ...stand(undefined, recordsMigrations, async () => (await openPostgresShelf(postgres!)).close()),
    },
    {
      what: `PostgreSQL ${schema}: archive`,
      ...stand(archiveLedger, archiveMigrations, () =>
        migrateSchema(postgres!, archiveMigrations, { ledger: archiveLedger }),
      ),
    },
  ]
}
