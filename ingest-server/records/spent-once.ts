// What may be shown once and no second time: remembered on the disk until nobody could show it any more.
import type { Instant } from '#contract/ids'
import type { SpentOnce } from './port-identity.ts'
import type { RecordsDb } from './tables.ts'

export function openSpentOnce(db: RecordsDb) {
  const spent: SpentOnce = {
    async spend(mark, until) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('spent_once')
        .values({ mark, until })
        .onConflict((on) => on.doNothing())
        .executeTakeFirstOrThrow()
      return Boolean(numInsertedOrUpdatedRows)
    },
  }
  return { spent, sweep: (now: Instant) => db.deleteFrom('spent_once').where('until', '<=', now).execute() }
}
