// A city of made-up streets for the pictures: its tenant opened here, and every street's word said to it as streets say theirs, one of them silent.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { PersonId, PlaceId } from '#contract/ids'
import { rolled } from '#contract/roll'
import { StreetId } from '#contract/streets'
import type { Words } from '#contract/language'
import { readConfig } from '../../ingest-server/app/config.ts'
import type { Log } from '../../ingest-server/app/log.ts'
import { readStreets } from '../../ingest-server/app/read-streets.ts'
import { openSystem } from '../../ingest-server/app/system.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { freePort } from '../suites/server-process.ts'
import { aBusyStreet, aSummary } from '../suites/summaries.ts'
import { askAs, type Street } from './street.ts'

const hosts = { city: 'city.localhost', district: 'district.localhost' }
const districts = [
  ['310101', '黄浦区', 'Huangpu District'],
  ['310104', '徐汇区', 'Xuhui District'],
  ['310105', '长宁区', 'Changning District'],
  ['310106', '静安区', 'Jing’an District'],
  ['310107', '普陀区', 'Putuo District'],
  ['310109', '虹口区', 'Hongkou District'],
  ['310110', '杨浦区', 'Yangpu District'],
  ['310112', '闵行区', 'Minhang District'],
  ['310113', '宝山区', 'Baoshan District'],
  ['310114', '嘉定区', 'Jiading District'],
  ['310115', '浦东新区', 'Pudong New Area'],
  ['310116', '金山区', 'Jinshan District'],
  ['310117', '松江区', 'Songjiang District'],
  ['310118', '青浦区', 'Qingpu District'],
  ['310120', '奉贤区', 'Fengxian District'],
  ['310151', '崇明区', 'Chongming District'],
] as const
/** As the city's districts differ: 浦东 has three times as many streets as the others. */
const shareOf = (code: string) => (code === '310115' ? 3 : 1)

/** Six minutes past noon of today: the hours of a made-up street end there. */
function noon(): number {
  const [day, offset] = [86_400_000, 8 * 3_600_000]
  return Math.floor((Date.now() + offset) / day) * day - offset + 12.1 * 3_600_000
}
const ahead = noon() - Date.now()
const now = () => Date.now() + ahead

/** `count` streets: ten are one district's wall, more are the city's, by their districts. */
export async function openCity(count: number): Promise<Street> {
  const isCity = count > 24
  const folder = await mkdtemp(join(tmpdir(), 'sanping-city-'))
  const port = await freePort()
  const host = isCity ? hosts.city : hosts.district
  const url = `http://${host}:${port}`
  const own = isCity ? '3101' : '310101'
  const list = [
    { id: '3101', zh: '上海市', en: 'Shanghai', hosts: isCity ? [host] : [] },
    { id: '310101', zh: '黄浦区', en: 'Huangpu District', hosts: isCity ? [] : [host] },
  ]
  await writeFile(join(folder, 'streets.json'), JSON.stringify({ scheme: 'http', port, streets: list }))
  const config = readConfig({
    ...{ PORT: String(port), SANPING_DATA: folder, SANPING_LOG: 'silent' },
    ...{ SANPING_PROBE_MINUTES: '0', SANPING_MQTT: 'off' },
  })
  const system = await openSystem({
    ...{
      config,
      world: { ...realWorld, now },
      log: pino({ level: 'silent' }) as Log,
      build: 'pictures',
      onOpened() {},
    },
    streets: (await readStreets(folder))!,
    onBroken(fault) {
      throw fault
    },
  })
  const tenant = system.streets().get(own)!
  const chen = PersonId.parse('chen')
  await tenant.records.accounts.add(
    {
      ...{ id: chen, name: '陈海峰', role: 'duty-officer', post: 'command', body: '城运中心' },
      ...{ placeIds: [PlaceId.parse(own)], skills: [], onDuty: true, password: 'for a picture only' },
    },
    now(),
  )
  const cookie = await tenant.records.sessions.open(chen, now())
  let revision = 0
  const says = () => {
    revision++
    const board = tenant.roll!
    // One of them was heard of at first and never again.
    const silent = revision > 1
    if (!isCity) {
      for (let n = silent ? 1 : 0; n < count; n++) {
        const { id, summary, origin, outline } = aBusyStreet(n, { now: now() })
        board.hear(StreetId.parse(id), { summary: { ...summary!, revision }, answers: [], origin, outline: outline! })
      }
      return
    }
    const shares = districts.reduce((sum, [code]) => sum + shareOf(code), 0)
    let given = 0
    for (const [nth, [code, zh, en]] of districts.entries()) {
      const last = nth === districts.length - 1
      const many = last ? count - given : Math.round((count * shareOf(code)) / shares)
      given += many
      if (silent && code === '310151') continue
      board.hear(StreetId.parse(code), wordOf(code, { zh, en }, many, nth, revision))
    }
  }
  says()
  const timer = setInterval(says, 5_000)

  return {
    url,
    cookieOf: async () => cookie,
    cases: async () => [],
    wish: async () => ({ ok: false, refusal: 'case-not-found' }) as never,
    asks: (_account, path, body) => askAs(url, cookie, path, body),
    freezes: () => clearInterval(timer),
    async close() {
      clearInterval(timer)
      await system.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What a district says of its streets: their sum, and each as it stands. */
function wordOf(code: string, words: Words, many: number, nth: number, revision: number) {
  const streets = Array.from({ length: many }, (_, i) => aBusyStreet(i, { now: now(), district: code, seed: nth + 1 }))
  const sum = rolled(streets)
  const silent = nth % 5 === 1 ? streets[3]?.id : undefined
  const parts = sum.parts.map((part) => ({
    ...part,
    stoppedAt: part.street === silent ? now() - 26 * 60_000 : part.stoppedAt,
  }))
  const summary = aSummary({
    ...sum,
    parts,
    blocks: [],
    street: StreetId.parse(code),
    words,
    revision,
    at: now(),
    since: now(),
  })
  return { summary, answers: [], origin: null }
}
