// How often somebody may try to sign in: counted on the disk, so that neither a restart nor a second process gives more tries.
import { sql } from 'kysely'
import type { Instant } from '#contract/ids'
import type { SignInTries, Trying } from './port-identity.ts'
import type { RecordsDb } from './tables.ts'
import { hashOf } from './token.ts'

const minute = 60_000
/** After a day without a try the count begins anew. */
const forgottenAfter = 24 * 60 * minute

interface Allowance {
  free: number
  /** After the last free try and each one more, in milliseconds; the last holds for all that follow: nobody is shut out for good. */
  waits: readonly number[]
}

/** One name is one person; a whole command centre may sit behind one address; a device that was here before is its owner's. */
const allowances = {
  name: { free: 10, waits: [1, 2, 5, 15, 30, 60].map((one) => one * minute) },
  device: { free: 10, waits: [1, 2, 5, 15, 30, 60].map((one) => one * minute) },
  address: { free: 100, waits: [1, 5, 15, 60].map((one) => one * minute) },
} satisfies Record<string, Allowance>
type Kind = keyof typeof allowances

/** Names are kept by their hashes: a password typed into the field for the name must not lie here in the clear. */
interface Needs {
  db: RecordsDb
  knows: (name: string, device: string | null, now: Instant) => Promise<boolean>
}

export function openSignInTries({ db, knows }: Needs) {
  /** One statement, so that a thousand tries at once are counted as a thousand. */
  async function count(kind: Kind, key: string, now: Instant): Promise<Instant | null> {
    const { free, waits } = allowances[kind]
    const since = now - forgottenAfter
    const nth = sql<number>`case when sign_in_tries.last_at < ${since} then 1 else sign_in_tries.tries + 1 end`
    // Said to be a time: PostgreSQL would else take what stands beside a nought for a small number.
    const at = (time: Instant) => sql<number>`cast(${time} as bigint)`
    const steps = waits.map((wait, more) => sql`when ${nth} = ${free + more} then ${at(now + wait)}`)
    const counted = await db
      .insertInto('sign_in_tries')
      .values({ key: `${kind}:${key}`, tries: 1, last_at: now, until: 0 })
      .onConflict((on) =>
        on
          .column('key')
          .doUpdateSet({
            tries: nth,
            last_at: now,
            until: sql<number>`case when ${nth} < ${free} then 0 ${sql.join(steps, sql` `)} else ${at(now + waits.at(-1)!)} end`,
          })
          .where('sign_in_tries.until', '<=', now),
      )
      .returning('tries')
      .executeTakeFirst()
    return counted ? null : waiting(kind, key, now)
  }

  async function waiting(kind: Kind, key: string, now: Instant): Promise<Instant | null> {
    const row = await db
      .selectFrom('sign_in_tries')
      .select('until')
      .where('key', '=', `${kind}:${key}`)
      .executeTakeFirst()
    return row && row.until > now ? row.until : null
  }

  const forget = async (kind: Kind, key: string): Promise<boolean> => {
    const { numDeletedRows } = await db
      .deleteFrom('sign_in_tries')
      .where('key', '=', `${kind}:${key}`)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0
  }

  /** A device that has signed in as this name before has a count of its own: strangers' tries cost its owner nothing. */
  const keysOf = async ({ name, address, device }: Trying, now: Instant): Promise<[Kind, string][]> =>
    (await knows(name, device, now))
      ? [['device', hashOf(`${name} ${device ?? ''}`)]]
      : [
          ['address', address],
          ['name', hashOf(name)],
        ]

  const tries: SignInTries = {
    async begin(trying, now) {
      for (const [kind, key] of await keysOf(trying, now)) {
        const until = await count(kind, key, now)
        if (until !== null) return until
      }
      return null
    },
    async passed({ name, address, device }) {
      if (device !== null) await forget('device', hashOf(`${name} ${device}`))
      await forget('name', hashOf(name))
      // Given back, not forgotten: one who knows one password would else try others' for ever.
      await db
        .updateTable('sign_in_tries')
        .set({
          tries: sql<number>`tries - 1`,
          until: sql<number>`case when tries <= ${allowances.address.free} then 0 else until end`,
        })
        .where('key', '=', `address:${address}`)
        .where('tries', '>', 0)
        .execute()
    },
    waits: (name, now) => waiting('name', hashOf(name), now),
    unlock: (name) => forget('name', hashOf(name)),
  }
  return {
    tries,
    sweep: (now: Instant) =>
      db
        .deleteFrom('sign_in_tries')
        .where('last_at', '<', now - forgottenAfter)
        .where('until', '<=', now)
        .execute(),
  }
}
