// What is personal, in one hand: looks, wishes, retention, erasure, and what hangs on which secret.
import type { EvidenceId } from '#contract/ids'
import type { KeyRing } from './key-ring.ts'
import { openLooks } from './looks.ts'
import { inHundreds, type PersonKeyDb } from './person-keys.ts'
import { openPersonalWishes } from './personal-wishes.ts'
import type { Personal } from './port-personal.ts'
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
  return {
    looks: openLooks(db, random),
    wishes: openPersonalWishes(db, random),
    retention,
    sealed: openSealedRows(db, box, ring, reporters, random),
    async erase({ refs, pictures }, now) {
      let [residents, links] = [0, 0]
      for (const some of inHundreds(refs)) {
        const { rows } = await db
          .selectFrom('reporters')
          .select((row) => row.fn.countAll<number>().as('rows'))
          .where('ref', 'in', some)
          .executeTakeFirstOrThrow()
        residents += Number(rows)
        const gone = await db.deleteFrom('links').where('ref', 'in', some).executeTakeFirstOrThrow()
        links += Number(gone.numDeletedRows)
      }
      await erasePictures(pictures, 'wish', now)
      await reporters.eraseAll(refs)
      return { residents, links, pictures: pictures.length }
    },
  }
}
