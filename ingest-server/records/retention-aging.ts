// What simply grows older and goes: which table of which kind, by which of its times, some rows at a time.
import type { Instant } from '#contract/ids'
import { inHundreds } from './person-keys.ts'
import type { KeptDays } from './port-personal.ts'
import type { RecordsDb } from './tables.ts'

const day = 86_400_000
/** In one go: the loop is somebody else's, too. */
const atOnce = 200

/** A row whose time is null is not over: a wish nobody has decided stays, and so does a message on its way. */
const aging = {
  quarantine: { table: 'quarantine', column: 'last_at', id: 'id' },
  audit: { table: 'audit', column: 'at', id: 'line' },
  looks: { table: 'reveals', column: 'at', id: 'id' },
  viewings: { table: 'viewings', column: 'asked_at', id: 'id' },
  wishes: { table: 'personal_wishes', column: 'decided_at', id: 'id' },
  notices: { table: 'notices', column: 'made_at', id: 'line' },
  deliveries: { table: 'deliveries', column: 'made_at', id: 'line', state: 'taken' },
  undelivered: { table: 'deliveries', column: 'made_at', id: 'line', state: 'dead' },
} as const
export type AgingKind = keyof typeof aging
export const agingKinds = Object.keys(aging) as AgingKind[]

export function openAging(db: RecordsDb) {
  const rowsOf = (kind: AgingKind, days: KeptDays, now: Instant) => {
    const { table, column, ...rest } = aging[kind]
    const rows = db.selectFrom(table as 'audit').where(column as 'at', '<', now - days[kind] * day)
    return 'state' in rest ? rows.where('state' as 'what', '=', rest.state) : rows
  }

  async function dropLegs(lines: number[]): Promise<void> {
    const ids = db.selectFrom('notices').select('id').where('line', 'in', lines)
    await db.deleteFrom('notice_legs').where('notice_id', 'in', ids).execute()
  }

  return {
    async due(kind: AgingKind, days: KeptDays, now: Instant): Promise<number> {
      const { rows } = await rowsOf(kind, days, now)
        .select((row) => row.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow()
      return Number(rows)
    },
    /** Some of it; how many went. */
    async erase(kind: AgingKind, days: KeptDays, now: Instant): Promise<number> {
      const { table, id } = aging[kind]
      const rows = await rowsOf(kind, days, now)
        .select((row) => row.ref(id as 'line').as('id'))
        .limit(atOnce)
        .execute()
      const ids = rows.map((row) => row.id)
      for (const some of inHundreds(ids)) {
        if (kind === 'notices') await dropLegs(some)
        await db
          .deleteFrom(table as 'audit')
          .where(id as 'line', 'in', some)
          .execute()
      }
      return ids.length
    },
  }
}
