// Who may sign in: everybody live in one map, their passwords only as argon2id hashes.
import type { Selectable } from 'kysely'
import { Person } from '#contract/person'
import type { Instant, PersonId } from '#contract/ids'
import type { InTurn } from './in-turn.ts'
import { decoyHash, hashPassword, isPassword } from './passwords.ts'
import { openPeoplePast } from './people-past.ts'
import { NameTaken, type Accounts } from './port-people.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Random } from './token.ts'

interface Needs {
  db: RecordsDb
  people: Map<PersonId, Person>
  inTurn: InTurn
  random: Random
  now: () => Instant
  endSessionsOf: (id: PersonId) => Promise<void>
}

export async function openAccounts({ db, people, inTurn, random, now, endSessionsOf }: Needs) {
  const followers = new Set<() => void>()
  const past = openPeoplePast(db)
  // No start waits for it.
  const decoy = decoyHash()

  async function reload(): Promise<void> {
    const rows = await db
      .selectFrom('people')
      .selectAll()
      .where('withdrawn_at', 'is', null)
      .orderBy('added_at')
      .orderBy('id')
      .execute()
    const changed = replace(people, rows.map(personOf))
    await past.keep(people.values(), now())
    if (!changed) return
    for (const tell of followers) tell()
  }
  await reload()

  const accounts: Accounts = {
    people: () => people,
    wasAt: past.wasAt,
    async add({ password, given, ...person }, at) {
      const row = { ...rowOf({ onDuty: false, ...person }), must_change: given ? 1 : 0 }
      const password_hash = await hashPassword(password, random)
      await inTurn(async () => {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('people')
          .values({ ...row, password_hash, added_at: at, withdrawn_at: null })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow()
        if (!numInsertedOrUpdatedRows) throw new NameTaken(person.id)
        await reload()
      })
    },
    change: (id, change) =>
      inTurn(async () => {
        const before = known(people, id)
        await db
          .updateTable('people')
          .set(rowOf({ ...before, ...change, id }))
          .where('id', '=', id)
          .execute()
        await reload()
      }),
    async setPassword(id, password, given) {
      known(people, id)
      const password_hash = await hashPassword(password, random)
      await inTurn(async () => {
        await db
          .updateTable('people')
          .set({ password_hash, must_change: given ? 1 : 0 })
          .where('id', '=', id)
          .execute()
        await endSessionsOf(id)
      })
    },
    withdraw: (id) =>
      inTurn(async () => {
        known(people, id)
        await db.updateTable('people').set({ withdrawn_at: now() }).where('id', '=', id).execute()
        await endSessionsOf(id)
        await reload()
      }),
    async check(id, password) {
      const row = await db
        .selectFrom('people')
        .select(['id', 'password_hash'])
        .where('id', '=', id)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst()
      const right = await isPassword(row?.password_hash ?? (await decoy), password)
      return row && right ? Person.shape.id.parse(row.id) : null
    },
    async mustChange(id) {
      const row = await db.selectFrom('people').select('must_change').where('id', '=', id).executeTakeFirst()
      return row?.must_change === 1
    },
    async everHeld(role) {
      const row = await db.selectFrom('people').select('id').where('role', '=', role).limit(1).executeTakeFirst()
      return row !== undefined
    },
    bindSubject: (id, subject) =>
      inTurn(async () => {
        const other = await db
          .selectFrom('people')
          .select('id')
          .where('sso_subject', '=', subject)
          .where('id', '<>', id)
          .executeTakeFirst()
        if (other) return false
        await db
          .updateTable('people')
          .set({ sso_subject: subject })
          .where('id', '=', id)
          .where('sso_subject', 'is', null)
          .execute()
        const row = await db.selectFrom('people').select('sso_subject').where('id', '=', id).executeTakeFirst()
        return row?.sso_subject === subject
      }),
    async looseSubject(id) {
      await db.updateTable('people').set({ sso_subject: null }).where('id', '=', id).execute()
    },
    follow(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
  }
  return { accounts, reload }
}

function known(people: ReadonlyMap<PersonId, Person>, id: PersonId): Person {
  const person = people.get(id)
  if (!person) throw new Error(`nobody signs in as ${id}`)
  return person
}

/** Puts the map right in place, since the desk holds this very map. True where anything differed. */
function replace(people: Map<PersonId, Person>, rows: Person[]): boolean {
  const before = JSON.stringify([...people.values()])
  if (before === JSON.stringify(rows)) return false
  people.clear()
  for (const person of rows) people.set(person.id, person)
  return true
}

const personOf = (row: Selectable<Tables['people']>): Person =>
  Person.parse({
    id: row.id,
    name: row.name,
    role: row.role,
    post: row.post,
    body: row.body,
    placeIds: JSON.parse(row.place_ids),
    skills: JSON.parse(row.skills),
    onDuty: row.on_duty === 1,
    ...(row.duty_until === null ? {} : { dutyUntil: row.duty_until }),
  })

function rowOf(given: Person) {
  const person = Person.parse(given)
  return {
    id: person.id,
    name: person.name,
    role: person.role,
    post: person.post,
    body: person.body,
    place_ids: JSON.stringify(person.placeIds),
    skills: JSON.stringify(person.skills),
    on_duty: person.onDuty ? 1 : 0,
    duty_until: person.dutyUntil ?? null,
  }
}
