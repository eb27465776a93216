// The sessions of one person, as they may look at them and end them; and why one is over, for the device that asks.
import type { Instant, PersonId } from '#contract/ids'
import type { InTurn } from './in-turn.ts'
import type { EndedWhy, Sessions } from './port-people.ts'
import type { Session } from './renewing.ts'
import type { RecordsDb } from './tables.ts'
import { hashOf } from './token.ts'

/** So long a device that was cut off may ask why. */
const toldFor = 24 * 3_600_000
const whys: readonly EndedWhy[] = ['too-many', 'elsewhere', 'administrator', 'sso']

interface Needs {
  db: RecordsDb
  live: ReadonlyMap<string, Session>
  forget: (hashes: string[]) => void
}

type OwnPort = Pick<Sessions, 'listOf' | 'nameOf' | 'end' | 'endAll' | 'endSso' | 'whyEnded'>

/** Enough of the hash to tell five apart; from it nobody comes to the token. */
const nameOf = (hash: string): string => hash.slice(0, 16)

export function openOwnSessions({ db, live, forget }: Needs) {
  const atBrowsers = (id: PersonId): Session[] =>
    [...live.values()]
      .filter((session) => session.personId === id && session.device !== null)
      .sort((one, other) => other.openedAt - one.openedAt)

  /** By what stands on disk, and told why to whoever comes with it. */
  async function over(hashes: readonly string[], why: EndedWhy, at: Instant): Promise<number> {
    if (hashes.length === 0) return 0
    const ended = hashes.map((token_hash) => ({ token_hash, why, at }))
    await db
      .insertInto('ended_sessions')
      .values(ended)
      .onConflict((on) => on.doNothing())
      .execute()
    await db.deleteFrom('sessions').where('token_hash', 'in', hashes).execute()
    forget([...hashes])
    return hashes.length
  }

  const port: OwnPort = {
    listOf: (id) =>
      atBrowsers(id).map(({ hash, device, openedAt, seenAt }) => ({
        id: nameOf(hash),
        device: device ?? '',
        since: openedAt,
        seenAt,
      })),
    nameOf: (token) => nameOf(hashOf(token)),
    async end(id, session, why, now) {
      const rows = await db.selectFrom('sessions').select('token_hash').where('person_id', '=', id).execute()
      const one = rows.find((row) => nameOf(row.token_hash) === session)
      return one !== undefined && (await over([one.token_hash], why, now)) > 0
    },
    async endAll(id, but, why, now) {
      const rows = await db.selectFrom('sessions').select('token_hash').where('person_id', '=', id).execute()
      const kept = but === null ? null : hashOf(but)
      return over(
        rows.flatMap(({ token_hash }) => (token_hash === kept ? [] : [token_hash])),
        why,
        now,
      )
    },
    async endSso({ session, subject }, now) {
      let asked = db.selectFrom('sessions').select('token_hash')
      if (session !== undefined) asked = asked.where('sso_session', '=', session)
      if (subject !== undefined) asked = asked.where('sso_subject', '=', subject)
      if (session === undefined && subject === undefined) return 0
      const rows = await asked.execute()
      return over(
        rows.map((row) => row.token_hash),
        'sso',
        now,
      )
    },
    async whyEnded(token) {
      const row = await db
        .selectFrom('ended_sessions')
        .select('why')
        .where('token_hash', '=', hashOf(token))
        .executeTakeFirst()
      return whys.find((why) => why === row?.why) ?? null
    },
  }

  return {
    port: (inTurn: InTurn): OwnPort => ({
      ...port,
      end: (...asked) => inTurn(() => port.end(...asked)),
      endAll: (...asked) => inTurn(() => port.endAll(...asked)),
      endSso: (...asked) => inTurn(() => port.endSso(...asked)),
    }),
    /** Inside a turn: of those at browsers the newest stay. By the disk, for another process may have opened some. */
    async keepTo(most: number, id: PersonId, now: Instant): Promise<void> {
      const rows = await db
        .selectFrom('sessions')
        .select('token_hash')
        .where('person_id', '=', id)
        .where('device', 'is not', null)
        .orderBy('opened_at', 'desc')
        .orderBy('seen_at', 'desc')
        .execute()
      await over(
        rows.slice(most).map((row) => row.token_hash),
        'too-many',
        now,
      )
    },
    tidy: (now: Instant) =>
      db
        .deleteFrom('ended_sessions')
        .where('at', '<', now - toldFor)
        .execute(),
  }
}
