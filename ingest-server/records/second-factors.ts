// The code of six digits beside the password (RFC 6238): its secret lies sealed, each code is good once, and so is each recovery code.
import { Secret, TOTP } from 'otpauth'
import type { Instant } from '#contract/ids'
import type { SecondFactors } from './port-identity.ts'
import type { Sealer } from './key-ring.ts'
import type { RecordsDb } from './tables.ts'
import { hashOf, type Random } from './token.ts'

interface Needs {
  db: RecordsDb
  random: Random
  seals: Pick<Sealer, 'seal' | 'open'>
}

/** What authenticator apps know without being told more; RFC 4226 asks for 160 bits of secret. */
const usual = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const secretBytes = 20
/** A phone's clock may be half a minute off, either way. */
const either = 1
const codes = 10
/** Crockford's letters, without what looks alike: 10 of 32 are 50 bits. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

export async function openSecondFactors({ db, random, seals }: Needs) {
  const confirmed = new Set<string>()

  async function reload(): Promise<void> {
    const rows = await db
      .selectFrom('second_factors')
      .select('person_id')
      .where('confirmed_at', 'is not', null)
      .execute()
    confirmed.clear()
    for (const row of rows) confirmed.add(row.person_id)
  }
  await reload()

  const rowOf = (id: string) =>
    db.selectFrom('second_factors').selectAll().where('person_id', '=', id).executeTakeFirst()

  /** Takes the half minute the code is of, if it is newer than the last that was taken; by one statement, whoever else asks now. */
  async function take(id: string, code: string, now: Instant, alsoBegun = false): Promise<'right' | 'wrong' | 'spent'> {
    const row = await rowOf(id)
    if (!row || (row.confirmed_at === null && !alsoBegun)) return 'wrong'
    const secret = seals.open(id, row)
    if (secret === null) throw new Error(`the code of ${id} is sealed with a secret that is not here: reset it`)
    const off = totp(id, Secret.fromBase32(secret)).validate({ token: code, timestamp: now, window: either })
    if (off === null) return 'wrong'
    const step = TOTP.counter({ period: usual.period, timestamp: now }) + off
    const { numUpdatedRows } = await db
      .updateTable('second_factors')
      .set({ last_step: step })
      .where('person_id', '=', id)
      .where('last_step', '<', step)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0 ? 'right' : 'spent'
  }

  async function recover(id: string, code: string, now: Instant): Promise<'recovered' | 'wrong' | 'spent'> {
    const code_hash = hashOf(`${id} ${code}`)
    const { numUpdatedRows } = await db
      .updateTable('recovery_codes')
      .set({ used_at: now })
      .where('person_id', '=', id)
      .where('code_hash', '=', code_hash)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows > 0) return 'recovered'
    const used = await db
      .selectFrom('recovery_codes')
      .select('used_at')
      .where('person_id', '=', id)
      .where('code_hash', '=', code_hash)
      .executeTakeFirst()
    return used ? 'spent' : 'wrong'
  }

  async function drawCodes(id: string): Promise<string[]> {
    const drawn = Array.from({ length: codes }, () => drawCode(random))
    await db.transaction().execute(async (all) => {
      await all.deleteFrom('recovery_codes').where('person_id', '=', id).execute()
      const rows = drawn.map((code) => ({ person_id: id, code_hash: hashOf(`${id} ${plain(code)}`), used_at: null }))
      await all.insertInto('recovery_codes').values(rows).execute()
    })
    return drawn
  }

  const factors: SecondFactors = {
    has: (id) => confirmed.has(id),
    async begin(id, now) {
      if ((await rowOf(id))?.confirmed_at) return null
      const secret = new Secret({ buffer: new Uint8Array(random(secretBytes)).buffer })
      const row = { ...seals.seal(id, secret.base32, random(12)), begun_at: now, confirmed_at: null, last_step: 0 }
      await db
        .insertInto('second_factors')
        .values({ person_id: id, ...row })
        .onConflict((on) => on.column('person_id').doUpdateSet(row).where('second_factors.confirmed_at', 'is', null))
        .execute()
      return { secret: secret.base32, address: totp(id, secret).toString() }
    },
    async confirm(id, code, now) {
      const row = await rowOf(id)
      if (!row || row.confirmed_at !== null || (await take(id, plain(code), now, true)) !== 'right') return null
      await db.updateTable('second_factors').set({ confirmed_at: now }).where('person_id', '=', id).execute()
      confirmed.add(id)
      return drawCodes(id)
    },
    async check(id, given, now) {
      const code = plain(given)
      return /^\d{6}$/.test(code) ? take(id, code, now) : recover(id, code, now)
    },
    async left(id) {
      const rows = await db
        .selectFrom('recovery_codes')
        .select('code_hash')
        .where('person_id', '=', id)
        .where('used_at', 'is', null)
        .execute()
      return rows.length
    },
    drawCodes,
    async reset(id) {
      const { numDeletedRows } = await db
        .deleteFrom('second_factors')
        .where('person_id', '=', id)
        .executeTakeFirstOrThrow()
      await db.deleteFrom('recovery_codes').where('person_id', '=', id).execute()
      confirmed.delete(id)
      return numDeletedRows > 0
    },
  }
  return { factors, reload }
}

const totp = (label: string, secret: Secret): TOTP => new TOTP({ ...usual, issuer: '三屏', label, secret })

const drawCode = (random: Random): string => {
  const drawn = [...random(10)].map((byte) => letters[byte & 31]).join('')
  return `${drawn.slice(0, 5)}-${drawn.slice(5)}`
}

/** As it is typed: with blanks, a hyphen, in capitals. */
const plain = (code: string): string => code.replace(/[\s-]/g, '').toLowerCase()
