// Who is signed in, at which device: random tokens, known only by their hash, ended by time or by the administrator.
import type { Instant, PersonId } from '#contract/ids'
import { PersonId as AnyPersonId } from '#contract/ids'
import type { Person, Viewer } from '#contract/person'
import type { InTurn } from './in-turn.ts'
import type { Wall } from './kiosks.ts'
import { lasting } from './lasting.ts'
import type { Sessions } from './port.ts'
import type { RecordsDb } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

/** How far the kept `seen_at` may lag: a crash shortens a session by no more. */
const savedEvery = 5 * 60_000

interface Session {
  hash: string
  personId: PersonId | null
  kiosk: string | null
  openedAt: Instant
  seenAt: Instant
  savedAt: Instant
}

interface Needs {
  db: RecordsDb
  people: ReadonlyMap<PersonId, Person>
  walls: ReadonlyMap<string, Wall>
  inTurn: InTurn
  random: Random
}

export async function openSessions({ db, people, walls, inTurn, random }: Needs) {
  const live = new Map<string, Session>()
  const followers = new Set<(ended: (token: string) => boolean) => void>()

  async function begin(whose: { person_id: string | null; kiosk: string | null }, now: Instant): Promise<string> {
    const token = drawToken(random)
    const row = { token_hash: hashOf(token), ...whose, opened_at: now, seen_at: now }
    await db.insertInto('sessions').values(row).execute()
    live.set(row.token_hash, sessionOf(row))
    return token
  }

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
    forget([...live.keys()].filter((hash) => !kept.has(hash)))
    for (const row of rows) if (!live.has(row.token_hash)) live.set(row.token_hash, sessionOf(row))
  }
  await reload()

  /** Ends what time has ended and, now and then, writes down how far the others have slid. */
  async function tidy(now: Instant): Promise<void> {
    for (const session of [...live.values()]) {
      if (isOver(session, now)) await end('token_hash', session.hash)
      if (session.seenAt - session.savedAt < savedEvery) continue
      await db.updateTable('sessions').set({ seen_at: session.seenAt }).where('token_hash', '=', session.hash).execute()
      session.savedAt = session.seenAt
    }
  }

  const sessions: Sessions = {
    open: (id, now) => inTurn(() => begin({ person_id: id, kiosk: null }, now)),
    viewer(token, now) {
      const session = live.get(hashOf(token))
      if (!session || isOver(session, now)) return null
      session.seenAt = Math.max(session.seenAt, now)
      return session.kiosk === null ? viewerOfPerson(people, session.personId) : viewerOfWall(walls, session.kiosk)
    },
    close: (token) => inTurn(() => end('token_hash', hashOf(token))),
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
    beginAtWall: (kiosk: string, now: Instant) => begin({ person_id: null, kiosk }, now),
    endOfPerson: (id: PersonId) => end('person_id', id),
    endAtWall: (kiosk: string) => end('kiosk', kiosk),
    seenAtWall: (kiosk: string) => [...live.values()].find((session) => session.kiosk === kiosk)?.seenAt ?? null,
  }
}

const sessionOf = (row: {
  token_hash: string
  person_id: string | null
  kiosk: string | null
  opened_at: number
  seen_at: number
}): Session => ({
  hash: row.token_hash,
  personId: row.person_id === null ? null : AnyPersonId.parse(row.person_id),
  kiosk: row.kiosk,
  openedAt: row.opened_at,
  seenAt: row.seen_at,
  savedAt: row.seen_at,
})

function isOver(session: Session, now: Instant): boolean {
  const { idle, atMost } = session.kiosk === null ? lasting.person : lasting.kiosk
  return now >= session.seenAt + idle || now >= session.openedAt + atMost
}

function viewerOfPerson(people: ReadonlyMap<PersonId, Person>, id: PersonId | null): Viewer | null {
  const person = id === null ? undefined : people.get(id)
  return person ? { personId: person.id, name: person.name, role: person.role, placeIds: person.placeIds } : null
}

function viewerOfWall(walls: ReadonlyMap<string, Wall>, name: string): Viewer | null {
  const wall = walls.get(name)
  return wall ? { personId: AnyPersonId.parse(`kiosk:${name}`), name, role: 'wall', placeIds: wall.placeIds } : null
}
