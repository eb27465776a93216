// Many streets behind one front: whose a request is, what is nothing at another, and a list that may change while it runs.
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PersonId, PlaceId, SourceId } from '#contract/ids'
import { hostIn } from '../../ingest-server/app/host-name.ts'
import { StreetsFile, streetsIn } from '../../ingest-server/app/read-streets.ts'
import { here, hosts, listed, openTwoStreets, there } from '../suites/two-streets.ts'
import type { TwoStreets } from '../suites/two-streets.ts'

const asked = (host: string, target = '/') => hostIn({ hosts: [host], target })

describe('the host a request names', () => {
  it('[ST3] is read without its port, its dot at the end and its capitals, and in no other way', () => {
    expect(asked('Wuliqiao.Example:8787')).toBe('wuliqiao.example')
    expect(asked('wuliqiao.example.')).toBe('wuliqiao.example')
    expect(asked('[::1]:8787')).toBe('::1')
    for (const strange of [
      '',
      'a b',
      'a@b',
      'a/b',
      'a:b',
      'a:99999',
      'a,b',
      '.a',
      'a..',
      '[::1',
      'a:80:80',
      'ä.example',
    ])
      expect(asked(strange), strange).toBe(strange === 'a..' ? null : null)
    expect(hostIn({ hosts: ['a.example', 'b.example'], target: '/' })).toBeNull()
    expect(hostIn({ hosts: undefined, target: '/' })).toBeNull()
    expect(asked('a.example', 'http://b.example/')).toBeNull()
  })
})

describe('the list of streets', () => {
  const wrongOf = (streets: unknown[]): string => {
    const read = StreetsFile.safeParse({ streets })
    if (!read.success) return read.error.issues[0]!.path.join('.')
    try {
      streetsIn(read.data, '/data')
      return ''
    } catch (fault) {
      return (fault as Error).message
    }
  }
  const above = [
    { id: '3101', zh: '上海市', en: 'Shanghai' },
    { id: '310101', zh: '黄浦区', en: 'Huangpu' },
  ]
  const street = (id: string, change: object = {}) => ({
    id,
    zh: '某街道',
    en: 'A street',
    hosts: [`s${id}.example`],
    ...change,
  })

  it('[ST1] what is wrong with it is one sentence that names it', () => {
    expect(wrongOf([...above, street('310101020')])).toBe('')
    expect(wrongOf([...above, street('31010102')])).toBe('streets.2.id')
    expect(wrongOf([...above, street('310101020', { hosts: ['Big.Example'] })])).toBe('streets.2.hosts.0')
    expect(wrongOf([...above, street('310101020', { hosts: ['127.0.0.1'] })])).toBe('streets.2.hosts.0')
    expect(wrongOf([...above, street('310101020', { hosts: ['a.example:80'] })])).toBe('streets.2.hosts.0')
    expect(wrongOf([street('310101020')])).toContain('310101020 belongs to 3101, which is not listed')
    expect(wrongOf([...above, street('310101020', { hosts: [] })])).toContain('310101020 has no host name')
    const twice = [...above, street('310101020'), street('310101021', { hosts: ['s310101020.example'] })]
    expect(wrongOf(twice)).toContain('the host s310101020.example is of both 310101020 and 310101021')
    const shared = [...above, street('310101020', { folder: 'x' }), street('310101021', { folder: './x' })]
    expect(wrongOf(shared)).toContain('310101021 and 310101020 share one folder')
    expect(wrongOf([...above, street('310101020'), street('310101020')])).toContain('310101020 is there twice')
  })
})

describe('two streets in one process', () => {
  let two: TwoStreets
  const of = (id: string) => two.system.streets().get(id)!
  const secrets: Record<string, { cookie: string; key: string; kiosk: string }> = {}

  beforeAll(async () => {
    two = await openTwoStreets()
    for (const id of [here, there]) {
      const { records } = of(id)
      const now = Date.now()
      const who = PersonId.parse(`chen-${id}`)
      await records.accounts.add(
        {
          ...{ id: who, name: `金丝雀${id}`, role: 'duty-officer', post: 'command', body: `值班室${id}` },
          ...{ placeIds: [PlaceId.parse(id)], skills: [], onDuty: true, password: `long enough ${id}` },
        },
        now,
      )
      secrets[id] = {
        cookie: `sanping=${await records.sessions.open(who, now)}`,
        key: await records.sources.add({ id: SourceId.parse('hik'), name: `海康${id}`, matters: {}, cameras: {} }, now),
        kiosk: await records.kiosks.add('wall', [], now),
      }
    }
  }, 60_000)
  afterAll(() => two.close())

  const camera = (id: string) => [...of(id).ground.cameras.keys()][0]!
  const alert = (id: string, text: string) =>
    JSON.stringify({
      kind: 'camera-alert',
      eventId: `e-${id}`,
      matter: 'smoke',
      occurredAt: Date.now(),
      cameraId: camera(id),
      text,
    })
  const posts = (host: string, key: string, body: string) =>
    two.asks(host, '/api/in/sanping', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body,
    })

  it('[ST2] each answers at its own host; an address of nobody names no street', async () => {
    for (const id of [here, there]) {
      const answer = await two.asks(hosts[id as typeof here], '/readyz')
      expect(answer.status).toBe(200)
      const places = await two.asks(hosts[id as typeof here], '/api/map/boundary.geojson', {
        headers: { cookie: secrets[id]!.cookie },
      })
      expect(await places.text()).toContain(`"${id}"`)
    }
    const nobody = await two.asks('nobody.example', '/readyz')
    expect(nobody.status).toBe(404)
    const words = await nobody.text()
    expect(words).toContain('这个网址上没有街道')
    expect(words).not.toMatch(/五里桥|打浦桥|Wuliqiao|3101/)
    const claimed = await two.asks('nobody.example', '/readyz', { headers: { 'x-forwarded-host': hosts[here] } })
    expect(claimed.status).toBe(404)
  })

  it('[ST4] what one street gave is nothing at another: no cookie, no key, no link of a wall, asked crosswise', async () => {
    for (const id of [here, there]) {
      const answer = await posts(hosts[id as typeof here], secrets[id]!.key, alert(id, `canary ${id}`))
      expect(answer.status, await answer.clone().text()).toBe(200)
    }
    let bytes = 0
    const crossed: [string, string][] = [
      [here, there],
      [there, here],
    ]
    for (const [own, other] of crossed) {
      const host = hosts[other as typeof here]
      const headers = { cookie: secrets[own]!.cookie }
      for (const path of [
        '/api/session',
        '/api/scenarios',
        '/api/map/cameras.geojson',
        '/api/sources',
        '/api/archive/cases',
        '/api/neighbours',
        '/api/quarantine',
      ]) {
        const mine = await two.asks(hosts[own as typeof here], path, { headers })
        const theirs = await two.asks(host, path, { headers })
        const text = await theirs.text()
        bytes += text.length
        expect(text, path).not.toMatch(new RegExp(`金丝雀|值班室|canary|${own}|${other}`))
        if (mine.status === 200) expect(theirs.status, path).toBeGreaterThanOrEqual(400)
      }
      expect((await posts(host, secrets[own]!.key, alert(other, 'crossed'))).status).toBe(401)
      const wall = await two.asks(host, `/wall?kiosk=${secrets[own]!.kiosk}`)
      expect(wall.headers.get('set-cookie')).toBeNull()
      // And its own still looks at nothing but its own.
      const board = JSON.stringify([...of(own).desk.board().cases.values()])
      expect(board).toContain(`canary ${own}`)
      expect(board).not.toContain(`canary ${other}`)
    }
    expect(bytes).toBeGreaterThan(0)
  })

  it('[ST4] a cookie names no domain, so that a browser gives it to this host alone', async () => {
    const answer = await two.asks(hosts[here], '/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://${hosts[here]}:${two.port}` },
      body: JSON.stringify({ name: `chen-${here}`, password: `long enough ${here}` }),
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toMatch(/^sanping=/)
    expect(answer.headers.get('set-cookie')).not.toMatch(/domain=/i)
    const foreign = await two.asks(hosts[here], '/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://${hosts[there]}:${two.port}` },
      body: '{}',
    })
    expect(foreign.status).toBe(403)
  })

  it('[ST5] an upgrade goes to the street of its host, and to nobody where there is none', async () => {
    const opened = (host: string, cookie: string): Promise<string> =>
      new Promise((said) => {
        const headers = { host, cookie, origin: `http://${host}:${two.port}` }
        const line = io(two.system.url, {
          path: '/line',
          transports: ['websocket'],
          extraHeaders: headers,
          reconnection: false,
        })
        const say = (word: string) => {
          said(word)
          line.close()
        }
        line.once('connect', () => say('in'))
        line.once('connect_error', (fault) => say(fault.message))
      })
    expect(await opened(hosts[here], secrets[here]!.cookie)).toBe('in')
    expect(await opened(hosts[there], secrets[here]!.cookie)).toBe('not-signed-in')
    expect(await opened('nobody.example', secrets[here]!.cookie)).toBe('websocket error')
  })

  it('[ST6] the machine says how it is at its own address: alive, ready, and every figure under its street', async () => {
    const own = `127.0.0.1:${two.port}`
    expect((await two.asks(own, '/healthz')).status).toBe(200)
    expect(await (await two.asks(own, '/readyz')).json()).toEqual({ ready: true, streets: 2, notReady: 0 })
    const metrics = await (await two.asks(own, '/metrics')).text()
    expect(metrics).toMatch(new RegExp(`sanping_cases{street="${here}"} 1`))
    expect(metrics).toMatch(new RegExp(`sanping_cases{street="${there}"} 1`))
    expect(metrics).toContain('process_cpu_seconds_total')
    expect((await two.asks(own, '/desk')).status).toBe(404)
    expect((await two.asks(own, '/metrics', { headers: { 'x-forwarded-for': '8.8.8.8' } })).status).toBe(404)
  })

  it('[ST7] a street is added and taken away while the others run; what it kept is there when it comes back', async () => {
    const all = listed().streets
    const added = { id: '310101', zh: '黄浦区', en: 'Huangpu District', hosts: ['huangpu.example'] }
    const beside = all.filter(({ id }) => id !== '310101' && id !== there)
    two.writes({ scheme: 'http', streets: [...beside, added] })
    await two.system.look()
    expect([...two.system.streets().keys()].toSorted()).toEqual(['310101', here])
    expect((await two.asks(hosts[there], '/readyz')).status).toBe(404)
    expect((await two.asks('huangpu.example', '/readyz')).status).toBe(200)
    two.writes({ scheme: 'http', streets: [...beside, { ...added, hosts: ['not a host'] }] })
    await expect(two.system.look()).rejects.toThrow('streets.json')
    expect((await two.asks('huangpu.example', '/readyz')).status).toBe(200)
    two.writes(listed())
    await two.system.look()
    expect([...of(there).desk.board().cases.values()].map(({ sources }) => sources[0]?.text)).toEqual([
      `canary ${there}`,
    ])
    await vi.waitFor(async () => expect((await two.asks(hosts[there], '/readyz')).status).toBe(200))
  })
})
