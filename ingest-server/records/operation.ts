// How much waits, fails, lies and is locked, counted out of the records' own tables.
import type { OperationCounts, Operation } from './port-operation.ts'
import type { Retention } from './port-personal.ts'
import type { RecordsDb } from './tables.ts'

const day = 86_400_000

export function openOperation(db: RecordsDb, retention: Pick<Retention, 'sweptAt'>): Operation {
  async function outbox(): Promise<OperationCounts['outbox']> {
    const rows = await db
      .selectFrom('deliveries')
      .select(({ fn }) => ['state', fn.countAll<number>().as('rows'), fn.min('made_at').as('oldest')])
      .where('state', 'in', ['waiting', 'dead'])
      .groupBy('state')
      .execute()
    const of = (state: string) => rows.find((row) => row.state === state)
    return {
      ...{ waiting: Number(of('waiting')?.rows ?? 0), dead: Number(of('dead')?.rows ?? 0) },
      oldestAt: at(of('waiting')?.oldest),
    }
  }

  async function notices(now: number): Promise<OperationCounts['notices']> {
    const rows = await db
      .selectFrom('notices')
      .select(({ fn }) => ['state', fn.countAll<number>().as('rows')])
      .where('made_at', '>=', now - day)
      .groupBy('state')
      .execute()
    const waits = await db
      .selectFrom('notices')
      .select(({ fn }) => fn.min('made_at').as('oldest'))
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    return {
      byState: Object.fromEntries(rows.map((row) => [row.state, Number(row.rows)])),
      oldestAt: at(waits?.oldest),
    }
  }

  async function evidence(): Promise<OperationCounts['evidence']> {
    const row = await db
      .selectFrom('evidence')
      .select(({ fn }) => [
        fn.countAll<number>().as('rows'),
        fn.sum<number | null>('full_bytes').as('full'),
        fn.sum<number | null>('thumb_bytes').as('thumb'),
      ])
      .executeTakeFirstOrThrow()
    return { pictures: Number(row.rows), bytes: Number(row.full ?? 0) + Number(row.thumb ?? 0) }
  }

  async function sessions(): Promise<OperationCounts['sessions']> {
    const row = await db
      .selectFrom('sessions')
      .select(({ fn }) => [fn.count<number>('person_id').as('people'), fn.count<number>('kiosk').as('walls')])
      .executeTakeFirstOrThrow()
    return { people: Number(row.people), walls: Number(row.walls) }
  }

  const rowsOf = async (counted: Promise<{ rows: number | string | bigint }>): Promise<number> =>
    Number((await counted).rows)

  /** The last line of the audit about such a deed. */
  const lastOf = (what: string) =>
    db
      .selectFrom('audit')
      .select(['at', 'about'])
      .where('what', '=', what)
      .orderBy('line', 'desc')
      .limit(1)
      .executeTakeFirst()

  async function backup(): Promise<OperationCounts['backup']> {
    const row = await lastOf('backup-taken')
    const [, revision] = / (\d+)$/.exec(row?.about ?? '') ?? []
    return row ? { at: row.at, revision: revision === undefined ? null : Number(revision) } : null
  }

  async function verified(): Promise<OperationCounts['verified']> {
    const row = await lastOf('journal-verified')
    const [, how, revision] = /^(sound|broken) (\d+)/.exec(row?.about ?? '') ?? []
    return row && how ? { at: row.at, sound: how === 'sound', revision: Number(revision) } : null
  }

  async function retentionAt(): Promise<OperationCounts['retentionAt']> {
    const row = await db.selectFrom('retention').select('swept_at').where('kind', '=', 'cases').executeTakeFirst()
    return at(row?.swept_at)
  }

  return {
    async counts(now) {
      return {
        outbox: await outbox(),
        notices: await notices(now),
        quarantined: await rowsOf(
          db
            .selectFrom('quarantine')
            .select(({ fn }) => fn.countAll<number>().as('rows'))
            .where('replayed_at', 'is', null)
            .executeTakeFirstOrThrow(),
        ),
        evidence: await evidence(),
        locks: await rowsOf(
          db
            .selectFrom('sign_in_tries')
            .select(({ fn }) => fn.countAll<number>().as('rows'))
            .where('until', '>', now)
            .executeTakeFirstOrThrow(),
        ),
        sessions: await sessions(),
        wishes: await rowsOf(
          db
            .selectFrom('personal_wishes')
            .select(({ fn }) => fn.countAll<number>().as('rows'))
            .where('decided_at', 'is', null)
            .executeTakeFirstOrThrow(),
        ),
        backup: await backup(),
        ...{ retentionAt: await retentionAt(), sweptAt: await retention.sweptAt() },
        verified: await verified(),
      }
    },
    async reached() {
      await db.selectFrom('people').select('id').limit(1).execute()
    },
  }
}

const at = (time: number | string | null | undefined): number | null =>
  time === null || time === undefined ? null : Number(time)
