// Devices that register by SIP, each with a password of its own. Digest needs the password itself: it is kept sealed.
import { createHash } from 'node:crypto'
import { SourceId } from '#contract/ids'
import type { InTurn } from './in-turn.ts'
import type { KeyRing } from './key-ring.ts'
import type { SipDevices, Sources } from './port.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

interface Needs {
  db: RecordsDb
  inTurn: InTurn
  random: Random
  ring: KeyRing
  sources: Pick<Sources, 'live'>
}

/** Typed in by hand at a device whose field may take no more than sixteen: without what looks alike, 80 bits. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
const drawPassword = (random: Random): string => Array.from(random(16), (byte) => letters[byte & 31]).join('')

export async function openSipDevices({ db, inTurn, random, ring, sources }: Needs) {
  const sealer = ring.for('sanping sip devices')
  const passwords = new Map<string, { sourceId: SourceId; password: string }>()

  /** One sealed under another secret is no device here: it is named anew. */
  async function reload(): Promise<void> {
    const rows = await db.selectFrom('sip_devices').selectAll().execute()
    passwords.clear()
    for (const row of rows) {
      const password = sealer.open(row.device_id, row)
      if (password !== null) passwords.set(row.device_id, { sourceId: SourceId.parse(row.source_id), password })
    }
  }
  await reload()

  const devices: SipDevices = {
    digestOf(device, realm) {
      const found = passwords.get(device)
      const source = found && sources.live().get(found.sourceId)
      if (!source) return null
      return { source, ha1: createHash('md5').update(`${device}:${realm}:${found.password}`).digest('hex') }
    },
    add: (device, sourceId, now) =>
      inTurn(async () => {
        const password = drawPassword(random)
        const row = { source_id: sourceId, ...sealer.seal(device, password, random(12)), added_at: now }
        await db
          .insertInto('sip_devices')
          .values({ device_id: device, ...row })
          .onConflict((conflict) => conflict.column('device_id').doUpdateSet(row))
          .execute()
        await reload()
        return password
      }),
    async list() {
      const rows = await db.selectFrom('sip_devices').selectAll().orderBy('device_id').execute()
      return rows.map((row) => ({
        device: row.device_id,
        sourceId: SourceId.parse(row.source_id),
        addedAt: row.added_at,
      }))
    },
    remove: (device) =>
      inTurn(async () => {
        const { numDeletedRows } = await db
          .deleteFrom('sip_devices')
          .where('device_id', '=', device)
          .executeTakeFirstOrThrow()
        await reload()
        return numDeletedRows > 0n
      }),
  }
  return { devices, reload }
}
