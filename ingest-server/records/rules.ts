// Every version of a scenario or a calendar that was ever in force: a case goes by the one it was opened under.
import type { KeptRules } from './port.ts'
import type { RecordsDb } from './tables.ts'

export const openRules = (db: RecordsDb): KeptRules => ({
  async keep(rules, now) {
    await db
      .insertInto('rules')
      .values(rules.map(({ key, text }) => ({ key, text, kept_at: now })))
      // What is in force again after another was is the newest again.
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ kept_at: now }))
      .execute()
  },
  async all() {
    const rows = await db.selectFrom('rules').selectAll().orderBy('kept_at').orderBy('key').execute()
    return rows.map(({ key, text, kept_at: keptAt }) => ({ key, text, keptAt }))
  },
})
