// Browsers that have signed in before: what a stranger's wrong tries must not shut out.
import type { Instant, PersonId } from '#contract/ids'
import type { KnownDevices } from './port-identity.ts'
import type { RecordsDb } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

/** Not used for so long, it is a stranger's again. */
export const knownFor = 180 * 24 * 3_600_000

export function openKnownDevices({ db, random }: { db: RecordsDb; random: Random }) {
  const rowOf = (person_id: string, device: string, now: Instant) =>
    db
      .selectFrom('known_devices')
      .select('token_hash')
      .where('token_hash', '=', hashOf(`${person_id} ${device}`))
      .where('person_id', '=', person_id)
      .where('seen_at', '>', now - knownFor)
      .executeTakeFirst()

  const devices: KnownDevices = {
    async remember(id, device, now) {
      // One browser may be several people's: a hash of each, under what it keeps once.
      const token = device ?? drawToken(random)
      await db
        .insertInto('known_devices')
        .values({ token_hash: hashOf(`${id} ${token}`), person_id: id, seen_at: now })
        .onConflict((on) => on.column('token_hash').doUpdateSet({ seen_at: now }))
        .execute()
      return token
    },
    knows: async (id, device, now) => device !== null && (await rowOf(id, device, now)) !== undefined,
    async forgetAll(id: PersonId) {
      await db.deleteFrom('known_devices').where('person_id', '=', id).execute()
    },
  }
  return {
    devices,
    sweep: (now: Instant) =>
      db
        .deleteFrom('known_devices')
        .where('seen_at', '<=', now - knownFor)
        .execute(),
  }
}
