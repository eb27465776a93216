// Walls that nobody signs in at: a link shown once makes the first device that opens it a read-only wall.
import type { Instant } from '#contract/ids'
import { PlaceId } from '#contract/ids'
import { WallSite } from '#contract/wall-site'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { InTurn } from './in-turn.ts'
import { NameTaken, type Kiosks } from './port-people.ts'
import type { RecordsDb, Tables } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

export interface Wall {
  name: string
  placeIds: PlaceId[]
  boundAt: Instant | null
  site: WallSite
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
  const followers = new Set<(name: string) => void>()

  async function reload(): Promise<void> {
    const rows = await db.selectFrom('kiosks').selectAll().execute()
    const before = new Map([...walls].map(([name, wall]) => [name, JSON.stringify(wall)]))
    walls.clear()
    for (const row of rows) walls.set(row.name, wallOf(row))
    for (const name of new Set([...before.keys(), ...walls.keys()]))
      if (before.get(name) !== JSON.stringify(walls.get(name))) for (const tell of followers) tell(name)
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
            site: null,
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
    list: async () =>
      [...walls.values()].map(({ site: _site, ...wall }) => ({ ...wall, seenAt: sessions.seenAtWall(wall.name) })),
    withdraw: (name) =>
      inTurn(async () => {
        await db.deleteFrom('kiosks').where('name', '=', name).execute()
        await sessions.endAtWall(name)
        await reload()
      }),
    site: (name) => walls.get(name)?.site ?? null,
    setSite: (name, site) =>
      inTurn(async () => {
        const { numUpdatedRows } = await db
          .updateTable('kiosks')
          .set({ site: JSON.stringify(site) })
          .where('name', '=', name)
          .executeTakeFirstOrThrow()
        await reload()
        return numUpdatedRows > 0n
      }),
    boundAt: (name) => walls.get(name)?.boundAt ?? null,
    follow(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
  }
  return { kiosks, reload }
}

const wallOf = (row: Selectable<Tables['kiosks']>): Wall => ({
  name: row.name,
  placeIds: z.array(PlaceId).parse(JSON.parse(row.place_ids)),
  boundAt: row.bound_at,
  site: WallSite.parse(row.site === null ? {} : JSON.parse(row.site)),
})
