// The robots and gateways the administrator has set up: their addresses sealed, for a robot's address is its key.
import type { Selectable } from 'kysely'
import type { NoticeWayId } from '#contract/notice'
import { NoticeWay, WaySecrets } from '#contract/notice'
import type { InTurn } from './in-turn.ts'
import type { KeyRing, Sealer } from './key-ring.ts'
import type { NoticeWays } from './port-notices.ts'
import { NameTaken } from './port-people.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Random } from './token.ts'

interface Needs {
  db: RecordsDb
  ring: KeyRing
  random: Random
  inTurn: InTurn
}

export async function openNoticeWays({ db, ring, random, inTurn }: Needs) {
  const sealer = ring.for('sanping notice ways')
  const byId = new Map<NoticeWayId, NoticeWay>()
  const secrets = new Map<NoticeWayId, WaySecrets>()

  async function reload(): Promise<void> {
    const rows = await db.selectFrom('notice_ways').selectAll().orderBy('id').execute()
    byId.clear()
    secrets.clear()
    for (const row of rows) {
      const way = wayOf(row)
      byId.set(way.id, way)
      const opened = openedBy(sealer, row)
      if (opened) secrets.set(way.id, opened)
    }
  }
  await reload()

  const ways: NoticeWays = {
    live: () => byId,
    secretsOf: (id) => secrets.get(id) ?? null,
    add: ({ id, name, kind, bodies, settings }, kept, now) =>
      inTurn(async () => {
        const row = {
          id,
          name,
          kind,
          bodies: JSON.stringify(bodies),
          settings: JSON.stringify(settings),
          added_at: now,
        }
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('notice_ways')
          .values({ ...row, ...sealer.seal(id, JSON.stringify(kept), random(12)) })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        if (!numInsertedOrUpdatedRows) throw new NameTaken(id)
        await reload()
      }),
    remove: (id) =>
      inTurn(async () => {
        const { numDeletedRows } = await db.deleteFrom('notice_ways').where('id', '=', id).executeTakeFirstOrThrow()
        await reload()
        return numDeletedRows > 0n
      }),
  }
  return { ways, reload }
}

/** Null where it was sealed with a secret this folder does not have: it is seen, and nothing goes by it. */
function openedBy(sealer: Sealer, row: Selectable<Tables['notice_ways']>): WaySecrets | null {
  const text = sealer.open(row.id, row)
  return text === null ? null : WaySecrets.parse(JSON.parse(text))
}

const wayOf = (row: Selectable<Tables['notice_ways']>): NoticeWay =>
  NoticeWay.parse({
    ...{ id: row.id, name: row.name, kind: row.kind },
    ...{ bodies: JSON.parse(row.bodies), settings: JSON.parse(row.settings) },
  })
