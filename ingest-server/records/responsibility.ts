// Who answers for what, as the site says it: the version in force at hand, all before it kept.
import { createHash } from 'node:crypto'
import { ResponsibilityTable } from '#contract/responsibility'
import type { InTurn } from './in-turn.ts'
import type { Responsibilities } from './port.ts'
import type { RecordsDb } from './tables.ts'

export async function openResponsibility({ db, inTurn }: { db: RecordsDb; inTurn: InTurn }) {
  let current: ResponsibilityTable | null = null

  async function reload(): Promise<void> {
    const row = await db.selectFrom('responsibility').select('text').orderBy('line', 'desc').limit(1).executeTakeFirst()
    current = row ? ResponsibilityTable.parse(JSON.parse(row.text)) : null
  }
  await reload()

  const responsibility: Responsibilities = {
    current: () => current,
    set: (said, by, now) =>
      inTurn(async () => {
        const table = { version: versionOf(said), rows: said.rows, coverage: said.coverage }
        const text = JSON.stringify(table)
        if (table.version === current?.version) return current
        await db
          .insertInto('responsibility')
          .values({ version: table.version, text, set_by: by, set_at: now })
          .execute()
        await reload()
        return table
      }),
  }
  return { responsibility, reload }
}

/** By its content: the same words are the same version, whoever says them. */
const versionOf = ({ rows, coverage }: Omit<ResponsibilityTable, 'version'>): string =>
  `site-${createHash('sha256')
    .update(JSON.stringify([rows, coverage]))
    .digest('hex')
    .slice(0, 8)}`
