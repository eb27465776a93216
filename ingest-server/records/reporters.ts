// Residents' names, phones and addresses: each sealed with a key of its own, apart from the journal, and gone when that key is.
import { createHmac } from 'node:crypto'
import { ReporterRef, type Instant } from '#contract/ids'
import { mobilesIn, plainPhone } from '#contract/personal-numbers'
import { Reporter } from '#contract/report'
import type { KeyRing } from './key-ring.ts'
import { masked } from './mask.ts'
import { inHundreds, personKeysPurpose, type PersonKeys } from './person-keys.ts'
import type { Reporters } from './port-residents.ts'
import { seal, unseal } from './sealing.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

interface Needs {
  db: RecordsDb
  ring: KeyRing
  keys: PersonKeys
  /** What numbers are hashed with to be found by. */
  foundBy: Uint8Array
  random: Random
  /** Nothing that was deleted is left in a log or a free page. */
  forget: () => Promise<void>
}

/** In the place of a secret's key: sealed with the resident's own. */
const own = 'own'

export function openReporters({ db, ring, keys, foundBy, random, forget }: Needs) {
  const sealer = ring.for(personKeysPurpose)

  /** Null: never here, or erased. Of before there were own keys it lies under the secret itself. */
  async function reveal(ref: ReporterRef): Promise<Reporter | null> {
    const row = await db.selectFrom('reporters').selectAll().where('ref', '=', ref).executeTakeFirst()
    if (!row) return null
    if (row.key_id !== own) {
      const text = sealer.open(ref, row)
      if (text === null)
        throw new Error(
          `reporter ${ref} was sealed with key ${row.key_id}, and this folder has ${sealer.ids().join(', ')}`,
        )
      return Reporter.parse(JSON.parse(text))
    }
    const key = await keys.of(ref)
    return key && Reporter.parse(JSON.parse(unseal(key, ref, row)))
  }

  const markOf = (number: string): string => createHmac('sha256', foundBy).update(number).digest('hex')

  function marksOf({ phone, text }: Reporter): string[] {
    const plain = phone === undefined ? null : plainPhone(phone)
    return [...new Set([...(plain === null ? [] : [plain]), ...mobilesIn(text ?? '')])].map(markOf)
  }

  const markRows = (ref: ReporterRef, reporter: Reporter) => marksOf(reporter).map((mark) => ({ mark, ref }))

  const reporters: Reporters = {
    async keep(given, now) {
      const ref = ReporterRef.parse(`r-${Buffer.from(random(16)).toString('hex')}`)
      const reporter = Reporter.parse(given)
      const row = seal(await keys.draw(ref), ref, JSON.stringify(reporter), random(12))
      await db.transaction().execute(async (all) => {
        await all
          .insertInto('reporters')
          .values({ ref, key_id: own, ...row, kept_at: now, ended_at: null })
          .execute()
        const marks = markRows(ref, reporter)
        if (marks.length > 0) await all.insertInto('reporter_marks').values(marks).execute()
      })
      return ref
    },
    reveal,
    async masked(ref) {
      const reporter = await reveal(ref)
      return reporter && masked(reporter)
    },
    erase: (ref) => eraseAll([ref]),
    async refsOf(phone) {
      const plain = plainPhone(phone)
      if (plain === null) return []
      const rows = await db.selectFrom('reporter_marks').select('ref').where('mark', '=', markOf(plain)).execute()
      return rows.map(({ ref }) => ReporterRef.parse(ref))
    },
    async keptAt(ref) {
      const row = await db.selectFrom('reporters').select('kept_at').where('ref', '=', ref).executeTakeFirst()
      return row?.kept_at ?? null
    },
  }

  /** The keys first: once they are gone nothing can be read, whatever happens to the rest. */
  async function eraseAll(refs: readonly ReporterRef[]): Promise<void> {
    await keys.destroy(refs)
    for (const some of inHundreds(refs)) {
      await db.deleteFrom('reporters').where('ref', 'in', some).execute()
      await db.deleteFrom('reporter_marks').where('ref', 'in', some).execute()
    }
    await forget()
  }

  /** Rows of before there were own keys get one, a few at a time. How many were done; 0: none is left that can be opened. */
  async function giveOwnKeys(atMost: number): Promise<number> {
    const rows = await db
      .selectFrom('reporters')
      .select('ref')
      .where('key_id', 'in', sealer.ids())
      .limit(atMost)
      .execute()
    for (const { ref: text } of rows) {
      const ref = ReporterRef.parse(text)
      const reporter = await reveal(ref)
      if (!reporter) continue
      const row = seal(await keys.draw(ref), ref, JSON.stringify(reporter), random(12))
      await db.transaction().execute(async (all) => {
        await all
          .updateTable('reporters')
          .set({ key_id: own, ...row })
          .where('ref', '=', ref)
          .where('key_id', '!=', own)
          .execute()
        await all.deleteFrom('reporter_marks').where('ref', '=', ref).execute()
        const marks = markRows(ref, reporter)
        if (marks.length > 0) await all.insertInto('reporter_marks').values(marks).execute()
      })
    }
    if (rows.length > 0) await forget()
    return rows.length
  }

  return { reporters, eraseAll, giveOwnKeys }
}

export type ReporterRows = ReturnType<typeof openReporters>

/** By rule: the last case that named them ended before that. */
export const endedBefore = async (db: RecordsDb, before: Instant, atMost: number): Promise<ReporterRef[]> => {
  const rows = await db
    .selectFrom('reporters')
    .select('ref')
    .where('ended_at', '<', before)
    .orderBy('ended_at')
    .limit(atMost)
    .execute()
  return rows.map(({ ref }) => ReporterRef.parse(ref))
}
