// REVOKED: rights taken away by another process, as the command line does, on a real server: how long until nothing more is had by them.
import { setTimeout as wait } from 'node:timers/promises'
import { randomBytes } from 'node:crypto'
import mqtt from 'mqtt'
import { io, type Socket } from 'socket.io-client'
import { PersonId, PlaceId, SourceId } from '#contract/ids'
import type { Role } from '#contract/roles'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'

const atMost = 1000
const patience = 10_000
const street = PlaceId.parse('310101020')

interface House {
  url: string
  mqttUrl: string
  /** The folder's records, opened a second time beside the running server. */
  records: Records
  sourceKey: string
}

/** How long after the change `isOver` holds, ms; Infinity where it never does. */
async function lasts(change: () => Promise<unknown>, isOver: () => boolean | Promise<boolean>): Promise<number> {
  await change()
  const from = performance.now()
  while (performance.now() - from < patience) {
    if (await isOver()) return performance.now() - from
    await wait(5)
  }
  return Infinity
}

async function hire({ records }: Pick<House, 'records'>, name: string, role: Role, places = [street]) {
  const id = PersonId.parse(name)
  const post = role === 'officer' ? 'grid' : 'command'
  const account = {
    id,
    name,
    role,
    post,
    body: '试',
    placeIds: places,
    skills: [],
    password: 'only-for-this-run',
  } as const
  await records.accounts.add({ ...account, placeIds: [...places], skills: [] }, Date.now())
  const token = await records.sessions.open(id, Date.now())
  return { id, token, cookie: `sanping=${token}` }
}

async function opens(url: string, cookie: string): Promise<Socket> {
  const line = io(url, {
    ...{ path: '/line', transports: ['websocket'], reconnection: false, forceNew: true },
    extraHeaders: { cookie, origin: url },
  })
  await new Promise<void>((connected, refused) => {
    line.once('connect', connected)
    line.once('connect_error', refused)
  })
  await line.emitWithAck('hello', {})
  return line
}

const statusOf = async (url: string, path: string, headers: Record<string, string>): Promise<number> => {
  const answer = await fetch(`${url}${path}`, { headers })
  await answer.arrayBuffer()
  return answer.status
}

type Person = Awaited<ReturnType<typeof hire>>
type Change = (house: House, person: Person) => Promise<unknown>

/** By which a person loses what they had, and what they are told from then on. */
const changes: Record<string, { change: Change; http: number }> = {
  withdrawn: { change: ({ records }, { id }) => records.accounts.withdraw(id), http: 401 },
  demoted: {
    change: ({ records }, { id }) => records.accounts.change(id, { role: 'officer', post: 'grid' }),
    http: 403,
  },
  'signed out elsewhere': { change: ({ records }, { token }) => records.sessions.close(token), http: 401 },
  'password set': {
    change: ({ records }, { id }) => records.accounts.setPassword(id, 'another for this run'),
    http: 401,
  },
}

async function people(house: House, told: (what: string, ms: number) => void): Promise<void> {
  const { url } = house
  let nth = 0
  for (const [name, { change, http }] of Object.entries(changes)) {
    const forHttp = await hire(house, `h${nth}`, 'chief')
    const forLine = await hire(house, `l${nth++}`, 'chief')
    const line = await opens(await known(url, forLine.cookie), forLine.cookie)
    await known(url, forHttp.cookie)
    const ask = async () => (await statusOf(url, '/api/devices', { cookie: forHttp.cookie })) === http
    told(`http, ${name}`, await lasts(() => change(house, forHttp), ask))
    told(
      `line, ${name}`,
      await lasts(
        () => change(house, forLine),
        () => !line.connected,
      ),
    )
    line.close()
  }
  const moved = await hire(house, 'moved', 'officer')
  const line = await opens(await known(url, moved.cookie), moved.cookie)
  const away = () => house.records.accounts.change(moved.id, { placeIds: [] })
  told('line, moved away', await lasts(away, () => !line.connected))
  line.close()
}

/** The server has noticed that somebody was hired. */
async function known(url: string, cookie: string): Promise<string> {
  while ((await statusOf(url, '/api/session', { cookie })) !== 200) await wait(10)
  return url
}

async function walls({ url, records }: House, told: (what: string, ms: number) => void): Promise<void> {
  const token = await records.kiosks.bind(await records.kiosks.add('hall', [], Date.now()), Date.now())
  const cookie = `sanping=${token}`
  const line = await opens(await known(url, cookie), cookie)
  told(
    'line, wall withdrawn',
    await lasts(
      () => records.kiosks.withdraw('hall'),
      () => !line.connected,
    ),
  )
  line.close()
}

async function sources({ url, mqttUrl, records }: House, told: (what: string, ms: number) => void): Promise<void> {
  const add = async (name: string) => {
    const id = SourceId.parse(name)
    return { id, key: await records.sources.add({ id, name, matters: {}, cameras: {} }, Date.now()) }
  }
  const post = async (key: string) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/in/sanping`, { method: 'POST', headers, body: '{}' })
    await answer.arrayBuffer()
    return answer.status
  }
  const [byPost, byMqtt] = [await add('by-post'), await add('by-mqtt')]
  while ((await post(byMqtt.key)) === 401) await wait(10)
  const withdrawn = () => records.sources.withdraw(byPost.id, Date.now())
  told('intake, source withdrawn', await lasts(withdrawn, async () => (await post(byPost.key)) === 401))
  const options = { username: byMqtt.id, password: byMqtt.key, reconnectPeriod: 0 }
  const line = await mqtt.connectAsync(mqttUrl, options)
  line.on('error', () => {})
  await line.subscribeAsync(`sanping/${byMqtt.id}/answers`)
  told(
    'mqtt, source withdrawn',
    await lasts(
      () => records.sources.withdraw(byMqtt.id, Date.now()),
      () => !line.connected,
    ),
  )
  line.end(true)
}

/** A past that is still being played when the right to it ends. */
async function streams(house: House, told: (what: string, ms: number) => void): Promise<void> {
  const { url, records, sourceKey } = house
  const headers = { authorization: `Bearer ${sourceKey}`, 'content-type': 'application/json' }
  const report = (eventId: string) => ({
    ...{ kind: 'grid-report', eventId, matter: 'smoke', occurredAt: Date.now() },
    ...{ at: { lon: 121.473, lat: 31.199, crs: 'wgs84' }, text: 'x'.repeat(800) },
  })
  for (let batch = 0; batch < 20; batch++) {
    const body = JSON.stringify(Array.from({ length: 50 }, (_, nth) => report(`past-${batch}-${nth}`)))
    const answer = await fetch(`${url}/api/in/sanping`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`the past could not be made: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  const chief = await hire(house, 'player', 'duty-officer')
  await known(url, chief.cookie)
  const answer = await fetch(`${url}/api/past/changes?fromRevision=0`, { headers: { cookie: chief.cookie } })
  const reader = answer.body!.getReader()
  await reader.read()
  let over: 'cut' | 'whole' | null = null
  // Read a little at a time, so that there is always something left of it.
  void (async () => {
    try {
      for (;;) {
        if ((await reader.read()).done) break
        await wait(4)
      }
      over = 'whole'
    } catch {
      over = 'cut'
    }
  })()
  const ms = await lasts(
    () => records.accounts.change(chief.id, { role: 'officer', post: 'grid' }),
    () => over !== null,
  )
  told('stream of the past, demoted', over === 'cut' ? ms : Infinity)
}

export const revoked: Program = {
  id: 'REVOKED',
  about: '收回权限：别的进程撤销、降级、调离、登出之后，多久再也拿不到任何东西',
  async run({ say }): Promise<Figure[]> {
    const site = await prepareSite('revoked')
    const mqttPort = await freePort()
    const server = await startServer({
      folder: site.folder,
      entry: 'ingest-server/main.ts',
      env: { SANPING_MQTT: `127.0.0.1:${mqttPort}`, SANPING_PROBE: 'off' },
    })
    const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
    const secret = await readKeyRing(site.folder, random, Date.now)
    const records = await openRecords({ folder: site.folder, secret, random, now: Date.now })
    const measured: [what: string, ms: number][] = []
    const told = (what: string, ms: number) => {
      measured.push([what, ms])
      say(`${what}: ${Math.round(ms)} ms`)
    }
    try {
      const house = { url: server.url, mqttUrl: `mqtt://127.0.0.1:${mqttPort}`, records, sourceKey: site.sourceKey }
      await people(house, told)
      await walls(house, told)
      await sources(house, told)
      await streams(house, told)
    } finally {
      await records.close()
      await server.kill('SIGTERM')
      await site.remove()
    }
    const [what, worst] = measured.toSorted(([, a], [, b]) => b - a)[0]!
    const words = `the slowest of ${measured.length}: ${what}`
    return [{ id: 'REVOKED', value: `${Math.round(worst)} ms`, target: `≤ ${atMost} ms`, ok: worst <= atMost, words }]
  },
}
