// One street lived through by a seed: people and machines with their habits, faults of disk, wire, process and neighbour, and after every day the oracles.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Case } from '#contract/case'
import { SourceId, type PersonId } from '#contract/ids'
import { Neighbour } from '#contract/neighbour'
import { Scenario } from '#contract/scenario'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { blankPaper, openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { at, calendar, people, scenarios } from '../suites/builders.ts'
import { judgeMarks } from '../trial/clock-oracle.ts'
import { openHands } from '../trial/r5-hands.ts'
import { openSimBetween } from './between.ts'
import type { Bug } from './bugs.ts'
import { openDevice, type Device } from './device.ts'
import type { Disk } from './disk.ts'
import { happenings } from './habits.ts'
import { openSimNeighbour } from './neighbour.ts'
import { openLedger } from './oracle-ledger.ts'
import { openLifeOracle } from './oracle-life.ts'
import { openScopeOracle, seesIt, type Sight } from './oracle-scope.ts'
import { judgeTold } from './oracle-told.ts'
import { openSimServer } from './server.ts'
import { openSimTime } from './time.ts'
import { openFaults, type Befell } from './faults.ts'

export interface StreetNeeds {
  seed: number
  days: number
  nodes: 1 | 2
  bug?: Bug | null
}

export interface Lived {
  seed: number
  days: number
  /** What people and machines did; faults that befell; lines kept; things that happened in the queue. */
  events: number
  befell: Befell
  lines: number
  happened: number
  violations: string[]
  /** On which day the first was found; null where none was. */
  foundOn: number | null
  trace: string
}

const minute = 60_000
/** A street that is busier runs in circles. */
const mostOfDay = 100_000
const hour = 60 * minute
/** Of the quiet stretches of a device, so many are slept through, and it comes back anew. */
const sleepsOf = 1 / 6
const staff = ['chen', 'shen', 'ma', 'li', 'zhou', 'gu', 'wu'] as const
const mornings = ['2026-11-20 07:00', '2026-09-29 07:00', '2026-12-30 07:00', '2026-02-12 07:00']

/**
 * Stops at the first day on which something was found. A day is twenty-four hours of the street's clock from the morning on: 20 to 28 times
 * something is done (60 to 80 reports and taps, some 200 lines), before every fourth a fault, and the quiet between goes by in strides
 * of at most 45 minutes, each to the next limit; then all heals, comes through, and every oracle looks at the whole.
 */
export async function liveStreet({ seed, days, nodes, bug = null }: StreetNeeds): Promise<Lived> {
  const hash = createHash('sha256')
  const chance = chanceFrom(seed)
  // Every part draws from a chance of its own, so that one more word on the wire does not change what people do.
  const apart = (salt: number) => chanceFrom(Math.imul(seed, 7919) + salt)
  const complaints: string[] = []
  const time = openSimTime(at(chance.oneOf(mornings)), apart(1), (fault) => void complaints.push(String(fault)))
  const note = (what: string) => void hash.update(`${time.now()} ${what}\n`)
  const folder = mkdtempSync(join(tmpdir(), 'sanping-sim-'))
  const drawn = apart(2)
  const random = (bytes: number) => Uint8Array.from({ length: bytes }, () => drawn.whole(0, 255))
  const kept = await openRecords({
    folder: ':memory:',
    pictures: folder,
    secret: new Uint8Array(32),
    random,
    now: time.now,
  })
  const pictures = new Set<string>()
  const records: Records = { ...kept, evidence: { ...kept.evidence, has: (id) => pictures.has(id) } }
  const key = await hireAll(kept, time.now())

  const plain = seed % 2 === 0
  const rules = plain ? scenarios.map(plainly) : scenarios
  const disk: Disk = { coming: [], full: false, unreadable: false }
  const paper = blankPaper()
  const between = nodes === 2 ? openSimBetween(time, apart(3)) : null
  const neighbour = openSimNeighbour(time, apart(4), note)
  const archive = openMemoryArchive()
  const servers = Array.from({ length: nodes }, (_, n) =>
    openSimServer({
      ...{ name: `node-${n}`, time, chance: apart(10 + n), scenarios: rules, paper, disk, records, archive, neighbour },
      ...{ between, bug, note, onFault: (fault) => void complaints.push(String(fault)) },
    }),
  )

  const sight = new Map<string, readonly string[]>(
    people.filter(({ role }) => role !== 'duty-officer' && role !== 'wall').map(({ id, placeIds }) => [id, placeIds]),
  ) as Map<string, readonly string[]> & Sight
  const ledger = openLedger()
  const life = openLifeOracle(plain)
  const scope = openScopeOracle(() => sight)
  const violations: string[] = []
  const nearest = (n: number) => servers[n % nodes]!.door() ?? servers.find((server) => server.door())?.door() ?? null
  const devices: Device[] = []
  for (const [n, person] of [...staff, 'wall' as const].entries())
    devices.push(
      openDevice({
        ...{ person, time, chance: apart(100 + n), pictures, note },
        off: [0, 0, 4_000, -70_000, 0, 20 * minute, 0, 0][n]!,
        cookie: `sanping=${await sessionOf(kept, person, time.now())}`,
        door: () => nearest(n),
        onTold: ({ id, outcome }) => ledger.answered(`${person}/${id}`, outcome),
        onShown: scope.shown,
        ...(bug?.sends && { sends: (line) => bug.sends!(line, apart(200 + n)) }),
      }),
    )
  const deviceOf = (person: string) => devices.find((one) => one.person === person)!

  const street = happenings({
    ...{ chance: apart(5), time, key, ledger, note, devices },
    hands: openHands(apart(6)),
    server: () => servers.find((server) => server.app())?.app()?.server ?? null,
    wish: async (person, wish, picture) => {
      const id = await deviceOf(person).wishes(wish, picture)
      if (id) ledger.asked(`${person}/${id}`)
    },
    pictures,
  })
  const slept = apart(8)
  const faults = openFaults({ chance: apart(7), time, devices, servers, disk, neighbour, between, note })

  for (const server of servers) await server.starts()
  for (const device of devices) device.opens()
  await time.pass(8_000)

  let day = 0
  let events = 0
  let foundOn: number | null = null
  let readUpTo = 0
  const screensSaid = new Map<string, Map<string, number>>()

  for (; day < days && foundOn === null; day++) {
    const end = time.now() + 24 * hour
    const many = chance.whole(20, 28)
    for (let n = 0; n < many; n++) {
      const next =
        n === many - 1
          ? end - 20 * minute
          : time.now() + ((end - time.now()) / (many - n)) * (0.3 + 1.4 * chance.next())
      await quietUntil(Math.min(next, end - 10 * minute))
      if (chance.next() < 0.25) await faults.one()
      events += await street.one()
      await time.pass(chance.whole(200, 2_500))
      await faults.watch()
    }
    await calmDown()
    await look()
    if (time.happened() > (day + 1) * mostOfDay)
      violations.push(`quiet: ${time.happened()} things happened in ${day + 1} days`)
    if (violations.length > 0) foundOn = day + 1
  }
  if (foundOn === null) {
    await finish()
    if (violations.length > 0) foundOn = day
  }

  for (const device of devices) device.closes()
  for (const server of servers) await server.closes()
  await kept.close()
  rmSync(folder, { recursive: true, force: true })
  hash.update(paper.head.hash)
  const [befell, lines] = [faults.befell(), paper.head.revision]
  return {
    seed,
    days: day,
    events,
    befell,
    lines,
    happened: time.happened(),
    violations,
    foundOn,
    trace: hash.digest('hex'),
  }

  /** Nobody does anything, and time goes in strides: to the next limit, or a while. */
  async function quietUntil(to: number): Promise<void> {
    while (time.now() < to) {
      // Who only follows says to be asked again in a second.
      const held = servers.flatMap((server) => server.app()?.desk ?? []).filter((desk) => desk.holds())
      const nextAt = held.map((desk) => desk.due(time.now()).nextAt ?? Infinity)
      const stride = Math.min(to, time.now() + 45 * minute, Math.max(time.now() + 1_000, ...[Math.min(...nextAt) + 1]))
      await time.slumber(stride - time.now())
      for (const device of devices) if (slept.next() > sleepsOf) device.stayedAwake()
      await time.pass(80)
    }
  }

  /** Everything heals, and there is time until all has come through. */
  async function calmDown(): Promise<void> {
    await faults.heal()
    for (let n = 0; n < 60; n++) {
      await time.pass(n === 0 ? 12_000 : 5_000)
      if (await isQuiet()) return
    }
    const items = (await Promise.all(devices.map((one) => one.items())))
      .flat()
      .filter(({ place }) => place === 'waiting')
    for (const item of items.slice(0, 3))
      violations.push(`quiet: ${item.owner}/${item.id} ${item.wish.type} still waits: ${item.trouble}`)
    for (const device of devices)
      if (device.look()?.state !== 'live')
        violations.push(`quiet: the screen of ${device.person} is ${device.look()?.state}`)
    for (const server of servers) {
      const desk = server.app()?.desk
      if (!desk?.inStep() || !desk.keeps()) violations.push(`quiet: ${server.name} is not in step`)
    }
    if (violations.length === 0)
      violations.push(`quiet: ${street.waiting()} reports without an answer, ${dueNow().length} marks not said`)
  }

  function dueNow() {
    return servers.flatMap((server) => server.app()?.desk.due(time.now() - 6_000).due ?? [])
  }

  async function isQuiet(): Promise<boolean> {
    if (street.waiting() > 0 || dueNow().length > 0) return false
    const holding = servers.filter((server) => server.app()?.desk.holds())
    if (holding.length !== 1) return false
    for (const server of servers) {
      const desk = server.app()?.desk
      if (!desk || !desk.inStep() || !desk.keeps() || desk.waiting() > 0) return false
      if (desk.board().revision !== paper.head.revision) return false
    }
    for (const device of devices) {
      if (device.look()?.state !== 'live' || !device.board()) return false
      if ((await device.items()).some(({ place }) => place === 'waiting')) return false
    }
    return true
  }

  async function look(): Promise<void> {
    const journal = openMemoryJournal('sim', paper)
    for await (const kept of journal.read(readUpTo)) {
      const entry = readEntry(kept)
      ledger.line(entry)
      life.line(entry)
    }
    readUpTo = paper.head.revision
    violations.push(...ledger.judge(), ...life.judge(), ...scope.judge())
    const board = servers
      .find((server) => server.app()?.desk.holds())
      ?.app()
      ?.desk.board()
    if (!board) return
    writtenOut = new WeakMap()
    for (const [id, subject] of life.board.cases) {
      const shown = board.cases.get(id)
      if (!shown || !isSame(shown, subject)) violations.push(`desk: ${id} is not on the desk as the journal has it`)
      if (isForgotten(subject)) violations.push(`care: ${id} at ${subject.stage} has nobody and no clock`)
    }
    if (board.cases.size !== life.board.cases.size) violations.push('desk: it holds other cases than the journal')
    for (const device of devices) onScreen(device, board.cases)
  }

  function onScreen(device: Device, cases: ReadonlyMap<string, Case>): void {
    const held = device.board()
    // That it shows nothing was said as all calmed down.
    if (!held) return
    const said = screensSaid.get(device.person) ?? new Map<string, number>()
    const shown = [...cases.values()].filter((subject) => seesIt(sight, device.person, subject))
    if (held.cases.size !== shown.length)
      violations.push(`screen: ${device.person} holds ${held.cases.size} cases, not ${shown.length}`)
    for (const subject of shown) {
      const own = held.cases.get(subject.id)
      if (!own) violations.push(`screen: ${device.person} does not hold ${subject.id}`)
      else if (own.revision !== subject.revision || own.stage !== subject.stage)
        violations.push(`screen: ${device.person} holds ${subject.id} of line ${own.revision}, not ${subject.revision}`)
      else if (device.person !== 'wall' && said.get(subject.id) !== subject.revision && !isSame(own, subject))
        violations.push(`screen: ${device.person} holds another ${subject.id} than the desk`)
      said.set(subject.id, subject.revision)
    }
    screensSaid.set(device.person, said)
  }

  /** What is judged once, over all its days. */
  async function finish(): Promise<void> {
    for (let n = 0; n < 12; n++) {
      await time.slumber(hour)
      await time.pass(1_500)
    }
    const waiting = (await kept.deliveries.counts()).filter(({ state, rows }) => state === 'waiting' && rows > 0)
    if (waiting.length > 0) violations.push('told: messages still wait')
    violations.push(...judgeTold(neighbour.heard, new Map()))
    const journal = openMemoryJournal('sim', paper)
    const walked = await verify(journal)
    if (!walked.sound) violations.push(`chain: line ${walked.revision}: ${walked.why}`)
    const { early, twice, unsound } = await judgeMarks(journal, calendar)
    violations.push(...[...early, ...twice, ...unsound].map((words) => `clocks: ${words}`))
  }
}

/** The order of their fields is nobody's promise. */
const isSame = (a: Case, b: Case): boolean => a === b || isDeepStrictEqual(plainOf(a), plainOf(b))
/** Eight screens are held against one desk: what the desk's cases say is written out once for them all, and anew on the next day. */
let writtenOut = new WeakMap<Case, unknown>()
const plainOf = (one: Case): unknown => {
  const known = writtenOut.get(one) ?? JSON.parse(JSON.stringify(one))
  writtenOut.set(one, known)
  return known
}

/** Open, not kept still by anybody, and neither a hand nor a clock is on it. */
const isForgotten = (subject: Case): boolean =>
  subject.endedAt === undefined &&
  subject.clocks.length === 0 &&
  subject.holder === undefined &&
  subject.level <= 2 &&
  !subject.unsure

/** The rules the hand-written model was made for. */
const plainly = (one: Scenario): Scenario =>
  Scenario.parse({ ...one, asks: {}, apart: [], who: {}, ladder: [], ackHolds: [], autoDispatch: undefined, forms: [], phases: [], checklist: [] }) // prettier-ignore

async function hireAll(records: Records, now: number): Promise<string> {
  const all = people.filter(({ id }) => (staff as readonly string[]).includes(id))
  await Promise.all(all.map((person) => records.accounts.add({ ...person, password: 'long enough for a trial' }, now)))
  await records.neighbours.add(
    Neighbour.parse({
      id: 'city',
      name: '区平台',
      kind: 'webhook',
      url: 'http://platform.sim/in',
      toldOf: {},
      settings: {},
      paused: null,
    }),
    { signing: [] },
    now,
  )
  return records.sources.add({ id: SourceId.parse('hik'), name: '海康', matters: {}, cameras: {} }, now)
}

async function sessionOf(records: Records, person: string, now: number): Promise<string> {
  if (person !== 'wall') return records.sessions.open(person as PersonId, now)
  return (await records.kiosks.bind(await records.kiosks.add('wall-1', [], now), now))!
}
