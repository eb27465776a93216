// The real house for real browsers: built screens, real map, the demo's people, SQLite in a folder of its own, and one port that outlives a restart.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { pino } from 'pino'
import { expect, vi } from 'vitest'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Entry } from '#contract/event'
import { CommandId, FacilityId, PersonId, PlaceId, SourceId } from '#contract/ids'
import type { IntakeAnswer, Outcome } from '#contract/outcome'
import type { Linkage } from '#contract/linkage'
import { Neighbour, NeighbourId } from '#contract/neighbour'
import type { PhotoSlot } from '#contract/stage'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse, type House } from '../../ingest-server/app/house.ts'
import { findPaths } from '../../ingest-server/app/paths.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { openAlbum } from '../../ingest-server/demo/album.ts'
import { openDemoClock, timeOfDay } from '../../ingest-server/demo/clock.ts'
import type { Telling } from '../../ingest-server/demo/happenings.ts'
import { matterMaps, messageOf } from '../../ingest-server/demo/messages.ts'
import { demoPassword, demoPeople } from '../../ingest-server/demo/people.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { verify, type Verdict } from '../../ingest-server/journal/verify.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import type { NewPerson } from '../../ingest-server/records/port-people.ts'

export interface TestHouse extends Pick<House, 'ground' | 'url' | 'records'> {
  now(): number
  /** The cookie of somebody who has signed in already. */
  cookieOf(id: string): Promise<string>
  /** The address that binds a device as the wall. */
  wallLink(): Promise<string>
  /** What cameras see at a bike-shed, told by so many of them; the case it became. */
  alarm(shed: string, matter: 'smoke' | 'charging-wire', cameras?: number): Promise<Case>
  /** Whatever a source says, as it says it. */
  posts(dialect: string, contentType: string, body: string): Promise<Response>
  /** A resident's tap, reported from their own page; the private link they got. */
  /** In the area of `near`, whoever works there; each of theirs further on than the last, so that it is a case of its own. */
  residentReports(who: { name: string; phone: string; near?: string }): Promise<{ caseId: string; link: string }>
  /** Straight to the desk, for what a story has no screen open for. */
  wish(by: string, wish: PersonWish): Promise<Outcome>
  /** The whole way of one task from 接单 to 办完, as `by`, photos and all. */
  works(by: string, subject: Case): Promise<void>
  /** Somebody beyond the street is told of its cases from now on, until the answer is called. */
  tells(name: string, url: string): Promise<() => Promise<unknown>>
  /** Away with what a story has left open, whoever has it. */
  ends(...cases: Pick<Case, 'id'>[]): Promise<void>
  /** Somebody of a story's own, with the password everybody has. */
  adds(person: Pick<NewPerson, 'name' | 'role'> & { id: string }): Promise<void>
  /** Their authenticator, set up already: the next code each time it is asked. */
  authenticator(id: string): Promise<() => string>
  person(id: string): PersonId
  nameOf(id: PersonId): string
  /** What may stay Chinese in English: names of people, bodies and things on the ground, and what somebody wrote. */
  names(): string[]
  case(id: string): Case
  cases(): Case[]
  linkage(): Linkage
  /** Out of the file itself, beside the house. */
  journal(): Promise<{ verdict: Verdict; entries: Entry[] }>
  /** The street's clock jumps ahead; whatever fell due meanwhile is done within seconds. */
  passes(milliseconds: number): void
  stops(): Promise<void>
  starts(): Promise<void>
  /** What was logged as a fault. */
  complaints: string[]
  close(): Promise<void>
}

export const screensAreBuilt = (): boolean => existsSync(join(findPaths(import.meta.dirname).screens, 'field.html'))

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => found(port))
    })
  })

/** `prepare`: puts a site's own files into the data folder, and gives back what the environment says of them. */
export async function openTestHouse(
  prepare: (folder: string) => Record<string, string> = () => ({}),
): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-e2e-'))
  const config = readConfig({
    PORT: String(await freePort()),
    SANPING_DATA: folder,
    SANPING_MQTT: 'off',
    ...prepare(folder),
  })
  const complaints: string[] = []
  /** The clock is the stories’ own to move, and the machine as slow as it is: what health says of that is no fault. */
  const isHealth = (line: string) => /"event":"health"/.test(line)
  const log = pino({ level: 'warn' }, { write: (line: string) => void (isHealth(line) || complaints.push(line)) })
  // A quiet morning whenever it is run: nobody's day ends in the middle of the story, and however slow the machine, neither does the hour.
  const clock = openDemoClock(timeOfDay('09:05', Date.now()), Date.now)
  clock.run(1)
  const now = clock.now
  const open = () =>
    openHouse({
      ...{ config, log, build: 'e2e' },
      world: { ...realWorld, now },
      onBroken: (fault) => complaints.push(fault.message),
    })
  let house = await open()
  const people = demoPeople(house.ground.places.values())
  await Promise.all(people.map((person) => house.records.accounts.add(person, now())))
  const source = { id: SourceId.parse('sheds'), name: '车棚摄像头', matters: matterMaps.sheds, cameras: {} }
  const key = await house.records.sources.add(source, now())
  const album = openAlbum(
    { keep: (...kept) => house.records.evidence.keep(...kept) } as House['records']['evidence'],
    now,
  )
  let counted = 0

  const posts = (dialect: string, contentType: string, body: BodyInit): Promise<Response> =>
    fetch(`${house.url}/api/in/${dialect}`, {
      method: 'POST',
      headers: { 'content-type': contentType, authorization: `Bearer ${key}` },
      body,
    })
  const post = async (telling: Telling): Promise<IntakeAnswer> => {
    const { dialect, contentType, body } = messageOf(telling, await album.picture('shed-smoke', counted))
    const answer = await posts(dialect, contentType, body as BodyInit)
    return ((await answer.json()) as { results: IntakeAnswer[] }).results[0]!
  }
  const wish = (by: string, wanted: PersonWish): Promise<Outcome> => {
    const person = house.records.accounts.people().get(PersonId.parse(by))!
    const id = CommandId.parse(`e2e-${++counted}`)
    return house.desk.submit({ id, by: { kind: 'person', id: person.id, role: person.role }, wish: wanted })
  }
  const insist = async (by: string, wanted: PersonWish): Promise<void> => {
    const outcome = await wish(by, wanted)
    if (!outcome.ok) throw new Error(`${wanted.type} by ${by}: ${outcome.refusal}`)
  }
  function passes(milliseconds: number): void {
    clock.run(0)
    clock.set(now() + milliseconds)
    clock.run(1)
  }
  let reported = 0
  function groupOf(areas: { groups: { id: string }[] }[], near?: string): string {
    if (near === undefined) return areas[0]!.groups[0]!.id
    const theirs = new Set<string>(house.records.accounts.people().get(PersonId.parse(near))!.placeIds)
    const groups = areas.flatMap((area) => area.groups.map(({ id }) => PlaceId.parse(id)))
    const within = groups.filter((id) => house.ground.pathOf(id).some((place) => theirs.has(place)))
    return within[(7 * reported++) % within.length]!
  }
  const cases = () => [...house.desk.board().cases.values()]
  const find = (id: string): Case => {
    const found = cases().find((one) => one.id === id)
    if (!found) throw new Error(`no case ${id} on the board`)
    return found
  }

  return {
    ground: house.ground,
    url: house.url,
    records: house.records,
    ...{ now, posts, wish, cases, complaints },
    async ends(...over) {
      for (const { id: caseId } of over) {
        if (find(caseId).holder) await insist('chen', { type: 'return', caseId, reason: '演练结束' })
        await insist('chen', { type: 'void', caseId, disposition: 'false-alarm', reason: '演练结束' })
      }
    },
    async adds({ id, ...person }) {
      const rest = { post: 'command' as const, body: '', placeIds: [], skills: [], password: demoPassword }
      await house.records.accounts.add({ id: PersonId.parse(id), ...person, ...rest, onDuty: true }, now())
    },
    async authenticator(id) {
      const { factors } = house.records
      const { secret } = (await factors.begin(PersonId.parse(id), now()))!
      const code = () => new TOTP({ secret }).generate({ timestamp: now() })
      await factors.confirm(PersonId.parse(id), code(), now())
      return () => {
        // A code is good once, and the next comes half a minute later.
        passes(30_000)
        return code()
      }
    },
    person: (id) => PersonId.parse(id),
    nameOf: (id) => house.records.accounts.people().get(id)!.name,
    names: () =>
      [
        ...[...house.records.accounts.people().values()].flatMap(({ name, body, skills }) => [body, name, ...skills]),
        ...[...house.ground.cameras.values()].map((camera) => camera.name),
        // 桥一1号车棚, and 1号车棚 where its area stands before it.
        ...[...house.ground.facilities.values()].flatMap(({ name }) => [name, name.replace(/^\D+(?=\d)/, '')]),
        ...cases().flatMap(({ sources }) => sources.flatMap(({ text }) => text ?? [])),
      ].sort((a, b) => b.length - a.length),
    case: find,
    linkage: () => house.desk.board().linkage,
    cookieOf: (id) => house.records.sessions.open(PersonId.parse(id), now()),
    wallLink: async () => `${house.url}/wall?kiosk=${await house.records.kiosks.add(`wall-${++counted}`, [], now())}`,
    async alarm(shedId, matter, cameras = 1) {
      const shed = house.ground.facilities.get(FacilityId.parse(shedId))!
      const eyes = [...house.ground.cameras.values()].filter((camera) => camera.watches === shed.id).slice(0, cameras)
      let answer: IntakeAnswer | undefined
      for (const camera of eyes) {
        answer = await post({
          ...{ at: now(), by: 'camera', eventId: `e2e-${++counted}`, phase: 'new', matter, confidence: 0.93 },
          text: matter === 'smoke' ? '白烟从棚顶冒出' : '插线板从二楼窗口垂下',
          ...{ where: shed.at, placeId: shed.placeId, facilityId: shed.id, cameraId: camera.id, scene: 'shed-smoke' },
        })
      }
      if (!answer?.ok || !answer.caseId) throw new Error(`the alarm was not taken: ${JSON.stringify(answer)}`)
      return find(answer.caseId)
    },
    async residentReports({ name, phone, near }) {
      const places = (await (await fetch(`${house.url}/api/resident/places`)).json()) as {
        areas: { groups: { id: string }[] }[]
      }
      const answer = await fetch(`${house.url}/api/resident/reports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ id: crypto.randomUUID(), matter: 'tap-repair', text: '厨房水龙头关不紧', evidence: [], name, phone },
          placeId: groupOf(places.areas, near),
        }),
      })
      const { caseId, link } = (await answer.json()) as { caseId?: string; link?: string }
      if (!caseId || !link) throw new Error(`the report was not taken: ${answer.status}`)
      return { caseId, link }
    },
    async tells(name, url) {
      const { neighbours, deliveries } = house.records
      const id = NeighbourId.parse(`e2e-${++counted}`)
      const neighbour = Neighbour.parse({ id, name, kind: 'webhook', url, toldOf: {}, settings: {}, paused: null })
      await neighbours.add(neighbour, { signing: [{ secret: `whsec_${'A'.repeat(32)}` }] }, now())
      // Told is what happens once the house has seen that it is there.
      await vi.waitFor(async () => expect(await deliveries.toldUpTo(id)).not.toBeNull(), { timeout: 30_000 })
      return () => neighbours.withdraw(id, now())
    },
    async works(by, { id: caseId }) {
      const at = { lon: find(caseId).wgs84[0], lat: find(caseId).wgs84[1], crs: 'wgs84' as const }
      await insist(by, { type: 'take', caseId })
      await insist(by, { type: 'arrive', caseId, at })
      const slots: PhotoSlot[] = ['before-near', 'before-far', 'after-near', 'after-far']
      for (const [nth, slot] of slots.entries()) {
        const { id: evidence } = await album.picture(slot.startsWith('after') ? 'shed-clear' : 'shed-smoke', nth)
        await insist(by, { type: 'attach', caseId, evidence, slot, takenAt: now(), at })
      }
      await insist(by, { type: 'finish', caseId })
    },
    async journal() {
      const journal = openSqliteJournal({ file: join(config.dataFolder, 'journal.db'), newId: realWorld.newId })
      const entries: Entry[] = []
      for await (const line of journal.read(0)) entries.push(readEntry(line))
      const verdict = await verify(journal)
      await journal.close()
      return { verdict, entries }
    },
    passes,
    stops: () => house.close(),
    async starts() {
      house = await open()
    },
    async close() {
      await house.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
