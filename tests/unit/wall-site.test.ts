// How a wall hangs: said on the command line or by the administrator, refused where it cannot be, and on the wall within seconds.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { PersonId, PlaceId } from '#contract/ids'
import { legibilityOf, pixelsFor } from '#contract/legible'
import type { Place } from '#contract/places'
import { readSite } from '#contract/read-site'
import { WallSite } from '#contract/wall-site'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { dutyRoom } from '../world/duty-room.ts'
import { chance, goodPassword, morning, officerLi, openHouse, type House } from '../suites/records-folder.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
const aHouse = async (): Promise<House> => {
  const house = await openHouse()
  closing.push(house.close)
  return house
}
const places = [{ id: 'north', name: '北片' }] as unknown as Place[]

/** `npm run sanping -- …`, beside a server that runs. */
async function sanping(house: House, args: string, { language = 'zh' as 'zh' | 'en', input = '' } = {}) {
  const [said, complained]: string[][] = [[], []]
  const code = await runAdmin(args.split(' '), {
    folder: house.folder,
    address: 'http://127.0.0.1:8787',
    language,
    random: chance('command line'),
    now: () => house.clock.now,
    say: (line) => said!.push(line),
    complain: (line) => complained!.push(line),
    readInput: async () => input,
    places: () => places,
    pause: async () => {},
    stopped: () => false,
  })
  return { code, said: said!.join('\n'), complained: complained!.join('\n') }
}

it('[WH76] letters are as large as the angle asks: distance · θ′ ÷ (3438 · pitch)', () => {
  // Six metres before a wall of 1.25 mm: 22′ are 38.4 mm.
  expect(pixelsFor(22, 6000, 1.25)).toBeCloseTo(30.7, 1)
  expect(legibilityOf({ distanceMm: 6000, pitchMm: 1.25 })).toEqual({
    headline: expect.closeTo(48.9, 1),
    body: expect.closeTo(30.7, 1),
    small: expect.closeTo(25.1, 1),
  })
  expect(legibilityOf({ distanceMm: 6000 })).toBeNull()
})

describe('on the command line', () => {
  it('[WH75] a wall of which nothing was said hangs as one panel in the duty skin; what is said is kept, the rest stays', async () => {
    const house = await aHouse()
    await house.records.kiosks.add('wall-1', [], morning)
    const { kiosks } = house.records

    expect(kiosks.site('wall-1')).toEqual(WallSite.parse({}))
    expect((await sanping(house, 'kiosk site wall-1 --columns 3 --rows 2 --seam 8')).code).toBe(0)
    const set = await sanping(house, 'kiosk site wall-1 --pitch 1.25 --distance 6 --night 22:00-06:30 --sound 1=0.8')
    expect(set.code).toBe(0)
    expect(set.said).toContain('标题 48.9 像素（35′） 正文 30.7 像素（22′） 小字 25.1 像素（18′）')
    await house.records.refresh()
    expect(kiosks.site('wall-1')).toEqual({
      ...WallSite.parse({}),
      ...{ columns: 3, rows: 2, seam: 8, pitchMm: 1.25, distanceMm: 6000, sound: { '1': 0.8 } },
      night: { from: '22:00', to: '06:30', dim: 0.5 },
    })
    const english = await sanping(house, 'kiosk site wall-1 --night off', { language: 'en' })
    expect(english.said).toContain('Letters at least: headlines 48.9 px (35′)')
    await house.records.refresh()
    expect(kiosks.site('wall-1')).not.toHaveProperty('night')
  })

  it('[WH75] a file is the whole of it, tour and presets with it', async () => {
    const house = await aHouse()
    await house.records.kiosks.add('wall-1', [], morning)
    const site = {
      columns: 4,
      tour: { seconds: 30, on: true, stops: [{ kind: 'whole' }, { kind: 'place', placeId: 'north' }] },
      presets: [{ from: '18:00', view: { kind: 'layer', layer: 'heat' } }],
    }
    await writeFile(join(house.folder, 'site.json'), JSON.stringify(site))
    expect((await sanping(house, `kiosk site wall-1 --file ${join(house.folder, 'site.json')}`)).code).toBe(0)
    await house.records.refresh()
    expect(house.records.kiosks.site('wall-1')).toEqual(WallSite.parse(site))
    expect((await sanping(house, 'kiosk site wall-1 --file -', { input: '{}' })).code).toBe(0)
    await house.records.refresh()
    expect(house.records.kiosks.site('wall-1')).toEqual(WallSite.parse({}))
  })

  it('[WH76] what no wall can be is refused in one sentence that says what to look at, and nothing is changed', async () => {
    const house = await aHouse()
    await house.records.kiosks.add('wall-1', [], morning)
    const refused = async (args: string, words: RegExp, code = 1, input = '') => {
      const answer = await sanping(house, `kiosk site ${args}`, { input })
      expect([args, answer.code]).toEqual([args, code])
      expect(answer.complained).toMatch(words)
    }

    await refused('wall-9', /没有大屏「wall-9」/)
    await refused('wall-1 --columns 0', /columns：最少 1/)
    await refused('wall-1 --columns three', /--columns 后请写数字，不是「three」/, 2)
    // Centimetres for metres; metres for millimetres.
    await refused('wall-1 --pitch 1.25 --distance 600', /distanceMm：最多 100000/)
    await refused('wall-1 --pitch 0.2 --distance 90', /没有这样的大屏。请核对：点距是毫米/)
    await refused('wall-1 --pitch 12 --distance 2', /没有这样的大屏/)
    await refused('wall-1 --night 22:00-22:00', /不能是同一时刻/)
    await refused('wall-1 --night late', /22:00-06:30/, 2)
    await refused('wall-1 --dim 0.4', /--dim 要和 --night 一起写/, 2)
    await refused('wall-1 --sound loud', /1=1,2=0.6/, 2)
    await refused('wall-1 --skin red', /skin：不对/)
    await refused('wall-1 --file nowhere.json', /打不开文件/)
    await refused('wall-1 --file -', /不是完整的 JSON/, 1, '{')
    await refused('wall-1 --file -', /要写成一个 JSON 对象/, 1, '[]')
    await refused('wall-1 --file -', /没有「pitch」这一项/, 1, '{"pitch":1.25}')
    const stop = { kind: 'place', placeId: 'south' }
    const tour = JSON.stringify({ tour: { seconds: 30, on: true, stops: [stop] } })
    await refused('wall-1 --file -', /地图上没有「south」/, 1, tour)
    const twice = [1, 2].map(() => ({ from: '08:00', view: { kind: 'whole' } }))
    await refused('wall-1 --file -', /08:00 有两个预设/, 1, JSON.stringify({ presets: twice }))
    expect(house.records.kiosks.site('wall-1')).toEqual(WallSite.parse({}))
  })

  it('[WH75] it survives a restart, and goes with its wall', async () => {
    const house = await aHouse()
    await house.records.kiosks.add('wall-1', [], morning)
    await house.records.kiosks.setSite('wall-1', WallSite.parse({ columns: 3 }))
    const again = await house.neighbour()
    expect(again.kiosks.site('wall-1')).toMatchObject({ columns: 3 })
    await again.kiosks.withdraw('wall-1')
    await house.records.refresh()
    expect(house.records.kiosks.site('wall-1')).toBeNull()
    expect(await house.records.kiosks.setSite('wall-1', WallSite.parse({}))).toBe(false)
  })
})

it('[WH76] a place in a tour must be on the map; one panel of anything can hang', () => {
  const hasPlace = (id: PlaceId) => id === 'north'
  expect(readSite({}, hasPlace)).toEqual({ site: WallSite.parse({}) })
  expect(readSite(null, hasPlace)).toHaveProperty('wrong')
  const preset = { from: '08:00', view: { kind: 'place', placeId: 'south' } }
  expect(readSite({ presets: [preset] }, hasPlace)).toHaveProperty('wrong')
})

it('[WH77] the welcome brings it to its wall and to nobody else, a change follows at once', async () => {
  const room = await dutyRoom()
  closing.push(room.close)
  const { kiosks, accounts, sessions } = room.records
  const [at] = [room.clock.now()]
  const bind = async (name: string) => `sanping=${await kiosks.bind(await kiosks.add(name, [], at), at)}`
  const [one, two] = [await bind('wall-1'), await bind('wall-2')]
  const [wall, other] = [await room.opens('wall', { cookie: one }), await room.opens('wall', { cookie: two })]
  const duty = await room.opens('chen')
  await accounts.add(officerLi({ id: 'sun' as PersonId, role: 'administrator', password: goodPassword }), at)
  const sun = `sanping=${await sessions.open('sun' as PersonId, at)}`
  const put = (name: string, site: unknown, cookie = sun, origin = room.url) =>
    fetch(`${room.url}/api/walls/${name}/site`, {
      method: 'PUT',
      headers: { cookie, origin, 'content-type': 'application/json', 'accept-language': 'zh' },
      body: JSON.stringify(site),
    })

  expect(wall.site()).toEqual(WallSite.parse({}))
  expect(duty.site()).toBeUndefined()
  const answer = await put('wall-1', { columns: 3, rows: 2, pitchMm: 1.25, distanceMm: 6000 })
  expect(await answer.json()).toMatchObject({ ok: true, legibility: { body: expect.closeTo(30.7, 1) } })
  await wall.sees(() => wall.site()?.columns === 3)
  expect(other.site()).toEqual(WallSite.parse({}))
  expect(duty.bytes()).not.toContain('distanceMm')

  const own = await fetch(`${room.url}/api/wall/site`, { headers: { cookie: one } })
  expect(await own.json()).toEqual(wall.site())
  expect((await fetch(`${room.url}/api/wall/site`, { headers: { cookie: sun } })).status).toBe(403)
  expect((await fetch(`${room.url}/api/wall/site`)).status).toBe(401)
  expect((await put('wall-9', {})).status).toBe(404)
  expect((await put('wall-1', {}, await room.signIn('chen'))).status).toBe(403)
  expect((await put('wall-1', {}, one)).status).toBe(403)
  expect((await put('wall-1', {}, '')).status).toBe(401)
  expect((await put('wall-1', {}, sun, 'https://evil.example')).status).toBe(403)
  const nonsense = await put('wall-1', { pitchMm: 12, distanceMm: 2000 })
  expect([nonsense.status, ((await nonsense.json()) as { words: string }).words]).toEqual([
    422,
    expect.stringContaining('没有这样的大屏'),
  ])
  expect(kiosks.site('wall-1')).toMatchObject({ columns: 3 })
})
