// Who may send reports: camera platforms, edge boxes, hotlines, each with a key kept only as its hash.
import { z } from 'zod'
import { SourceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Selectable } from 'kysely'
import type { InTurn } from './in-turn.ts'
import type { KeyRing } from './key-ring.ts'
import { NameTaken } from './port-people.ts'
import { type Source, type Sources, type SourceWays } from './port.ts'
import { openSourceSecrets } from './source-secrets.ts'
import { openSourceTests } from './source-tests.ts'
import type { RecordsDb, Tables } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

/** So that a key left in a log or a repository is seen for what it is. */
const prefix = 'sp_'
const Mapping = z.record(z.string(), z.string())

interface Needs {
  db: RecordsDb
  inTurn: InTurn
  random: Random
  ring: KeyRing
  now: () => Instant
}

export async function openSources({ db, inTurn, random, ring, now }: Needs) {
  const byHash = new Map<string, { source: Source; endsAt: Instant | null }>()
  const byId = new Map<SourceId, Source>()
  const secrets = openSourceSecrets({ db, ring, random, now })
  const tests = openSourceTests({ db, random, now })

  async function reload(): Promise<void> {
    const rows = await db.selectFrom('sources').selectAll().where('withdrawn_at', 'is', null).execute()
    const old = await db.selectFrom('source_keys').selectAll().execute()
    await secrets.reload()
    await tests.reload()
    byHash.clear()
    byId.clear()
    for (const row of rows) {
      const source = sourceOf(row)
      byHash.set(row.key_hash, { source, endsAt: null })
      byId.set(source.id, source)
    }
    for (const { key_hash, source_id, ends_at } of old) {
      const source = byId.get(source_id as SourceId)
      if (source) byHash.set(key_hash, { source, endsAt: ends_at })
    }
  }
  await reload()

  /** In turn, and known at once; null where no source of that id may send. */
  const ofLive = <T>(id: SourceId, work: (source: Source) => Promise<T>): Promise<T | null> =>
    inTurn(async () => {
      const source = byId.get(id)
      if (!source) return null
      const done = await work(source)
      await reload()
      return done
    })

  async function change(id: SourceId, row: Partial<ReturnType<typeof waysRow>> & Partial<MappingRow>): Promise<true> {
    await db.updateTable('sources').set(row).where('id', '=', id).where('withdrawn_at', 'is', null).execute()
    return true
  }

  const sources: Sources = {
    byKey(key) {
      const found = byHash.get(hashOf(key))
      return found && (found.endsAt === null || now() < found.endsAt) ? found.source : null
    },
    add: (source, at) =>
      inTurn(async () => {
        const key = prefix + drawToken(random)
        await keep(db, source, hashOf(key), at)
        await forgetProofs(source.id)
        if (source.byDigest) await secrets.addDigest(source.id, key, at, at)
        await reload()
        return key
      }),
    async list() {
      const rows = await db.selectFrom('sources').selectAll().orderBy('id').execute()
      const old = await db.selectFrom('source_keys').selectAll().where('ends_at', '>', now()).execute()
      return rows.map((row) => ({
        ...sourceOf(row),
        ...{ addedAt: row.added_at, withdrawnAt: row.withdrawn_at },
        keys: [
          { madeAt: row.key_made_at ?? row.added_at, endsAt: row.withdrawn_at },
          ...old.flatMap((one) => (one.source_id === row.id ? [{ madeAt: one.made_at, endsAt: one.ends_at }] : [])),
        ],
        secrets: secrets.listed(row.id as SourceId),
      }))
    },
    live: () => byId,
    map: async (id, { matters, cameras }) =>
      (await ofLive(id, () => change(id, { matters: JSON.stringify(matters), cameras: JSON.stringify(cameras) }))) !==
      null,
    setWays: async (id, ways) => (await ofLive(id, (source) => change(id, waysRow({ ...source, ...ways })))) !== null,
    rotate: (id, endsOldAt, at) =>
      ofLive(id, async ({ byDigest }) => {
        const key = prefix + drawToken(random)
        await db.transaction().execute(async (all) => {
          const was = await all.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
          await all.deleteFrom('source_keys').where('ends_at', '<=', at).execute()
          await all
            .updateTable('source_keys')
            .set({ ends_at: endsOldAt })
            .where('source_id', '=', id)
            .where('ends_at', '>', endsOldAt)
            .execute()
          await all
            .insertInto('source_keys')
            .values({
              ...{ key_hash: was.key_hash, source_id: id },
              ...{ made_at: was.key_made_at ?? was.added_at, ends_at: endsOldAt },
            })
            .execute()
          await all
            .updateTable('sources')
            .set({ key_hash: hashOf(key), key_made_at: at })
            .where('id', '=', id)
            .execute()
        })
        if (byDigest) await secrets.addDigest(id, key, endsOldAt, at)
        return key
      }),
    addSecret: (id, endsOldAt, at) => ofLive(id, () => secrets.addSigning(id, endsOldAt, at)),
    secretsOf: (id) => (byId.has(id) ? secrets.signing(id) : []),
    digestsOf: (id) => (byId.has(id) ? secrets.digests(id) : []),
    mintTest: (id, at) => ofLive(id, () => tests.mint(id, at)),
    async spendTest(token) {
      const id = await tests.spend(token)
      return id === null ? null : (byId.get(id) ?? null)
    },
    withdraw: (id, at) =>
      inTurn(async () => {
        await db
          .updateTable('sources')
          .set({ withdrawn_at: at })
          .where('id', '=', id)
          .where('withdrawn_at', 'is', null)
          .execute()
        await forgetProofs(id)
        await reload()
      }),
  }

  /** A source that comes back begins anew: what proved it before proves nothing. */
  async function forgetProofs(id: SourceId): Promise<void> {
    await db.deleteFrom('source_keys').where('source_id', '=', id).execute()
    await db.deleteFrom('source_tests').where('source_id', '=', id).execute()
    await secrets.forget(id)
  }

  return { sources, reload }
}

/** A withdrawn source may come back, under a new key: it is the same box, and its event ids still mean the same events. */
async function keep(db: RecordsDb, source: Source, key_hash: string, now: Instant): Promise<void> {
  const row = {
    id: source.id,
    name: source.name,
    matters: JSON.stringify(source.matters),
    cameras: JSON.stringify(source.cameras),
    ...waysRow(source),
    ...{ key_hash, key_made_at: now, added_at: now, withdrawn_at: null },
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('sources')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where('sources.withdrawn_at', 'is not', null))
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) throw new NameTaken(source.id)
}

interface MappingRow {
  matters: string
  cameras: string
}

const waysRow = ({ mustSign, byAddress, byDigest, perMinute }: SourceWays) => ({
  ...{ must_sign: mustSign ? 1 : 0, by_address: byAddress ? 1 : 0, by_digest: byDigest ? 1 : 0 },
  per_minute: perMinute ?? null,
})

/** What is as usual is not said: a source is then its name and its words. */
const sourceOf = (row: Selectable<Tables['sources']>): Source => ({
  id: SourceId.parse(row.id),
  name: row.name,
  matters: Mapping.parse(JSON.parse(row.matters)),
  cameras: Mapping.parse(JSON.parse(row.cameras)),
  ...(row.must_sign === 1 && { mustSign: true }),
  ...(row.by_address === 1 && { byAddress: true }),
  ...(row.by_digest === 1 && { byDigest: true }),
  ...(row.per_minute !== null && { perMinute: row.per_minute }),
})
