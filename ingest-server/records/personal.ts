// What is personal, in one hand: looks, wishes, retention, erasure, and what hangs on which secret.
import type { EvidenceId } from '#contract/ids'
import type { KeyRing } from './key-ring.ts'
import { openLooks } from './looks.ts'
import { inHundreds, type PersonKeyDb } from './person-keys.ts'
import { openPersonalWishes } from './personal-wishes.ts'
import type { Erased, ErasedCount, Personal } from './port-personal.ts'
import type { ReporterRows } from './reporters.ts'
import { openRetention } from './retention.ts'
import { openSealedRows } from './sealed-rows.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

interface Needs {
  db: RecordsDb
  /** Where the residents' keys lie. */
  box: PersonKeyDb
  ring: KeyRing
  random: Random
  reporters: ReporterRows
  dropPictures: (ids: readonly EvidenceId[]) => Promise<void>
  forget: () => Promise<void>
}

export function openPersonal({ db, box, ring, random, reporters, dropPictures, forget }: Needs): Personal {
  const { retention, erasePictures } = openRetention({ db, reporters, dropPictures, forget })
  async function weigh({ refs, pictures }: Erased): Promise<ErasedCount> {
    const count = { residents: 0, links: 0, pictures: pictures.length }
    for (const some of inHundreds(refs))
      for (const [what, table] of [
        ['residents', 'reporters'],
        ['links', 'links'],
      ] as const) {
        const { rows } = await db
          .selectFrom(table)
          .select((row) => row.fn.countAll<number>().as('rows'))
          .where('ref', 'in', some)
          .executeTakeFirstOrThrow()
        count[what] += Number(rows)
      }
    return count
  }
  return {
    looks: openLooks(db, random),
    wishes: openPersonalWishes(db, random),
    retention,
    sealed: openSealedRows(db, box, ring, reporters, random),
    weigh,
    async erase(what, now) {
      const count = await weigh(what)
      for (const some of inHundreds(what.refs)) await db.deleteFrom('links').where('ref', 'in', some).execute()
      await erasePictures(what.pictures, 'wish', now)
      await reporters.eraseAll(what.refs)
      return count
    },
  }
}
