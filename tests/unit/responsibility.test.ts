// The table of who answers for what: kept with all its versions, live, set on the command line, and sound as shipped.
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { ResponsibilityTable } from '#contract/responsibility'
import { wrongInTable } from '#contract/responsible'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { readPlaces } from '../../ingest-server/admin/places.ts'
import { readResponsibility } from '../../ingest-server/app/read-responsibility.ts'
import { readScenarios } from '../../ingest-server/app/read-scenarios.ts'
import { chance, morning, openHouse, type House } from '../suites/records-folder.ts'

let house: House
beforeEach(async () => void (house = await openHouse()))
afterEach(() => house.close())

const root = resolve(import.meta.dirname, '../..')
const said = (body: string): Omit<ResponsibilityTable, 'version'> => ({
  rows: [{ placeId: 'b1' as PlaceId, body, from: '2026-01-01' }],
  coverage: [],
})

async function call(words: string, input = '') {
  const [lines, complaints]: [string[], string[]] = [[], []]
  const code = await runAdmin(words.split(' '), {
    ...{ folder: house.folder, address: 'http://127.0.0.1:8787', language: 'zh', random: chance(words) },
    now: () => house.clock.now,
    say: (line) => lines.push(line),
    complain: (line) => complaints.push(line),
    readInput: async () => input,
    places: () => [{ id: 'b1' as PlaceId, name: '创意家园' } as Place],
    pause: async () => undefined,
    stopped: () => true,
  })
  return { code, said: lines.join('\n'), complained: complaints.join('\n') }
}

describe('the records', () => {
  it('[DP8] the last table said is in force under a version of its content; the same again is no other', async () => {
    const { responsibility } = house.records
    expect(responsibility.current()).toBeNull()
    const first = await responsibility.set(said('桥一物业'), 'admin', morning)
    expect(first.version).toMatch(/^site-[0-9a-f]{8}$/)
    expect(await responsibility.set(said('桥一物业'), 'chen', morning)).toBe(responsibility.current())
    const second = await responsibility.set(said('桥二物业'), 'admin', morning + 1)
    expect(responsibility.current()).toEqual(second)
    const file = new Database(join(house.folder, 'records.db'), { readonly: true })
    const kept = file.prepare('select version, set_by from responsibility order by line').all()
    file.close()
    expect(kept).toEqual([first, second].map(({ version }) => ({ version, set_by: 'admin' })))
  })
})

describe('the command line', () => {
  it('[DP9] shows the table in force and sets another, which the running server takes in', async () => {
    expect(JSON.parse((await call('responsibility show')).said)).toMatchObject({ version: 'shipped-1' })
    const file = join(house.folder, 'table.json')
    await writeFile(file, JSON.stringify(said('桥一物业')))
    expect(await call(`responsibility set ${file}`)).toMatchObject({
      code: 0,
      said: expect.stringContaining('已生效，共 1 行'),
    })
    await house.records.refresh()
    expect(house.records.responsibility.current()).toMatchObject(said('桥一物业'))
    // What it shows it also takes, edited or not.
    const { said: shown } = await call('responsibility show')
    expect(await call('responsibility set -', shown.replace('桥一物业', '桥二物业'))).toMatchObject({ code: 0 })
    await house.records.refresh()
    expect(house.records.responsibility.current()).toMatchObject(said('桥二物业'))
  })

  it('[DP9] what is no table, or names what nobody knows, changes nothing and is said in a sentence', async () => {
    const { rows } = said('桥一物业')
    for (const [text, words] of [
      ['not json', /expected object/i],
      [JSON.stringify({ rows: [{ ...rows[0], from: 'today' }], coverage: [] }), /rows\[0\]\.from/],
      [JSON.stringify({ rows: [{ ...rows[0], placeId: 'moon' }], coverage: [] }), /地图上没有这个地方/],
      [JSON.stringify({ rows: [{ ...rows[0], matter: 'smog' }], coverage: [] }), /事项代码/],
    ] as const) {
      const { code, complained } = await call('responsibility set -', text)
      expect([code, complained]).toEqual([1, expect.stringMatching(words)])
    }
    expect(await call('responsibility set /nowhere.json')).toMatchObject({
      code: 1,
      complained: expect.stringContaining('打不开'),
    })
    await house.records.refresh()
    expect(house.records.responsibility.current()).toBeNull()
  })
})

it('[DP8] the table that is shipped names places of the map and matters of the scenarios', async () => {
  const folder = join(root, 'ingest-server/scenarios')
  const [table, { scenarios }] = await Promise.all([readResponsibility(folder), readScenarios(folder)])
  const places = new Set(readPlaces(join(root, 'map-data')).map((place) => place.id))
  const ids = new Set(scenarios.map((scenario) => scenario.id))
  const matters = new Set(scenarios.flatMap((scenario) => scenario.matters.map((matter) => matter.code)))
  expect(wrongInTable(table, { places, people: new Set(), knowsMatter: (matter) => matters.has(matter) })).toBeNull()
  expect(table.rows.filter(({ scenarioId }) => scenarioId !== undefined && !ids.has(scenarioId))).toEqual([])
})

it('[DP8] a shipped table that is not right keeps the house from starting, in one sentence', async () => {
  await expect(readResponsibility(house.folder)).rejects.toThrow(/responsibility\.json/)
})
