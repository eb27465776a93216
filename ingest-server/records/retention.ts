// What is older than its kind is kept goes, truly: rows, keys, files with their thumbnails, a few at a time.
import type { EvidenceId, Instant } from '#contract/ids'
import { EvidenceId as AnyEvidenceId } from '#contract/ids'
import { inHundreds } from './person-keys.ts'
import type { KeptDays, KeptKind, Named, Retention, StillOpen } from './port-personal.ts'
import { endedBefore, type ReporterRows } from './reporters.ts'
import type { RecordsDb } from './tables.ts'

const day = 86_400_000
/** In one go: the loop is somebody else's, too. */
const atOnce = 200
/** Each of these simply grows older. `deliveries` on their way stay whatever their age. */
const aging = {
  quarantine: { table: 'quarantine', column: 'last_at' },
  audit: { table: 'audit', column: 'at' },
  notices: { table: 'notices', column: 'made_at' },
  deliveries: { table: 'deliveries', column: 'made_at' },
} as const
type Aging = keyof typeof aging

interface Needs {
  db: RecordsDb
  reporters: Pick<ReporterRows, 'eraseAll'>
  /** Both sizes of each, and nothing of them in any folder. */
  dropPictures: (ids: readonly EvidenceId[]) => Promise<void>
  forget: () => Promise<void>
}

export function openRetention({ db, reporters, dropPictures, forget }: Needs) {
  const agingRows = (kind: Aging, days: KeptDays, now: Instant) => {
    const { table, column } = aging[kind]
    const before = now - days[kind] * day
    const rows = db.selectFrom(table as 'audit').where(column as 'at', '<', before)
    return kind === 'deliveries' ? rows.where('state' as 'what', '!=', 'waiting') : rows
  }

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

  async function eraseAging(kind: Aging, days: KeptDays, now: Instant): Promise<number> {
    const { table } = aging[kind]
    const id = kind === 'quarantine' ? 'id' : 'line'
    const rows = (await agingRows(kind, days, now)
      .select(id as 'line')
      .limit(atOnce)
      .execute()) as unknown as Record<string, string | number>[]
    const ids = rows.map((row) => row[id]!)
    for (const some of inHundreds(ids)) {
      if (kind === 'notices') await eraseLegs(some as number[])
      await db
        .deleteFrom(table as 'audit')
        .where(id as 'line', 'in', some as number[])
        .execute()
    }
    return ids.length
  }

  async function eraseLegs(lines: number[]): Promise<void> {
    const ids = db.selectFrom('notices').select('id').where('line', 'in', lines)
    await db.deleteFrom('notice_legs').where('notice_id', 'in', ids).execute()
  }

  const retention: Retention = {
    async seenUpTo() {
      const row = await db.selectFrom('retention').select('upto').where('kind', '=', 'cases').executeTakeFirst()
      return row?.upto ?? 0
    },
    async note(named, upTo, now) {
      await db.transaction().execute(async (all) => {
        for (const one of named) await noteEnd(all, one)
        const row = { upto: upTo, swept_at: now }
        await all
          .insertInto('retention')
          .values({ kind: 'cases', ...row })
          .onConflict((conflict) => conflict.column('kind').doUpdateSet(row))
          .execute()
      })
    },
    async due(days, open, now) {
      const many = 1_000_000_000
      const counts = {} as Record<KeptKind, number>
      counts.residents = (await oldResidents(days, open, now, many)).length
      for (const kind of ['pictures', 'strayPictures'] as const)
        counts[kind] = (await oldPictures(kind, days, open, now, many)).length
      for (const kind of Object.keys(aging) as Aging[]) {
        const { rows } = await agingRows(kind, days, now)
          .select((row) => row.fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow()
        counts[kind] = Number(rows)
      }
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
      for (const kind of Object.keys(aging) as Aging[]) counts[kind] = await eraseAging(kind, days, now)
      // Who asked for pictures and who looked at whom goes with the audit that says so.
      await db
        .deleteFrom('viewings')
        .where('asked_at', '<', now - days.audit * day)
        .execute()
      await db
        .deleteFrom('reveals')
        .where('at', '<', now - days.audit * day)
        .execute()
      if (Object.values(counts).some((count) => count > 0)) await forget()
      return counts
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
