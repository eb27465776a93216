// Canaries: every word of a case and every name carries the ground it belongs to; whatever reaches anybody is searched for words they had no right to.
import { WebSocket } from 'ws'
import type { Wish } from '#contract/command'
import { CommandId } from '#contract/ids'
import type { PersonId, PlaceId, SourceId } from '#contract/ids'
import type { Role } from '#contract/roles'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { dutyRoom } from '../world/duty-room.ts'
import { aPerson } from './builders.ts'
import { sawBy, type Asker } from './permitted-oracle.ts'
import { smallGround } from './small-ground.ts'

export interface Leaks {
  /** Words over the line and answers by HTTP. */
  delivered: number
  answers: number
  /** Canaries that were read, rightly. */
  seen: number
  changes: number
  leaks: string[]
  /** The oldest right somebody was still served by, ms after it had ended. */
  lateMs: number
}

/** A word on its way when the right to it ended. */
const grace = 1000
const grids = [...smallGround.places.values()].filter(({ level }) => level === 'micro-grid').map(({ id }) => id)
const posts: PlaceId[] = [...smallGround.places.values()]
  .filter(({ level }) => level !== 'building-group')
  .map(({ id }) => id)
const scoped = ['chief', 'officer', 'property'] as const satisfies Role[]
const churned: readonly Role[] = [
  ...scoped,
  'duty-officer',
  'administrator',
  'security-administrator',
  'audit-administrator',
]

/** `kanari-case-north-west-1-x` in what is said of a case, `kanari-name-north-west-x` in who somebody is. */
const canary = /kanari-(case|name)-([a-z]+(?:-[a-z]+)?(?:-\d)?)-x/g

/** What somebody may have read of at this moment, by a rule of our own. */
function mayRead(asker: Asker, kind: string, place: string): boolean {
  const path = smallGround.pathOf(place as PlaceId)
  if (sawBy(asker, path)) return true
  // Everybody is told who they are themselves.
  if (kind === 'name' && asker.placeIds.includes(place)) return true
  // Whom I may be sent by: those whose ground holds mine.
  const own = asker.placeIds.map((one) => smallGround.pathOf(one as PlaceId))
  return kind === 'name' && scoped.includes(asker.role as never) && own.some((mine) => mine.includes(place as PlaceId))
}

interface Somebody {
  id: string
  now: Asker | null
  /** What they were until then. */
  before: { asker: Asker | null; until: number }[]
  cookie: string
}

interface Line {
  whose: Somebody
  socket: WebSocket
  journal?: string
  revision?: number
  at: number
}

export async function openLeaks(chance: Chance, screensEach: number) {
  const room = await dutyRoom({ at: '09:31', staff: ['chen'] })
  const source = { id: 'flood' as SourceId, name: 'flood', matters: {}, cameras: {}, perMinute: 1e9 }
  const key = await room.records.sources.add(source, room.clock.now())
  const told: Leaks = { delivered: 0, answers: 0, seen: 0, changes: 0, leaks: [], lateMs: 0 }
  const everybody: Somebody[] = []
  const lines = new Set<Line>()
  let made = 0

  function read(whose: Somebody, text: string, where: string): void {
    for (const [word, kind, place] of text.matchAll(canary)) {
      if (whose.now && mayRead(whose.now, kind!, place!)) {
        told.seen++
        continue
      }
      const at = performance.now()
      const late = whose.before
        .filter(({ asker }) => asker && mayRead(asker, kind!, place!))
        .map(({ until }) => at - until)
      const youngest = Math.min(...late, Infinity)
      if (youngest <= grace) told.lateMs = Math.max(told.lateMs, youngest)
      else
        told.leaks.push(
          `${whose.id} as ${JSON.stringify(whose.now)} read ${word} by ${where}, ${Math.round(youngest)} ms late`,
        )
    }
  }

  /** A phone is told of by where it stands. */
  function readPhones(whose: Somebody, text: string): void {
    const [, phones] = JSON.parse(text.slice(2)) as [string, { personId: string; wgs84: [number, number] }[]]
    for (const { personId, wgs84 } of phones) {
      const leaf = smallGround.leafAt(wgs84)
      if (leaf) read(whose, `kanari-case-${leaf.slice(0, -2)}-x`, `presence of ${personId}`)
    }
  }

  /** engine.io and socket.io by hand: cheap, and every byte is looked at. */
  function opens(whose: Somebody, held: Pick<Line, 'journal' | 'revision'> = {}): void {
    const socket = new WebSocket(`${room.url.replace('http', 'ws')}/line/?EIO=4&transport=websocket`, {
      headers: { cookie: whose.cookie, origin: room.url },
    })
    const line: Line = { whose, socket, ...held, at: performance.now() }
    lines.add(line)
    const gone = () => void lines.delete(line)
    socket.on('error', gone)
    socket.on('close', gone)
    socket.on('message', (part: Buffer, isBinary: boolean) => {
      if (isBinary) return
      const text = part.toString()
      if (text === '2') return socket.send('3')
      if (text.startsWith('0')) return socket.send('40')
      if (text.startsWith('40')) return socket.send(`420["hello",${JSON.stringify({ ...held, rules: [] })}]`)
      if (!text.startsWith('4')) return
      told.delivered++
      read(whose, text, text.slice(0, 12))
      if (text.startsWith('42["presence"')) readPhones(whose, text)
      const journal = /"journal":"([^"]+)","duty"/.exec(text)?.[1]
      if (journal) line.journal = journal
      const revision = /"revision":(\d+),"at"/.exec(text)?.[1]
      if (revision) line.revision = Number(revision)
    })
  }

  async function hire(role: Role, place: PlaceId): Promise<Somebody> {
    const id = `p${++made}`
    const asker: Asker = { role, placeIds: [place] }
    if (role === 'wall') {
      const link = await room.records.kiosks.add(id, [place], room.clock.now())
      const whose = {
        id,
        now: asker,
        before: [],
        cookie: `sanping=${await room.records.kiosks.bind(link, room.clock.now())}`,
      }
      everybody.push(whose)
      return whose
    }
    const person = aPerson(id, { role, placeIds: [place], name: `kanari-name-${place}-x`, post: 'grid' })
    await room.records.accounts.add({ ...person, password: 'long enough for a test' }, room.clock.now())
    const whose = { id, now: asker, before: [], cookie: await room.signIn(id) }
    everybody.push(whose)
    return whose
  }

  /** From now on they are this; what they were holds for what is under way. */
  async function becomes(whose: Somebody, next: Asker | null, change: () => Promise<unknown>): Promise<void> {
    const was = whose.now
    // Until it is done they are both.
    whose.before.push({ asker: was, until: Infinity }, { asker: next, until: Infinity })
    await change()
    const at = performance.now()
    await room.clock.pass(0)
    whose.before = [...whose.before.filter(({ until }) => at - until < 2 * grace), { asker: was, until: at }]
    whose.now = next
    told.changes++
  }

  return { room, told, everybody, lines, opens, hire, becomes, read, key, chance, screensEach }
}

type World = Awaited<ReturnType<typeof openLeaks>>

/** Everybody there is, with so many screens each; those that were cut come back with what they held. */
export async function fill({ hire }: World): Promise<void> {
  for (const role of churned)
    for (const place of scoped.includes(role as never) ? posts : posts.slice(0, 1)) await hire(role, place)
  for (const place of posts.slice(0, 2)) await hire('wall', place)
}

function comeBack({ everybody, lines, opens, screensEach, chance }: World): void {
  const [cut] = chance.next() < 0.5 ? [...lines].slice(Math.floor(chance.next() * lines.size)) : []
  cut?.socket.terminate()
  for (const whose of everybody.filter(({ now }) => now !== null)) {
    const own = [...lines].filter((line) => line.whose === whose)
    for (let missing = own.length; missing < screensEach; missing++)
      opens(whose, own[0] ?? (cut?.whose === whose ? cut : {}))
  }
}

async function report({ room, key, chance }: World, nth: number): Promise<void> {
  const body = Array.from({ length: 12 }, (_, at) => {
    const grid = chance.oneOf(grids)
    const place = `${grid}-${chance.oneOf(['a', 'b'])}`
    const said = { eventId: `${nth}-${at}`, matter: chance.oneOf(['dropped-garbage', 'smoke']), placeId: place }
    return { kind: 'grid-report', ...said, occurredAt: room.clock.now(), text: `kanari-case-${grid}-x ${nth}` }
  })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const answer = await fetch(`${room.url}/api/in/sanping`, { method: 'POST', headers, body: JSON.stringify(body) })
  await answer.arrayBuffer()
}

/** The watch writes into a case, hands a grid over, keeps a camera quiet: each in words of that ground. */
async function work({ room, chance }: World, nth: number): Promise<void> {
  const by = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
  const submit = (wish: Wish, id: string) => room.desk.submit({ id: CommandId.parse(`${nth}-${id}`), by, wish })
  const cases = [...room.desk.board().cases.values()]
  for (let at = 0; at < 6 && cases.length > 0; at++) {
    const { id: caseId, path } = chance.oneOf(cases)
    const note = `kanari-case-${path[3]}-x`
    await submit({ type: 'note', caseId, note }, `note-${at}`)
    if (at === 0) await submit({ type: 'acknowledge', caseId }, 'ack')
    if (at === 1) await submit({ type: 'look', look: { caseId } }, 'look')
    if (at === 2) await submit({ type: 'void', caseId, reason: note }, 'void')
  }
  const grid = chance.oneOf(grids)
  if (nth % 10 === 0)
    await submit(
      { type: 'hand-over', id: `h-${nth}`, placeId: grid, note: `kanari-case-${grid}-x`, cases: [] } as never,
      'hand',
    )
  if (nth % 10 === 1) {
    const until = room.clock.now() + 60_000
    const window = { id: `w-${nth}`, kind: 'shelved', cameraId: 'cam-1', from: room.clock.now(), until }
    await submit(
      { type: 'open-window', window: { ...window, reason: 'kanari-case-north-west-1-x' } } as never,
      'window',
    )
  }
}

/** One of them becomes somebody else, leaves, signs out, or is followed by another. */
async function churn({ room, everybody, chance, becomes, hire }: World): Promise<void> {
  const whose = chance.oneOf(everybody.filter(({ now }) => now !== null))
  const { accounts, kiosks, sessions } = room.records
  const id = whose.id as PersonId
  const dice = chance.next()
  if (whose.now!.role === 'wall') {
    if (dice > 0.1) return
    await becomes(whose, null, () => kiosks.withdraw(whose.id))
    return void (await hire('wall', chance.oneOf(posts)))
  }
  if (dice < 0.08) {
    const { role } = whose.now!
    await becomes(whose, null, () => accounts.withdraw(id))
    return void (await hire(role, chance.oneOf(posts)))
  }
  if (dice < 0.2) {
    await sessions.close(whose.cookie.slice('sanping='.length))
    whose.cookie = await room.signIn(whose.id)
    return
  }
  const [role, place] = [dice < 0.6 ? chance.oneOf(churned) : whose.now!.role, chance.oneOf(posts)]
  const change = { role, placeIds: [place], name: `kanari-name-${place}-x` }
  await becomes(whose, { role, placeIds: [place] }, () => accounts.change(id, change))
}

/** Whatever is answered by HTTP, to somebody and to nobody. */
async function ask({ room, everybody, chance, read, told }: World): Promise<void> {
  const whose = chance.next() < 0.15 ? nobody : chance.oneOf(everybody)
  const day = `from=${room.clock.now() - 3_600_000}&to=${room.clock.now() + 60_000}`
  const cases = [...room.desk.board().cases.keys()]
  const [one, revision] = [cases.length > 0 ? chance.oneOf(cases) : 'none', room.desk.board().revision]
  const paths = [
    ...[
      `/api/cases/${one}`,
      `/api/cases/${one}/reporter`,
      `/api/cap/${one}.xml`,
      '/api/archive',
      '/api/archive?text=kanari',
    ],
    ...[`/api/past?revision=${revision}`, `/api/past/changes?fromRevision=${Math.max(0, revision - 20)}`],
    ...[
      `/api/kpi?${day}&lists=1`,
      `/api/daily?${day}`,
      `/api/hygiene?${day}`,
      `/api/cases.csv?${day}`,
      '/api/heat?days=7',
    ],
    ...['/api/devices', '/api/quarantine', '/api/notices', '/api/neighbours', '/open311/v2/requests.json', '/metrics'],
    ...['/api/places', '/api/scenarios', '/api/resident/near?matter=dropped-garbage&placeId=north-west-1-a'],
  ]
  const path = chance.oneOf(paths)
  const answer = await fetch(`${room.url}${path}`, { headers: whose === nobody ? {} : { cookie: whose.cookie } })
  const text = await answer.text()
  told.answers++
  // Those two are for the whole street, and their roles see it whole.
  read(whose, text, path)
}

const nobody: Somebody = { id: 'nobody', now: null, before: [], cookie: '' }

/** Until so much was delivered, or `stopped`. */
export async function leak(
  world: World,
  until: number,
  stopped: () => boolean,
  say: (words: string) => void,
): Promise<Leaks> {
  const { room, told } = world
  await fill(world)
  comeBack(world)
  for (let nth = 0; told.delivered < until && !stopped() && told.leaks.length === 0; nth++) {
    await report(world, nth)
    await work(world, nth)
    await churn(world)
    comeBack(world)
    await room.clock.pass(2000)
    await Promise.all([ask(world), ask(world), ask(world), ask(world)])
    for (const { socket, whose } of world.lines)
      if (socket.readyState === WebSocket.OPEN && world.chance.next() < 0.02 && whose.now)
        socket.send(standing(world.chance))
    if (nth % 200 === 199) say(`${told.delivered} delivered, ${told.answers} answers, ${told.changes} changes`)
  }
  return told
}

function standing(chance: Chance): string {
  const [lon, lat] = [121.471 + chance.next() * 0.018, 31.191 + chance.next() * 0.018]
  return `42["where",${JSON.stringify({ lon, lat, crs: 'wgs84' })}]`
}

export async function close({ room, lines }: World): Promise<void> {
  for (const { socket } of lines) socket.terminate()
  await room.close()
}
