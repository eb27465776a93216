// Which case an order of a hotline became: asked when the platform speaks of one that has left the board.
import { CaseId } from '#contract/ids'
import type { Orders } from './port-residents.ts'
import type { RecordsDb } from './tables.ts'

export const openOrders = (db: RecordsDb): Orders => ({
  async keep(rows) {
    await db
      .insertInto('orders')
      .values(rows.map(({ sourceKey, caseId }) => ({ source_key: sourceKey, case_id: caseId })))
      .onConflict((same) => same.column('source_key').doUpdateSet((row) => ({ case_id: row.ref('excluded.case_id') })))
      .execute()
  },
  async caseOf(sourceKey) {
    const row = await db.selectFrom('orders').select('case_id').where('source_key', '=', sourceKey).executeTakeFirst()
    return row ? CaseId.parse(row.case_id) : null
  },
})
