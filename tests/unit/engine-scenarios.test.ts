// The scenarios as shipped: whole, without contradiction, with the limits the city sets.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readScenarios } from '../../ingest-server/app/read-scenarios.ts'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import { calendar, scenarios } from '../suites/builders.ts'

const shipped = path.resolve(import.meta.dirname, '../../ingest-server/scenarios')
const book = openScenarioBook(scenarios)
const matter = (code: string) => book.byMatter.get(code)?.matter
const limit = (scenario: string, name: string) =>
  scenarios.find(({ id }) => id === scenario)?.clocks.find((clock) => clock.name === name)?.limit

describe('as shipped', () => {
  it('[OP40] the folder is read whole: every scenario and the calendar, each with its version', async () => {
    const folder = await readScenarios(shipped)
    expect(folder.scenarios.map(({ id }) => id).toSorted()).toEqual(scenarios.map(({ id }) => id).toSorted())
    for (const { version } of folder.scenarios) expect(version).toMatch(/^\d+#[0-9a-f]{6}$/)
    expect(folder.calendar.version).toMatch(/2026.*#[0-9a-f]{6}$/)
  })

  it.each([
    ['smoke', 1, undefined],
    ['throwing', 2, undefined],
    ['dropped-garbage', 4, '0102'],
    ['pipe-burst', 2, '0402'],
    ['sewer-blocked', 3, '0404'],
    ['shop-spill', 4, '0504'],
    ['street-vendor', 4, '0501'],
    ['bike-parking', 4, '0506'],
    ['illegal-building', 3, '0101'],
    ['standing-water', 3, '0406'],
  ])('[CA23] %s is of level %s, national code %s', (code, level, nationalCode) => {
    expect(matter(code)).toMatchObject({ level, ...(nationalCode && { nationalCode }) })
  })

  it('[CL22] the limits are those the city sets', () => {
    expect(limit('dropped-garbage', 'handle')).toEqual({ amount: 4, unit: 'work-hours' })
    expect(limit('grid-report', 'stop-work')).toEqual({ amount: 4, unit: 'work-hours' })
    expect(limit('grid-report', 'removal')).toEqual({ amount: 20, unit: 'work-days' })
    for (const { id, kind } of scenarios)
      if (kind !== 'self-check') expect(limit(id, 'verify')).toEqual({ amount: 24, unit: 'hours' })
  })

  it('[CL22] every holiday is a day of its year, and no day is both off and worked instead', () => {
    expect(new Set(calendar.holidays).size).toBe(calendar.holidays.length)
    expect(calendar.makeUpDays.filter((day) => calendar.holidays.includes(day))).toEqual([])
    for (const day of calendar.makeUpDays) expect([0, 6]).toContain(new Date(day).getUTCDay())
  })
})

describe('a folder that is not right is refused in one sentence naming the file', () => {
  async function folderWith(change: (file: Record<string, unknown>) => unknown, name = 'dropped-garbage.json') {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'scenarios-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const each of ['bike-shed-fire.json', 'dropped-garbage.json', 'calendar.json'])
      await writeFile(path.join(folder, each), await readFile(path.join(shipped, each)))
    const file = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Record<string, unknown>
    await writeFile(path.join(folder, name), JSON.stringify(change(file)))
    return folder
  }

  it.each([
    ['a field is missing', /dropped-garbage\.json: words: /, ({ words: _words, ...file }) => file],
    ['a matter is claimed twice', /both claim the matter smoke/, (file) => renamed(file, 'smoke')],
    ['a limit names a stray matter', /handle names the unknown matter ufo/, (file) => limited(file)],
    ['one id twice', /two scenarios have the same id/, (file) => ({ ...file, id: 'bike-shed-fire' })],
  ] as [string, RegExp, (file: Record<string, unknown>) => unknown][])('[OP41] %s', async (_what, words, change) => {
    await expect(readScenarios(await folderWith(change))).rejects.toThrow(words)
  })

  it('[OP41] hours that overlap', async () => {
    const folder = await folderWith((file) => ({ ...file, hours: [[480, 720], [700, 1080]] }), 'calendar.json') // prettier-ignore
    await expect(readScenarios(folder)).rejects.toThrow(/hours are out of order/)
  })
})

const renamed = (file: Record<string, unknown>, code: string) => ({
  ...file,
  matters: (file['matters'] as { code: string }[]).map((one, i) => (i === 0 ? { ...one, code } : one)),
})
const limited = (file: Record<string, unknown>) => ({
  ...file,
  clocks: (file['clocks'] as { name: string }[]).map((one) =>
    one.name === 'handle' ? { ...one, matters: ['ufo'] } : one,
  ),
})
