// Where people can be reached beyond their screens: their phones' push addresses and their numbers, sealed; and the keys it takes.
import { createECDH, createHmac } from 'node:crypto'
import { PersonId } from '#contract/ids'
import { PushAddress } from '#contract/notice'
import type { InTurn } from './in-turn.ts'
import { keptKey } from './kept-keys.ts'
import type { KeyRing, Sealer } from './key-ring.ts'
import type { Reachable } from './port-notices.ts'
import type { RecordsDb } from './tables.ts'
import { hashOf, type Random } from './token.ts'

interface Needs {
  db: RecordsDb
  ring: KeyRing
  random: Random
  inTurn: InTurn
}

const mostPhones = 10

export async function openReachable({ db, ring, random, inTurn }: Needs) {
  const sealer = ring.for('sanping reachable')
  // Its own key, and not one of the secrets': what was sent out before they changed is still known when it comes back.
  const receipts = await keptKey({ db, ring, random }, 'notice receipts')
  const phones = new Map<PersonId, PushAddress[]>()
  const numbers = new Map<PersonId, string>()

  async function reload(): Promise<void> {
    const rows = await db.selectFrom('push_addresses').selectAll().orderBy('added_at').execute()
    phones.clear()
    // What a secret this folder does not have has sealed is nobody's: whoever it was says it anew.
    for (const row of rows) {
      const text = sealer.open(row.id, row)
      if (text === null) continue
      const person = PersonId.parse(row.person_id)
      phones.set(person, [...(phones.get(person) ?? []), PushAddress.parse(JSON.parse(text))])
    }
    numbers.clear()
    for (const row of await db.selectFrom('phone_numbers').selectAll().execute()) {
      const number = sealer.open(row.person_id, row)
      if (number !== null) numbers.set(PersonId.parse(row.person_id), number)
    }
  }
  await reload()
  const vapid = await keptVapid(db, sealer, random)

  const reachable: Reachable = {
    phonesOf: (id) => phones.get(id) ?? [],
    phones: () => ({ phones: [...phones.values()].flat().length, people: phones.size }),
    subscribe: (person, address, now) =>
      inTurn(async () => {
        const id = hashOf(address.endpoint)
        const row = { person_id: person, added_at: now, ...sealer.seal(id, JSON.stringify(address), random(12)) }
        await db
          .insertInto('push_addresses')
          .values({ id, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute()
        const newest = db
          .selectFrom('push_addresses')
          .select('id')
          .where('person_id', '=', person)
          .orderBy('added_at', 'desc')
          .limit(mostPhones)
        await db.deleteFrom('push_addresses').where('person_id', '=', person).where('id', 'not in', newest).execute()
        await reload()
      }),
    unsubscribe: (endpoint, of) =>
      inTurn(async () => {
        let gone = db.deleteFrom('push_addresses').where('id', '=', hashOf(endpoint))
        if (of !== undefined) gone = gone.where('person_id', '=', of)
        const { numDeletedRows } = await gone.executeTakeFirstOrThrow()
        await reload()
        return numDeletedRows > 0n
      }),
    numberOf: (id) => numbers.get(id) ?? null,
    setNumber: (id, number, now) =>
      inTurn(async () => {
        await db.deleteFrom('phone_numbers').where('person_id', '=', id).execute()
        if (number !== null)
          await db
            .insertInto('phone_numbers')
            .values({ person_id: id, set_at: now, ...sealer.seal(id, number, random(12)) })
            .execute()
        await reload()
      }),
    vapid: () => vapid,
    receiptOf: (id) => createHmac('sha256', receipts).update(id).digest('base64url'),
  }
  return { reachable, reload }
}

/** A new pair would turn every phone's subscription into one that nobody may send to. */
async function keptVapid(db: RecordsDb, sealer: Sealer, random: Random) {
  const row = await db.selectFrom('notice_keys').selectAll().where('name', '=', 'vapid').executeTakeFirst()
  const kept = row && sealer.open('vapid', row)
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(kept ? Buffer.from(kept, 'base64url') : Buffer.from(random(32)))
  const [publicKey, privateKey] = [pair.getPublicKey('base64url'), pair.getPrivateKey('base64url')]
  if (!kept) {
    const sealed = sealer.seal('vapid', privateKey, random(12))
    await db
      .insertInto('notice_keys')
      .values({ name: 'vapid', ...sealed })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(sealed))
      .execute()
  }
  return { publicKey, privateKey }
}
