// Who looked at what is personal, and who changed what only an administrator may: written down, never rewritten.
import type { Audit } from './port.ts'
import type { RecordsDb } from './tables.ts'

export const openAudit = (db: RecordsDb): Audit => ({
  async write(line) {
    await db.insertInto('audit').values(line).execute()
  },
})
