// A wall's token is replaced while it is used: of two devices with the same cookie only one gets on, and the other is told of.
import type { Instant, PersonId } from '#contract/ids'
import { lasting } from './lasting.ts'
import type { Audit } from './port.ts'
import type { RecordsDb } from './tables.ts'
import { hashOf } from './token.ts'

const { renewed, grace, cookie } = lasting.kiosk
/** Offered and never used: an answer may have been lost on its way that often. */
const mostOffered = 4
/** A copy that knocks every few seconds is one line an hour. */
const saidEvery = 3_600_000

export interface Session {
  hash: string
  personId: PersonId | null
  kiosk: string | null
  openedAt: Instant
  seenAt: Instant
  savedAt: Instant
  /** Of a person at a browser. */
  device: string | null
  provenAt: Instant | null
  /** A wall's next token, while nobody has used it: whose place it is to take. */
  renews: string | null
  /** Since when another has its place. */
  spentAt: Instant | null
}

interface Needs {
  db: RecordsDb
  live: Map<string, Session>
  begin: (whose: { kiosk: string; renews: string }, now: Instant) => Promise<string>
  audit: Audit
}

export async function openRenewing({ db, live, begin, audit }: Needs) {
  /** Tokens in the clear, for a minute: two answers on their way at once must bring the same cookie. */
  const offered = new Map<string, { token: string; at: Instant }>()
  const spent = new Map<string, { kiosk: string; at: Instant }>()
  const copies = new Map<string, { kiosk: string; at: Instant; saidAt: Instant }>()
  /** Taken over, and not yet written down. */
  const taken: { heir: string; hashes: string[]; kiosk: string; at: Instant }[] = []

  for (const row of await db.selectFrom('spent_tokens').selectAll().execute())
    spent.set(row.token_hash, { kiosk: row.kiosk, at: row.spent_at })

  async function drop(hash: string): Promise<void> {
    live.delete(hash)
    await db.deleteFrom('sessions').where('token_hash', '=', hash).execute()
  }

  const write = ({ heir, hashes, kiosk, at }: (typeof taken)[number]): Promise<void> =>
    db.transaction().execute(async (all) => {
      await all.updateTable('sessions').set({ renews: null }).where('token_hash', '=', heir).execute()
      await all.deleteFrom('sessions').where('token_hash', 'in', hashes).execute()
      await all
        .insertInto('spent_tokens')
        .values(hashes.map((token_hash) => ({ token_hash, kiosk, spent_at: at })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    })

  return {
    /** Inside a turn. The next token of this wall, or null where none is due. */
    async offer(session: Session, now: Instant): Promise<string | null> {
      if (session.kiosk === null || session.spentAt !== null || now < session.openedAt + renewed) return null
      const last = offered.get(session.hash)
      if (last && now < last.at + grace && live.has(hashOf(last.token))) return last.token
      const waiting = [...live.values()].filter(({ renews }) => renews === session.hash)
      for (const { hash } of waiting.slice(0, Math.max(0, waiting.length - mostOffered + 1))) await drop(hash)
      const token = await begin({ kiosk: session.kiosk, renews: session.hash }, now)
      offered.set(session.hash, { token, at: now })
      return token
    },
    /** Its first use: the one before holds for a minute more, for what is on its way, and what else was offered is gone. */
    takeOver(heir: Session, now: Instant): void {
      const { renews, kiosk } = heir
      if (renews === null || kiosk === null) return
      heir.renews = null
      const before = live.get(renews)
      if (before) before.spentAt = now
      const others = [...live.values()].filter((session) => session.renews === renews)
      for (const { hash } of others) {
        live.delete(hash)
        spent.set(hash, { kiosk, at: now })
      }
      offered.delete(renews)
      taken.push({ heir: heir.hash, hashes: [renews, ...others.map(({ hash }) => hash)], kiosk, at: now })
    },
    isSpent: (hash: string): boolean => spent.has(hash),
    /** Somebody asks with a token that another took the place of. */
    used(hash: string, now: Instant): void {
      const whose = spent.get(hash)
      if (!whose) return
      const known = copies.get(hash)
      copies.set(hash, { kiosk: whose.kiosk, at: now, saidAt: known?.saidAt ?? -Infinity })
    },
    forgetWall(kiosk: string): Promise<unknown> {
      for (const [hash, whose] of spent) if (whose.kiosk === kiosk) spent.delete(hash)
      return db.deleteFrom('spent_tokens').where('kiosk', '=', kiosk).execute()
    },
    /** Inside a turn: writes down what was taken over, says what was copied, forgets what no browser can still bring. */
    async tidy(now: Instant): Promise<void> {
      // Off the list only once it is written: a disk that is full has it written later.
      for (let next = taken[0]; next; taken.shift(), next = taken[0]) await write(next)
      for (const session of [...live.values()]) {
        if (!isPast(session, now) || session.kiosk === null) continue
        live.delete(session.hash)
        spent.set(session.hash, { kiosk: session.kiosk, at: now })
      }
      for (const copy of copies.values()) {
        if (now < copy.saidAt + saidEvery || copy.at <= copy.saidAt) continue
        copy.saidAt = now
        await audit.write({ at: now, who: `kiosk:${copy.kiosk}`, what: 'wall-copied', about: copy.kiosk })
      }
      for (const [hash, { at }] of spent) {
        if (now < at + cookie) continue
        spent.delete(hash)
        copies.delete(hash)
        await db.deleteFrom('spent_tokens').where('token_hash', '=', hash).execute()
      }
    },
  }
}

/** Its minute is over. */
export const isPast = ({ spentAt }: Pick<Session, 'spentAt'>, now: Instant): boolean =>
  spentAt !== null && now >= spentAt + grace
