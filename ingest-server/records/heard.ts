// When cameras, gateways and sources were last heard, so that a restart neither forgets a silence nor makes one up.
import { DeviceId, SourceId } from '#contract/ids'
import type { HeardThing, HeardTimes } from './port-hearing.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Selectable } from 'kysely'

/** SQLite takes so many values in one statement. */
const atOnce = 500

export const openHeardTimes = (db: RecordsDb): HeardTimes => ({
  async all() {
    const rows = await db.selectFrom('heard').selectAll().orderBy('kind').orderBy('id').execute()
    return rows.map(thingOf)
  },
  async keep(things) {
    for (let from = 0; from < things.length; from += atOnce)
      await db
        .insertInto('heard')
        .values(things.slice(from, from + atOnce).map(rowOf))
        .onConflict((conflict) =>
          conflict.columns(['kind', 'id']).doUpdateSet((row) => ({
            source_id: row.ref('excluded.source_id'),
            behind: row.ref('excluded.behind'),
            heard_at: row.ref('excluded.heard_at'),
            beats: row.ref('excluded.beats'),
            offline_at: row.ref('excluded.offline_at'),
            offline_how: row.ref('excluded.offline_how'),
          })),
        )
        .execute()
  },
})

const thingOf = (row: Selectable<Tables['heard']>): HeardThing => ({
  kind: row.kind as HeardThing['kind'],
  id: row.id,
  sourceId: row.source_id === null ? null : SourceId.parse(row.source_id),
  behind: row.behind === null ? null : DeviceId.parse(row.behind),
  heardAt: row.heard_at,
  beats: row.beats === 1,
  offline:
    row.offline_at === null
      ? null
      : { at: row.offline_at, how: row.offline_how === 'offline' ? 'offline' : 'last-will' },
})

const rowOf = ({ kind, id, sourceId, behind, heardAt, beats, offline }: HeardThing): Tables['heard'] => ({
  ...{ kind, id, source_id: sourceId, behind, heard_at: heardAt, beats: beats ? 1 : 0 },
  ...{ offline_at: offline?.at ?? null, offline_how: offline?.how ?? null },
})
