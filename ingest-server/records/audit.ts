// Who looked at what is personal, and who changed what only an administrator may: written down, never rewritten, read by one role.
import { sql } from 'kysely'
import type { AuditBook } from './port-identity.ts'
import type { Audit } from './port.ts'
import type { RecordsDb } from './tables.ts'

export const openAudit = (db: RecordsDb): Audit => ({
  async write(line) {
    await db.insertInto('audit').values(line).execute()
  },
})

export const openAuditBook = (db: RecordsDb): AuditBook => ({
  async read({ who, what, about, from, until, before, atMost }) {
    let asked = db.selectFrom('audit').selectAll().orderBy('line', 'desc').limit(atMost)
    if (who !== undefined) asked = asked.where('who', '=', who)
    if (what !== undefined) asked = asked.where('what', '=', what)
    // As it stands, no pattern: `%` in what is looked for is a sign like any other.
    if (about !== undefined) asked = asked.where(sql<boolean>`replace(about, ${about}, '') <> about`)
    if (from !== undefined) asked = asked.where('at', '>=', from)
    if (until !== undefined) asked = asked.where('at', '<', until)
    if (before !== undefined) asked = asked.where('line', '<', before)
    return asked.execute()
  },
  async whats() {
    const rows = await db.selectFrom('audit').select('what').distinct().orderBy('what').execute()
    return rows.map((row) => row.what)
  },
})
