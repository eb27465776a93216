// Who is told beyond the street, with their secrets sealed, and up to which line of the journal each was told.
import type { Insertable, Selectable, Updateable } from 'kysely'
import { z } from 'zod'
import type { Instant } from '#contract/ids'
import { Neighbour, NeighbourId } from '#contract/neighbour'
import type { InTurn } from './in-turn.ts'
import type { KeyRing, Sealer } from './key-ring.ts'
import { NameTaken } from './port-people.ts'
import type { NeighbourSecrets, Neighbours } from './port-neighbours.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Random } from './token.ts'

const Settings = z.record(z.string(), z.string())
const Secrets = z.object({
  signing: z.array(z.object({ secret: z.string(), until: z.number().optional() })),
  key: z.string().optional(),
})

interface Needs {
  db: RecordsDb
  ring: KeyRing
  random: Random
  inTurn: InTurn
}

export async function openNeighbours({ db, ring, random, inTurn }: Needs) {
  const sealer = ring.for('sanping neighbours')
  const byId = new Map<NeighbourId, Neighbour>()
  const secrets = new Map<NeighbourId, NeighbourSecrets>()

  async function reload(): Promise<void> {
    const rows = await db.selectFrom('neighbours').selectAll().where('withdrawn_at', 'is', null).orderBy('id').execute()
    byId.clear()
    secrets.clear()
    for (const row of rows) {
      const neighbour = neighbourOf(row)
      const kept = opened(sealer, row)
      secrets.set(neighbour.id, kept ?? { signing: [] })
      // Told unsigned they would turn away all of it: it waits until somebody gives them a new secret.
      byId.set(neighbour.id, kept ? neighbour : { ...neighbour, paused: { at: row.added_at, why: lost } })
    }
  }
  await reload()

  const sealedOf = (id: NeighbourId, kept: NeighbourSecrets) => sealer.seal(id, JSON.stringify(kept), random(12))

  async function change(id: NeighbourId, set: Updateable<Tables['neighbours']>): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('neighbours')
      .set(set)
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirstOrThrow()
    await reload()
    return numUpdatedRows > 0n
  }

  const neighbours: Neighbours = {
    live: () => byId,
    secretsOf: (id) => secrets.get(id) ?? { signing: [] },
    add: (neighbour, kept, now) =>
      inTurn(async () => {
        await keep(db, { ...rowOf(neighbour), ...sealedOf(neighbour.id, kept) }, now)
        await reload()
      }),
    async list() {
      const rows = await db.selectFrom('neighbours').selectAll().orderBy('id').execute()
      return rows.map((row) => ({ ...neighbourOf(row), addedAt: row.added_at, withdrawnAt: row.withdrawn_at }))
    },
    setSecrets: (id, kept) => inTurn(() => change(id, sealedOf(id, kept))),
    pause: (id, why, now) => inTurn(() => change(id, { paused_at: now, paused_why: why })),
    resume: (id) => inTurn(() => change(id, { paused_at: null, paused_why: null })),
    withdraw: (id, now) => inTurn(() => change(id, { withdrawn_at: now, ...sealedOf(id, { signing: [] }) })),
  }
  return { neighbours, reload }
}

const lost = '密钥打不开，请用 neighbour rotate 换新的 · its secret does not open: rotate it'

/** Null where it was sealed with a secret this folder does not have. */
function opened(sealer: Sealer, row: Selectable<Tables['neighbours']>): NeighbourSecrets | null {
  const text = sealer.open(row.id, row)
  return text === null ? null : (Secrets.parse(JSON.parse(text)) as NeighbourSecrets)
}

type Row = Omit<Insertable<Tables['neighbours']>, 'added_at' | 'withdrawn_at'>

/** One that was withdrawn may come back: it is told from then on. */
async function keep(db: RecordsDb, given: Row, now: Instant): Promise<void> {
  const row = { ...given, added_at: now, withdrawn_at: null }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('neighbours')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where('neighbours.withdrawn_at', 'is not', null))
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) throw new NameTaken(given.id)
}

const rowOf = ({ id, name, kind, url, toldOf, source, settings, paused }: Neighbour) => ({
  ...{ id, name, kind, url, told_of: JSON.stringify(toldOf), source_id: source ?? null },
  ...{ settings: JSON.stringify(settings), paused_at: paused?.at ?? null, paused_why: paused?.why ?? null },
  ...{ journal: null, revision: null },
})

const neighbourOf = (row: Selectable<Tables['neighbours']>): Neighbour =>
  Neighbour.parse({
    id: NeighbourId.parse(row.id),
    ...{ name: row.name, kind: row.kind, url: row.url, toldOf: JSON.parse(row.told_of) },
    ...(row.source_id !== null && { source: row.source_id }),
    settings: Settings.parse(JSON.parse(row.settings)),
    paused: row.paused_at === null ? null : { at: row.paused_at, why: row.paused_why ?? '' },
  })
