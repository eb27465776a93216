// A day of many phones: each writes its reports while all that can happen to phones happens, then there is signal until everything has gone.
import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { PersonWish } from '#contract/command'
import { CommandId, PersonId, PlaceId } from '#contract/ids'
import type { EvidenceId } from '#contract/ids'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { numbered, openPhone } from './phones.ts'
import type { Mishaps, Phone } from './phones.ts'

export interface Day {
  phones: number
  /** Of each phone, with one photo each. */
  reports: number
  seed: number
  mishaps: Mishaps
  haste: number
}

export interface Told {
  eventId: string
  person: string
  evidence: EvidenceId
  /** True, by our own clock. */
  at: number
}

/** Staff with a session each, put into a prepared data folder that nobody has open. */
export async function addStaff(folder: string, many: number): Promise<{ id: PersonId; cookie: string }[]> {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const records = await openRecords({
    folder,
    secret: await readKeyRing(folder, random, Date.now),
    random,
    now: Date.now,
  })
  const staff: { id: PersonId; cookie: string }[] = []
  for (let n = 0; n < many; n++) {
    const id = PersonId.parse(`phone-${n}`)
    const account = { id, name: id, role: 'officer', post: 'grid', body: '网格站', skills: [], onDuty: true } as const
    const placeIds = [PlaceId.parse('310101020')]
    await records.accounts.add({ ...account, skills: [], placeIds, password: 'only-for-this-run' }, Date.now())
    staff.push({ id, cookie: `sanping=${await records.sessions.open(id, Date.now())}` })
  }
  await records.close()
  return staff
}

/** Inside the street wherever one is thrown. */
const area = { west: 121.4665, east: 121.4795, south: 31.1945, north: 31.2035 }
const matters = ['dropped-garbage', 'shop-spill', 'bike-parking', 'corridor-clutter'] as const

function reportOf(chance: Chance, eventId: string, evidence: EvidenceId) {
  const matter = chance.oneOf(matters)
  const lon = area.west + chance.next() * (area.east - area.west)
  const lat = area.south + chance.next() * (area.north - area.south)
  const at = { lon, lat, crs: 'wgs84' as const }
  return (occurredAt: number): PersonWish => ({
    type: 'report',
    report: { kind: 'grid-report', eventId, phase: 'new', matter, occurredAt, at, evidence: [evidence] },
  })
}

const day = 86_400_000
/** On a machine that does much else; what is not through by then is lost as far as anybody can tell. */
const patienceMs = 600_000
/** Right, a little off, and off by days both ways. */
const clocks = [0, 0, 90_000, -7 * 60_000, 3 * 3_600_000, -3 * day, 3 * day] as const

export interface DayDone {
  told: Told[]
  phones: Phone[]
  /** What still lay on a phone when patience was over. */
  left: string[]
}

export async function liveDay(
  { phones: many, reports, seed, mishaps, haste }: Day,
  staff: readonly { id: PersonId; cookie: string }[],
  url: () => string,
  stopped: () => boolean = () => false,
): Promise<DayDone> {
  const told: Told[] = []
  const noise = await sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg({ quality: 82 })
    .toBuffer()
  const phones = staff.slice(0, many).map(({ id, cookie }, n) => {
    const chance = chanceFrom(seed * 1_000 + n)
    const clockOff = clocks[n % clocks.length]!
    return { id, chance, phone: openPhone({ person: id, url, cookie, chance, mishaps, clockOff, haste }) }
  })

  await Promise.all(
    phones.map(async ({ id, chance, phone }) => {
      // Some are opened for the first time where there is no signal.
      if (chance.next() < 0.3) phone.signal(false)
      await phone.opens()
      for (let n = 0; n < reports && !stopped(); n++) {
        const eventId = `${id}-${n}`
        const picture = numbered(noise, `${seed}-${eventId}`)
        const wish = reportOf(chance, eventId, picture.id)
        told.push({ eventId, person: id, evidence: picture.id, at: Date.now() })
        while (!(await phone.posts(wish, [picture]))) await phone.opens()
        await wait(10 + chance.next() * 60)
        const fate = chance.next()
        if (fate < 0.06) phone.killed()
        else if (fate < 0.14) await phone.opens()
        else if (fate < 0.24) phone.signal(false)
        else if (fate < 0.4) phone.signal(true)
        if (fate < 0.06) await phone.opens()
      }
      phone.signal(true)
    }),
  )
  const until = Date.now() + patienceMs
  const left = () =>
    phones.flatMap(({ id, phone }) =>
      phone
        .look()
        .items.filter((item) => item.place !== 'delivered')
        .map((item) => `${id}: ${item.place} ${item.trouble}`),
    )
  const isEmpty = ({ phone }: (typeof phones)[number]) => phone.look().items.length === reports && !phone.look().sending
  while (!(left().length === 0 && phones.every(isEmpty)) && Date.now() < until && !stopped()) {
    await wait(100)
  }
  return { told, phones: phones.map(({ phone }) => phone), left: left() }
}

export interface DayVerdict {
  once: number
  missing: string[]
  /** One report in two cases, or twice in one, or by two commands. */
  doubled: string[]
  /** Kept, and its photo is not. */
  withoutPhoto: string[]
  /** Kept with a time farther off than a phone can be slow: more than five minutes. */
  wrongTime: string[]
}

/** Out of the journal and the picture folder themselves, beside the server. */
export async function judgeDay(folder: string, told: readonly Told[]): Promise<DayVerdict> {
  const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => CommandId.parse('not made here') })
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))
  const records = await openRecords({
    folder,
    secret: await readKeyRing(folder, random, Date.now),
    random,
    now: Date.now,
  })
  const found = new Map<string, { commands: number; evidence: Set<string>; firstAt: number }>()
  try {
    for await (const line of journal.read(0)) {
      const entry = readEntry(line)
      for (const event of entry.events) {
        const sources = event.type === 'opened' ? event.subject.sources : event.type === 'sourced' ? [event.source] : []
        for (const { key, evidence, firstAt } of sources) {
          const one = found.get(key) ?? { commands: 0, evidence: new Set<string>(), firstAt }
          one.commands++
          evidence.forEach((id) => one.evidence.add(id))
          found.set(key, one)
        }
      }
    }
    const keyOf = ({ person, eventId }: Told) => `person:${person}/${eventId}`
    const missing = told.filter((one) => !found.has(keyOf(one)))
    const doubled = told.filter((one) => (found.get(keyOf(one))?.commands ?? 0) > 1)
    const withoutPhoto = told.filter((one) => {
      const kept = found.get(keyOf(one))
      return kept && (!kept.evidence.has(one.evidence) || !records.evidence.has(one.evidence))
    })
    const wrongTime = told.filter((one) => {
      const kept = found.get(keyOf(one))
      return kept && Math.abs(kept.firstAt - one.at) > 5 * 60_000
    })
    const bad = new Set([...missing, ...doubled, ...withoutPhoto].map(keyOf))
    const names = (list: readonly Told[]) => list.map((one) => one.eventId)
    return {
      once: told.filter((one) => !bad.has(keyOf(one))).length,
      missing: names(missing),
      doubled: names(doubled),
      withoutPhoto: names(withoutPhoto),
      wrongTime: names(wrongTime),
    }
  } finally {
    await journal.close()
    await records.close()
  }
}
