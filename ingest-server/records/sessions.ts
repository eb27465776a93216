// Who is signed in, at which device: random tokens, known only by their hash, ended by time or by the administrator.
import type { Selectable } from 'kysely'
import type { Instant, PersonId } from '#contract/ids'
import { PersonId as AnyPersonId } from '#contract/ids'
import type { Person, Viewer } from '#contract/person'
import { askedOnce } from './asked-once.ts'
import type { InTurn } from './in-turn.ts'
import type { Wall } from './kiosks.ts'
import { lasting } from './lasting.ts'
import { openOwnSessions } from './own-sessions.ts'
import type { Sessions } from './port-people.ts'
import type { Audit } from './port.ts'
import { isPast, openRenewing, type Session } from './renewing.ts'
import type { RecordsDb, Tables } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

/** How far the kept `seen_at` may lag: a crash shortens a session by no more. */
const savedEvery = 5 * 60_000
/** A phone, a desk, a tablet, and two more: past that somebody has left one behind. */
const most = 5

interface Needs {
  db: RecordsDb
  people: ReadonlyMap<PersonId, Person>
  walls: ReadonlyMap<string, Wall>
  inTurn: InTurn
  random: Random
  now: () => Instant
  audit: Audit
  /** People and walls are read anew: somebody has a session here who was not heard of yet. */
  newcomers: () => Promise<void>
}

interface Whose {
  person_id: string | null
  kiosk: string | null
  renews: string | null
  device?: string | null
  proven_at?: Instant | null
  sso_session?: string | null
  sso_subject?: string | null
}

export async function openSessions({ db, people, walls, inTurn, random, now, audit, newcomers }: Needs) {
  const live = new Map<string, Session>()
  const followers = new Set<(ended: (token: string) => boolean) => void>()
  const renamed = new Set<(before: string, after: string) => void>()

  async function begin(whose: Whose, now: Instant, since = now): Promise<string> {
    const token = drawToken(random)
    const row = { device: null, proven_at: null, token_hash: hashOf(token), ...whose, opened_at: since, seen_at: now }
    await db.insertInto('sessions').values(row).execute()
    live.set(row.token_hash, sessionOf(row))
    return token
  }

  const rowOf = askedOnce(
    async (hash) =>
      (await db.selectFrom('sessions').selectAll().where('token_hash', '=', hash).executeTakeFirst()) ?? null,
    now,
  )

  const renewing = await openRenewing({
    ...{ db, live, audit },
    begin: (whose, now) => begin({ person_id: null, ...whose }, now),
  })

  const own = openOwnSessions({ db, live, forget })

  /** By what stands on disk, not by what is in memory here: the command line ends sessions that another process opened. */
  async function end(column: 'token_hash' | 'person_id' | 'kiosk', value: string): Promise<void> {
    const rows = await db.deleteFrom('sessions').where(column, '=', value).returning('token_hash').execute()
    forget(rows.map((row) => row.token_hash))
  }

  function forget(ended: string[]): void {
    if (ended.length === 0) return
    for (const hash of ended) live.delete(hash)
    const gone = new Set(ended)
    for (const tell of followers) tell((token) => gone.has(hashOf(token)))
  }

  /** What another process wrote, the administrator's command line above all. */
  async function reload(): Promise<void> {
    const rows = await db.selectFrom('sessions').selectAll().execute()
    const kept = new Set(rows.map((row) => row.token_hash))
    // One that was renewed is off the disk and still holds for its minute.
    forget(
      [...live.values()].filter(({ hash, spentAt }) => spentAt === null && !kept.has(hash)).map(({ hash }) => hash),
    )
    for (const row of rows)
      if (!live.has(row.token_hash) && !renewing.isSpent(row.token_hash)) live.set(row.token_hash, sessionOf(row))
  }
  await reload()

  const isHeardOf = ({ kiosk, personId }: Session): boolean =>
    kiosk === null ? personId !== null && people.has(personId) : walls.has(kiosk)

  /** Another process may have been the one that saw it last. */
  async function slidElsewhere(hash: string, found?: Selectable<Tables['sessions']>): Promise<void> {
    const row = found ?? (await db.selectFrom('sessions').selectAll().where('token_hash', '=', hash).executeTakeFirst())
    if (!row) return
    const session = live.get(hash) ?? sessionOf(row)
    session.seenAt = Math.max(session.seenAt, row.seen_at)
    session.savedAt = Math.max(session.savedAt, row.seen_at)
    live.set(hash, session)
  }

  /** Ends what time has ended and, now and then, writes down how far the others have slid. */
  async function tidy(now: Instant): Promise<void> {
    await renewing.tidy(now)
    await own.tidy(now)
    for (const session of [...live.values()]) {
      if (isOver(session, now)) await slidElsewhere(session.hash)
      if (isOver(session, now)) await end('token_hash', session.hash)
      if (session.seenAt - session.savedAt < savedEvery) continue
      await db.updateTable('sessions').set({ seen_at: session.seenAt }).where('token_hash', '=', session.hash).execute()
      session.savedAt = session.seenAt
    }
  }

  const sessions: Sessions = {
    ...own.port(inTurn),
    open: (id, now, { device, provenAt, sso } = {}) =>
      inTurn(async () => {
        const token = await begin(
          {
            ...{ person_id: id, kiosk: null, renews: null },
            ...{ device: device ?? null, proven_at: provenAt ?? null },
            ...{ sso_session: sso?.session ?? null, sso_subject: sso?.subject ?? null },
          },
          now,
        )
        if (device !== undefined) await own.keepTo(most, id, now)
        return token
      }),
    prove: (token, now) =>
      inTurn(async () => {
        const session = live.get(hashOf(token))
        if (!session || session.personId === null || isOver(session, now)) return null
        const row = await db
          .selectFrom('sessions')
          .selectAll()
          .where('token_hash', '=', session.hash)
          .executeTakeFirst()
        if (!row) return null
        const { token_hash, opened_at, seen_at: _seen, ...whose } = row
        const fresh = await begin({ ...whose, proven_at: now }, now, opened_at)
        // Before the old name ends: what hangs on it goes on under the new one.
        for (const tell of renamed) tell(token, fresh)
        await end('token_hash', token_hash)
        return fresh
      }),
    provenAt: (token) => live.get(hashOf(token))?.provenAt ?? null,
    async meet(token) {
      const hash = hashOf(token)
      if (renewing.isSpent(hash)) return
      const known = live.get(hash)
      const found = known && !isOver(known, now()) ? undefined : await rowOf(hash)
      if (found) await slidElsewhere(hash, found)
      // A wall added and bound elsewhere, an account made and signed in elsewhere: the next request may come here.
      const session = live.get(hash)
      if (session && !isHeardOf(session)) await inTurn(newcomers)
    },
    viewer(token, now) {
      const hash = hashOf(token)
      const session = live.get(hash)
      if (!session) renewing.used(hash, now)
      if (!session || isOver(session, now)) return null
      session.seenAt = Math.max(session.seenAt, now)
      if (session.renews !== null) renewing.takeOver(session, now)
      return session.kiosk === null ? viewerOfPerson(people, session.personId) : viewerOfWall(walls, session.kiosk)
    },
    renew: async (token, now) => {
      const session = live.get(hashOf(token))
      if (!session || session.kiosk === null || isOver(session, now)) return null
      return inTurn(() => renewing.offer(session, now))
    },
    wasRenewed(token, now) {
      const hash = hashOf(token)
      const session = live.get(hash)
      return session ? isPast(session, now) : renewing.isSpent(hash)
    },
    close: (token) => inTurn(() => end('token_hash', hashOf(token))),
    followNames(tell) {
      renamed.add(tell)
      return () => void renamed.delete(tell)
    },
    followEnds(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
  }
  return {
    sessions,
    reload,
    tidy: (now: Instant) => inTurn(() => tidy(now)),
    /** Inside a turn already: for accounts and kiosks. */
    beginAtWall: (kiosk: string, now: Instant) => begin({ person_id: null, kiosk, renews: null }, now),
    endOfPerson: (id: PersonId) => end('person_id', id),
    async endAtWall(kiosk: string) {
      await end('kiosk', kiosk)
      await renewing.forgetWall(kiosk)
    },
    seenAtWall(kiosk: string): Instant | null {
      const seen = [...live.values()].filter((session) => session.kiosk === kiosk).map(({ seenAt }) => seenAt)
      return seen.length > 0 ? Math.max(...seen) : null
    },
  }
}

const sessionOf = (row: {
  token_hash: string
  person_id: string | null
  kiosk: string | null
  opened_at: number
  seen_at: number
  renews: string | null
  device: string | null
  proven_at: number | null
}): Session => ({
  hash: row.token_hash,
  personId: row.person_id === null ? null : AnyPersonId.parse(row.person_id),
  kiosk: row.kiosk,
  openedAt: row.opened_at,
  seenAt: row.seen_at,
  savedAt: row.seen_at,
  renews: row.renews,
  device: row.device,
  provenAt: row.proven_at,
  spentAt: null,
})

function isOver(session: Session, now: Instant): boolean {
  const { idle, atMost } = session.kiosk === null ? lasting.person : lasting.kiosk
  return now >= session.seenAt + idle || now >= session.openedAt + atMost || isPast(session, now)
}

function viewerOfPerson(people: ReadonlyMap<PersonId, Person>, id: PersonId | null): Viewer | null {
  const person = id === null ? undefined : people.get(id)
  return person ? { personId: person.id, name: person.name, role: person.role, placeIds: person.placeIds } : null
}

function viewerOfWall(walls: ReadonlyMap<string, Wall>, name: string): Viewer | null {
  const wall = walls.get(name)
  return wall ? { personId: AnyPersonId.parse(`kiosk:${name}`), name, role: 'wall', placeIds: wall.placeIds } : null
}
