// What people were when: whoever goes to another post takes nothing of what they did with them.
import { Person } from '#contract/person'
import type { Instant, PersonId } from '#contract/ids'
import type { RecordsDb } from './tables.ts'

export type Was = Pick<Person, 'post' | 'body'>

export interface PeoplePast {
  /** To be told of everybody each time they may have changed. Also what another process wrote is known from then on. */
  keep(people: Iterable<Person>, now: Instant): Promise<void>
  /** Before the first that is known of them they were what they were at first; null for who was never here. */
  wasAt(id: PersonId, at: Instant): Was | null
}

const Kept = Person.pick({ id: true, post: true, body: true })

export function openPeoplePast(db: RecordsDb): PeoplePast {
  const past = new Map<PersonId, { at: Instant; was: Was }[]>()

  async function read(): Promise<void> {
    const rows = await db.selectFrom('people_past').selectAll().orderBy('at').execute()
    past.clear()
    for (const { at, ...row } of rows) {
      const { id, ...was } = Kept.parse(row)
      past.set(id, [...(past.get(id) ?? []), { at, was }])
    }
  }

  return {
    async keep(people, now) {
      await read()
      const changed = [...people].filter(({ id, post, body }) => {
        const last = past.get(id)?.at(-1)?.was
        return last?.post !== post || last.body !== body
      })
      if (changed.length === 0) return
      const rows = changed.map(({ id, post, body }) => ({ id, at: now, post, body }))
      await db
        .insertInto('people_past')
        .values(rows)
        .onConflict((on) =>
          on
            .columns(['id', 'at'])
            .doUpdateSet((row) => ({ post: row.ref('excluded.post'), body: row.ref('excluded.body') })),
        )
        .execute()
      await read()
    },
    wasAt(id, at) {
      const known = past.get(id)
      return (known?.findLast((one) => one.at <= at) ?? known?.[0])?.was ?? null
    },
  }
}
