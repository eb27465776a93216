// Walls that nobody signs in at: a link shown once makes the first device that opens it a read-only wall.
import type { Instant } from '#contract/ids'
import { PlaceId } from '#contract/ids'
import { z } from 'zod'
import type { InTurn } from './in-turn.ts'
import { NameTaken, type Kiosks } from './port.ts'
import type { RecordsDb } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

export interface Wall {
  name: string
  placeIds: PlaceId[]
  boundAt: Instant | null
}

interface Needs {
  db: RecordsDb
  walls: Map<string, Wall>
  inTurn: InTurn
  random: Random
  sessions: {
    beginAtWall: (name: string, now: Instant) => Promise<string>
    endAtWall: (name: string) => Promise<void>
    seenAtWall: (name: string) => Instant | null
  }
}

export async function openKiosks({ db, walls, inTurn, random, sessions }: Needs) {
  async function reload(): Promise<void> {
    const rows = await db.selectFrom('kiosks').selectAll().execute()
    walls.clear()
    for (const row of rows) {
      const placeIds = z.array(PlaceId).parse(JSON.parse(row.place_ids))
      walls.set(row.name, { name: row.name, placeIds, boundAt: row.bound_at })
    }
  }
  await reload()

  const kiosks: Kiosks = {
    add: (name, placeIds, now) =>
      inTurn(async () => {
        const link = drawToken(random)
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('kiosks')
          .values({
            name,
            place_ids: JSON.stringify(placeIds),
            link_hash: hashOf(link),
            added_at: now,
            bound_at: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        if (!numInsertedOrUpdatedRows) throw new NameTaken(name)
        await reload()
        return link
      }),
    bind: (link, now) =>
      inTurn(async () => {
        const bound = await db
          .updateTable('kiosks')
          .set({ bound_at: now })
          .where('link_hash', '=', hashOf(link))
          .where('bound_at', 'is', null)
          .returning('name')
          .executeTakeFirst()
        if (!bound) return null
        await reload()
        return sessions.beginAtWall(bound.name, now)
      }),
    list: async () => [...walls.values()].map((wall) => ({ ...wall, seenAt: sessions.seenAtWall(wall.name) })),
    withdraw: (name) =>
      inTurn(async () => {
        await db.deleteFrom('kiosks').where('name', '=', name).execute()
        await sessions.endAtWall(name)
        await reload()
      }),
  }
  return { kiosks, reload }
}
