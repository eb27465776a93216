// What is older than its kind is kept goes, truly: rows, keys, files with their thumbnails, a few at a time.
import type { EvidenceId, Instant } from '#contract/ids'
import { EvidenceId as AnyEvidenceId } from '#contract/ids'
import { inHundreds } from './person-keys.ts'
import { keptKinds, type KeptKind } from '#contract/kept'
import type { KeptDays, Named, Retention, StillOpen } from './port-personal.ts'
import { endedBefore, type ReporterRows } from './reporters.ts'
import { agingKinds, openAging } from './retention-aging.ts'
import type { RecordsDb } from './tables.ts'

const day = 86_400_000
/** In one go: the loop is somebody else's, too. */
const atOnce = 200
interface Needs {
  db: RecordsDb
  reporters: Pick<ReporterRows, 'eraseAll'>
  /** Both sizes of each, and nothing of them in any folder. */
  dropPictures: (ids: readonly EvidenceId[]) => Promise<void>
  forget: () => Promise<void>
}

export function openRetention({ db, reporters, dropPictures, forget }: Needs) {
  const aging = openAging(db)

  async function oldResidents(days: KeptDays, open: StillOpen, now: Instant, atMost: number) {
    const due = await endedBefore(db, now - days.residents * day, atMost + open.refs.size)
    return due.filter((ref) => !open.refs.has(ref)).slice(0, atMost)
  }

  /** By the end of the last case that holds it, or, where none ever did, by its own age. */
  async function oldPictures(
    kind: 'pictures' | 'strayPictures',
    days: KeptDays,
    open: StillOpen,
    now: Instant,
    atMost: number,
  ) {
    const before = now - days[kind] * day
    const rows = await db
      .selectFrom('evidence')
      .select('id')
      .where((row) =>
        kind === 'pictures'
          ? row('ended_at', '<', before)
          : row.and([row('ended_at', 'is', null), row('kept_at', '<', before)]),
      )
      .limit(atMost + open.pictures.size)
      .execute()
    const ids = rows.map(({ id }) => AnyEvidenceId.parse(id))
    return ids.filter((id) => !open.pictures.has(id)).slice(0, atMost)
  }

  async function erasePictures(ids: readonly EvidenceId[], why: string, now: Instant): Promise<void> {
    for (const some of inHundreds(ids)) {
      await db
        .insertInto('erased')
        .values(some.map((id) => ({ kind: 'picture', id, at: now, why })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      // The row first: a picture without a row is nobody's, a row without its file would be a hole in a page.
      await db.deleteFrom('evidence').where('id', 'in', some).execute()
      await dropPictures(some)
    }
  }

  const retention: Retention = {
    async seenUpTo() {
      const row = await db.selectFrom('retention').select('upto').where('kind', '=', 'cases').executeTakeFirst()
      return row?.upto ?? 0
    },
    async note(named, upTo, now) {
      await db.transaction().execute(async (all) => {
        for (const one of named) await noteEnd(all, one)
        await noteSwept(all, 'cases', { upto: upTo, swept_at: now })
      })
    },
    async due(days, open, now) {
      const many = 1_000_000_000
      const counts = {} as Record<KeptKind, number>
      counts.residents = (await oldResidents(days, open, now, many)).length
      for (const kind of ['pictures', 'strayPictures'] as const)
        counts[kind] = (await oldPictures(kind, days, open, now, many)).length
      for (const kind of agingKinds) counts[kind] = await aging.due(kind, days, now)
      return counts
    },
    strays: (days, open, now) => oldPictures('strayPictures', days, open, now, atOnce),
    async sweep(days, open, now) {
      const counts = {} as Record<KeptKind, number>
      const refs = await oldResidents(days, open, now, atOnce)
      if (refs.length > 0) await reporters.eraseAll(refs)
      for (const some of inHundreds(refs)) await db.deleteFrom('links').where('ref', 'in', some).execute()
      counts.residents = refs.length
      for (const kind of ['pictures', 'strayPictures'] as const) {
        const ids = await oldPictures(kind, days, open, now, atOnce)
        await erasePictures(ids, 'rule', now)
        counts[kind] = ids.length
      }
      for (const kind of agingKinds) counts[kind] = await aging.erase(kind, days, now)
      if (Object.values(counts).some((count) => count > 0)) await forget()
      return counts
    },
    async swept(days, now) {
      for (const kind of keptKinds) await noteSwept(db, kind, { upto: now - days[kind] * day, swept_at: now })
    },
    async sweptAt() {
      const rows = await db.selectFrom('retention').select(['kind', 'swept_at']).execute()
      const isKind = (kind: string): kind is KeptKind => keptKinds.some((one) => one === kind)
      return new Map(rows.flatMap(({ kind, swept_at }) => (isKind(kind) ? [[kind, Number(swept_at)] as const] : [])))
    },
    async pictureGone(id) {
      const row = await db
        .selectFrom('erased')
        .select('at')
        .where('kind', '=', 'picture')
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.at ?? null
    },
  }
  return { retention, erasePictures }
}

const noteSwept = (db: RecordsDb, kind: KeptKind | 'cases', row: { upto: Instant; swept_at: Instant }) =>
  db
    .insertInto('retention')
    .values({ kind, ...row })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(row))
    .execute()

/** The later end holds. */
async function noteEnd(db: RecordsDb, { endedAt, refs, pictures }: Named): Promise<void> {
  for (const some of inHundreds(refs))
    await db
      .updateTable('reporters')
      .set({ ended_at: endedAt })
      .where('ref', 'in', some)
      .where((row) => row.or([row('ended_at', 'is', null), row('ended_at', '<', endedAt)]))
      .execute()
  for (const some of inHundreds(pictures))
    await db
      .updateTable('evidence')
      .set({ ended_at: endedAt })
      .where('id', 'in', some)
      .where((row) => row.or([row('ended_at', 'is', null), row('ended_at', '<', endedAt)]))
      .execute()
}
