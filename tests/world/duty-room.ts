// The whole server in this process: real doors on a free port, under the test's clock, with the people of the small street.
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Case } from '#contract/case'
import type { Entry } from '#contract/event'
import { CommandId, PersonId, SourceId } from '#contract/ids'
import type { Ground } from '#contract/ground'
import type { IntakeAnswer } from '#contract/outcome'
import type { Person } from '#contract/person'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { Scenario } from '#contract/scenario'
import type { Archive } from '../../ingest-server/archive/archive.ts'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { openApp } from '../../ingest-server/app/app.ts'
import type { App, AppNeeds } from '../../ingest-server/app/app-needs.ts'
import { openRuleBook } from '../../ingest-server/app/rule-book.ts'
import { faultInWords } from '../../ingest-server/app/rule-file.ts'
import type { Listening } from '../../ingest-server/app/ways-in.ts'
import type { Desk } from '../../ingest-server/desk/port.ts'
import type { Mappings } from '../../ingest-server/doors/vendors/mappings.ts'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { at, calendar, people, scenarios, sourceActor } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'
import { openScreen } from './screen.ts'
import type { Screen, ScreenWorld } from './screen.ts'
import { openTestClock } from './test-clock.ts'
import type { TestClock } from './test-clock.ts'

export interface DutyRoom {
  desk: Desk
  /** The express app as it was assembled. */
  web: App['web']
  clock: TestClock
  records: Records
  journal: Journal
  archive: Archive
  /** When all that has left the board is in the archive. */
  settled(): Promise<void>
  url: string
  /** Where machines come by MQTT; null unless `config.mqtt` says so. */
  mqtt: string | null
  /** Where devices register by SIP; null unless `config.sip` says so. */
  sip: string | null
  /** The `Cookie` header of somebody who has signed in. */
  signIn(id: string): Promise<string>
  /** A real screen of this person; `wall` is the kiosk. */
  opens(id: string, change?: Partial<ScreenWorld>): Promise<Screen>
  /** A camera platform posts; answered per report. */
  posts(body: unknown, dialect?: string): Promise<{ status: number; results: IntakeAnswer[] }>
  /** The server goes down and comes back on the same port and journal. */
  restarts(): Promise<void>
  /** Faults that were logged, by what was said of them. */
  complaints: string[]
  /** The journal broke for good. */
  broken: Error[]
  close(): Promise<void>
}

export interface DutyRoomNeeds {
  /** `08:00`, on Saturday 2026-11-21 in Shanghai. */
  at?: string
  holding?: Case | Case[]
  journal?: Journal
  archive?: Archive
  /** Read anew at each start; the small street unless a test says otherwise. */
  ground?: () => Ground
  /** Only these, by id: each account costs a slow password hash. */
  staff?: readonly string[]
  config?: Partial<AppNeeds['config']>
  /** In place of the shipped ones. */
  scenarios?: readonly Scenario[]
  /** Files by which boxes are read. */
  mappings?: Mappings
  responsibility?: ResponsibilityTable
  /** The site's own folder of scenarios, watched as in the real house; the shipped files lie under it. */
  site?: string
}

const shippedScenarios = join(import.meta.dirname, '../../ingest-server/scenarios')
const password = 'long enough for a test'

export async function dutyRoom(needs: DutyRoomNeeds = {}): Promise<DutyRoom> {
  const clock = openTestClock(at(`2026-11-21 ${needs.at ?? '09:31'}`))
  const { now, random } = clock.world
  const folder = mkdtempSync(join(tmpdir(), 'sanping-world-'))
  const records = await openRecords({ folder: ':memory:', pictures: folder, secret: new Uint8Array(32), random, now })
  const staff = needs.staff ?? ['chen', 'shen', 'li']
  await Promise.all(people.filter((one) => staff.includes(one.id)).map((one) => hire(records, one, now())))
  const sourceKey = await records.sources.add(
    { id: SourceId.parse('hik'), name: '海康', matters: {}, cameras: {} },
    now(),
  )
  const journal = needs.journal ?? openMemoryJournal()
  const archive = needs.archive ?? openMemoryArchive()
  await hold(journal, needs.holding ? [needs.holding].flat() : [], now())

  const complaints: string[] = []
  const broken: Error[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void complaints.push(line) })
  const screens = new Set<Screen>()
  let port = 0
  let ways: Listening = { mqtt: null, sip: null }
  let app: App
  const rules = needs.site
    ? await openRuleBook({
        ...{ shipped: shippedScenarios, site: needs.site, kept: records.rules, now, every: clock.world.every },
        onRefused: (fault) => complaints.push(faultInWords(fault, 'zh')),
        onFault: (fault) => complaints.push(String(fault)),
      })
    : null

  async function start(): Promise<void> {
    const origins: string[] = []
    app = await openApp({
      config: { secure: false, overload: 1000, silentAfterMs: 60_000, proxies: ['loopback'], ...needs.config, origins },
      ...{ journal, archive, records, calendar, log, world: clock.world },
      scenarios: needs.scenarios ?? scenarios,
      ...(rules && { rules }),
      ...(needs.mappings && { mappings: needs.mappings }),
      ...(needs.responsibility && { responsibility: needs.responsibility }),
      ground: needs.ground?.() ?? smallGround,
      layers: {},
      screens: join(folder, 'no-screens'),
      samples: null,
      build: 'test',
      onBroken: (fault) => broken.push(fault),
    })
    await new Promise<void>((listening) => app.server.listen(port, '127.0.0.1', listening))
    port = (app.server.address() as AddressInfo).port
    ways = await app.openWays()
    origins.push(room.url)
  }

  const signIn = async (id: string): Promise<string> => {
    const kiosk = async () => (await records.kiosks.bind(await records.kiosks.add(`wall-${now()}`, [], now()), now()))!
    const token = id === 'wall' ? await kiosk() : await records.sessions.open(PersonId.parse(id), now())
    return `sanping=${token}`
  }

  const room: DutyRoom = {
    get desk() {
      return app.desk
    },
    get web() {
      return app.web
    },
    get url() {
      return `http://127.0.0.1:${port}`
    },
    get mqtt() {
      return ways.mqtt
    },
    get sip() {
      return ways.sip
    },
    settled: () => app.settled(),
    ...{ clock, records, journal, archive, signIn, complaints, broken },
    async opens(id, change = {}) {
      const cookie = change.cookie ?? (await signIn(id))
      const screen = await openScreen({ url: () => room.url, newId: clock.world.newId, ...change, cookie })
      screens.add(screen)
      return screen
    },
    async posts(body, dialect = 'sanping') {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${sourceKey}` }
      const post = () => fetch(`${room.url}/api/in/${dialect}`, { method: 'POST', headers, body: JSON.stringify(body) })
      // As a platform does: a connection that was kept and has gone since is no answer, so it is asked again.
      const answer = await post().catch(post)
      return { status: answer.status, ...((await answer.json()) as { results: IntakeAnswer[] }) }
    },
    async restarts() {
      await app.close()
      await start()
    },
    async close() {
      for (const screen of screens) screen.close()
      await app.close()
      await rules?.close()
      await records.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await start()
  return room
}

const hire = (records: Records, person: Person, now: number): Promise<void> =>
  records.accounts.add({ ...person, password }, now)

/** The cases a test begins with, as lines of the journal like any other. */
async function hold(journal: Journal, cases: readonly Case[], at: number): Promise<void> {
  const entries = cases.map(({ revision: _own, ...subject }, index): Entry => {
    const [revision, commandId] = [index + 1, CommandId.parse(`held-${index + 1}`)]
    return {
      ...{ revision, at, commandId, by: sourceActor('hik'), type: 'report' },
      events: [{ type: 'opened', subject }],
      outcome: { ok: true, commandId, revision, caseId: subject.id },
    }
  })
  if (entries.length > 0) await journal.append(emptyHead, entries)
}
