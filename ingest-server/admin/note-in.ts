// A line into the audit of a street whose records are not opened: opening them would bring an older street forward.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { connectAlone, quoted } from '../engines/postgres.ts'
import type { World } from './call.ts'

export async function noteIn({ folder, postgres, now }: World, what: string, about: string): Promise<void> {
  const row = [now(), 'command-line', what, about]
  if (!postgres) {
    const db = new Database(join(folder, 'records.db'), { timeout: 5000 })
    db.prepare('insert into audit (at, who, what, about) values (?, ?, ?, ?)').run(row)
    db.close()
    return
  }
  const client = await connectAlone(postgres.url)
  const into = `${quoted(postgres.schema)}.audit`
  await client
    .query(`insert into ${into} (at, who, what, about) values ($1, $2, $3, $4)`, row)
    .finally(() => client.end())
}
