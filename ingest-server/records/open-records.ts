// All that is kept beside the journal, opened together: what lies on the shelf, and the folder of pictures.
import { join } from 'node:path'
import type { EvidenceId, Instant, PersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { PostgresPlace } from '../engines/postgres.ts'
import { openAccounts } from './accounts.ts'
import { openAudit, openAuditBook } from './audit.ts'
import { openDeliveries } from './deliveries.ts'
import { openEvidence } from './evidence.ts'
import { openHeardTimes } from './heard.ts'
import { openTurn } from './in-turn.ts'
import { keptKey } from './kept-keys.ts'
import { stillRing, type KeyRing } from './key-ring.ts'
import { openKiosks, type Wall } from './kiosks.ts'
import { openKnownDevices } from './known-devices.ts'
import { openLinks } from './links.ts'
import { openOrders } from './orders.ts'
import { openNeighbours } from './neighbours.ts'
import { openNoticeWays } from './notice-ways.ts'
import { openNotices } from './notices.ts'
import { openOperation } from './operation.ts'
import { openPersonal } from './personal.ts'
import { openPictures } from './pictures-drawn.ts'
import { openPersonKeys } from './person-keys.ts'
import type { Records } from './port.ts'
import { openRules } from './rules.ts'
import { openQuarantine } from './quarantine.ts'
import { openReachable } from './reachable.ts'
import { openReporters } from './reporters.ts'
import { openResponsibility } from './responsibility.ts'
import { openSecondFactors } from './second-factors.ts'
import { openSessions } from './sessions.ts'
import { openSignInTries } from './sign-in-tries.ts'
import { openPostgresShelf } from './shelf-postgres.ts'
import { openSqliteShelf } from './shelf-sqlite.ts'
import { openSipDevices } from './sip-devices.ts'
import { openSources } from './sources.ts'
import { openSpentOnce } from './spent-once.ts'
import { openSummaries } from './summaries.ts'
import { openTickets } from './tickets.ts'
import type { Random } from './token.ts'
import { openSeek } from './unstirred.ts'
import { openViewings } from './viewings.ts'
import { openWebhooksSeen } from './webhooks-seen.ts'

export interface RecordsNeeds {
  /** The data folder, beside the journal; `':memory:'` keeps nothing. */
  folder: string
  /** Where rows lie that are not in the folder; pictures lie there all the same. */
  postgres?: PostgresPlace | undefined
  /** What is sealed is sealed with: the folder's ring, see `readKeyRing`, or one secret of 32 bytes for ever. */
  secret: KeyRing | Uint8Array
  random: Random
  now: () => Instant
  /** Where pictures go, when not `<folder>/evidence`; needed with `':memory:'`. */
  pictures?: string
  /** Repeats `run` until the returned stop. Without it nothing is noticed but by `refresh`. */
  every?: (milliseconds: number, run: () => void) => () => void
  /** What became of a refresh that failed. */
  onFault?: (fault: unknown) => void
}

/** What another process took from somebody they have no more within this, and what it gave them they have. */
const noticedWithin = 250
/** What time has ended is looked for so often. */
const lookedEvery = 1000
/** What nobody asks for any more goes out of the files so often. */
const sweptEvery = 60_000

export async function openRecords({
  folder,
  postgres,
  secret,
  random,
  now,
  pictures,
  every,
  onFault,
}: RecordsNeeds): Promise<Records> {
  if (folder === ':memory:' && !pictures) throw new Error('records in memory need a folder for pictures')
  const shelf = postgres ? await openPostgresShelf(postgres) : await openSqliteShelf(folder)
  const { db, box, forget } = shelf
  const ring = secret instanceof Uint8Array ? stillRing(secret) : secret

  const inTurn = openTurn()
  const seek = openSeek(shelf.stamp)
  const people = new Map<PersonId, Person>()
  const walls = new Map<string, Wall>()
  const audit = openAudit(db)
  const sessions = await openSessions({
    ...{ db, people, walls, inTurn, random, now, audit },
    async newcomers() {
      await accounts.reload()
      await kiosks.reload()
    },
  })
  const endSessionsOf = sessions.endOfPerson
  const accounts = await openAccounts({ db, people, inTurn, random, now, endSessionsOf })
  const kiosks = await openKiosks({ db, walls, inTurn, random, sessions })
  const sources = await openSources({ db, inTurn, random, ring, now })
  const sipDevices = await openSipDevices({ db, inTurn, random, ring, sources: sources.sources })
  const quarantine = await openQuarantine(db, undefined, seek)
  const devices = openKnownDevices({ db, random })
  const tries = openSignInTries({ db, knows: devices.devices.knows })
  const factors = await openSecondFactors({ db, random, seals: ring.for('sanping second factors') })
  const spent = openSpentOnce(db)
  const webhooks = openWebhooksSeen(db)
  const responsibility = await openResponsibility({ db, inTurn })
  const neighbours = await openNeighbours({ db, ring, random, inTurn })
  const deliveries = openDeliveries(db, seek)
  const notices = openNotices(db, seek)
  const noticeWays = await openNoticeWays({ db, ring, random, inTurn })
  const reachable = await openReachable({ db, ring, random, inTurn })
  const evidence = openEvidence({ db, pictures: shelf.pictures, folder: pictures ?? join(folder, 'evidence') })
  const drawn = openPictures({ db, file: evidence.evidence.file })
  const reporters = openReporters({
    ...{ db, ring, random, forget },
    keys: openPersonKeys(box, ring, random),
    foundBy: await keptKey({ db, ring, random }, 'found by'),
  })
  const dropPictures = (ids: readonly EvidenceId[]) => {
    drawn.drop(ids)
    return evidence.drop(ids)
  }
  const personal = openPersonal({ db, box, ring, random, reporters, dropPictures, forget })

  /** What others wrote and could not be read is read the next time. */
  let isBehind = false
  const takeIn = async (thoroughly: boolean) => {
    const others = await shelf.othersWrote(thoroughly)
    // Whoever seals with a new secret writes rows, too: the file's date is looked at then, and now and then.
    const other = (thoroughly || others) && (await ring.reload())
    isBehind ||= others || other
    if (!isBehind) return
    for (const room of [
      accounts,
      kiosks,
      sources,
      sessions,
      responsibility,
      neighbours,
      sipDevices,
      noticeWays,
      reachable,
      factors,
    ])
      await room.reload()
    isBehind = false
  }
  let sweptAt = -Infinity
  const refresh = async () => {
    await inTurn(() => takeIn(true))
    const at = now()
    await sessions.tidy(at)
    await evidence.sweep(at)
    await quarantine.measure(at)
    await shelf.again()
    if (Math.abs(at - sweptAt) < sweptEvery) return
    sweptAt = at
    for (const room of [webhooks, devices, tries, spent]) await room.sweep(at)
  }
  /** The disk may not go from under a refresh, and a slow one is not overtaken by the next. */
  let refreshing: Promise<void> | null = null
  const stop = every?.(lookedEvery, () => {
    refreshing ??= refresh()
      .catch(onFault)
      .finally(() => void (refreshing = null))
  })
  let noticing: Promise<void> | null = null
  const stopNoticing = every?.(noticedWithin, () => {
    noticing ??= inTurn(() => takeIn(false))
      .catch(onFault)
      .finally(() => void (noticing = null))
  })

  return {
    accounts: accounts.accounts,
    sessions: sessions.sessions,
    kiosks: kiosks.kiosks,
    sources: sources.sources,
    quarantine,
    webhooks,
    sipDevices: sipDevices.devices,
    heard: openHeardTimes(db),
    links: openLinks({ db, random }),
    hotlineOrders: openOrders(db),
    reporters: reporters.reporters,
    personal,
    evidence: evidence.evidence,
    pictures: drawn.pictures,
    viewings: openViewings(db, random),
    audit,
    auditBook: openAuditBook(db),
    signInTries: tries.tries,
    devices: devices.devices,
    factors: factors.factors,
    spent: spent.spent,
    tickets: openTickets(ring.for('sanping tickets'), random),
    rules: openRules(db),
    responsibility: responsibility.responsibility,
    neighbours: neighbours.neighbours,
    deliveries,
    summaries: openSummaries(db),
    notices,
    noticeWays: noticeWays.ways,
    reachable: reachable.reachable,
    operation: openOperation(db, personal.retention),
    refresh,
    async close() {
      stop?.()
      stopNoticing?.()
      await Promise.all([refreshing, noticing])
      await sessions.tidy(now())
      await evidence.settled()
      await shelf.again()
      await shelf.close()
    },
  }
}
