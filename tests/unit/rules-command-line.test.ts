// Scenarios on the administrator's command line: listed, checked, put in and drawn; what is wrong is said and changes nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { aProcess } from '../suites/a-process.ts'
import { chance, openHouse, type House } from '../suites/records-folder.ts'

let house: House
beforeEach(async () => void (house = await openHouse()))
afterEach(() => house.close())

async function call(...words: string[]) {
  const [said, complained]: [string[], string[]] = [[], []]
  const code = await runAdmin(words, {
    folder: house.folder,
    ...{ address: 'http://127.0.0.1:8787', language: 'zh' as const, random: chance('x'), now: () => 1 },
    say: (text) => said.push(text),
    complain: (text) => complained.push(text),
    readInput: async () => '',
    places: () => [],
    pause: async () => undefined,
    stopped: () => true,
  })
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}
const fileOf = async (change: Record<string, unknown> = {}) => {
  const file = join(house.folder, 'mine.json')
  await writeFile(file, JSON.stringify({ ...aProcess(), ...change }))
  return file
}

describe('scenarios on the command line', () => {
  it('[SE27] put in it is the site’s own, by its id; listed with its version, and drawn', async () => {
    expect((await call('scenario', 'list')).said).toMatch(/○\tbike-shed-fire\t2#[0-9a-f]{6}\t非机动车棚火情/)
    expect(await call('scenario', 'add', await fileOf())).toMatchObject({ code: 0, complained: '' })
    expect((await call('scenario', 'list')).said).toMatch(/●\ttrial-process\t1#[0-9a-f]{6}/)
    expect(await call('scenario', 'check')).toMatchObject({ code: 0 })
    expect((await call('scenario', 'draw', 'trial-process')).said).toContain('│待受理│')
    expect(JSON.parse(await readFile(join(house.folder, 'scenarios/trial-process.json'), 'utf8'))).toMatchObject({
      id: 'trial-process',
    })
  })

  it('[SE27] what is wrong is said and not put in; a broken file of the site is told of', async () => {
    const wrong = await call('scenario', 'add', await fileOf({ branches: [] }))
    expect(wrong.code).toBe(1)
    expect(wrong.complained).toMatch(/trial-process\.json: waitsForChildren: 没有子案件可等\n[^]*没有放入。$/)
    expect((await call('scenario', 'list')).said).not.toContain('trial-process')
    expect(await call('scenario', 'add', 'nowhere.json')).toMatchObject({
      code: 1,
      complained: '读不了 nowhere.json。',
    })
    expect(await call('scenario', 'draw', 'ghost')).toMatchObject({ code: 1 })
    await mkdir(join(house.folder, 'scenarios'))
    await writeFile(join(house.folder, 'scenarios/grid-report.json'), '{')
    const checked = await call('scenario', 'check')
    expect(checked).toMatchObject({ code: 1 })
    expect(checked.complained).toContain('grid-report.json: 不是完整的 JSON')
  })
})
