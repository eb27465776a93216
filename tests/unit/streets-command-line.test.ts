// The list of streets on the command line, and every other command said of one of them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { chance } from '../suites/records-folder.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'sanping-list-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function call(...words: string[]) {
  const [said, complained]: [string[], string[]] = [[], []]
  const code = await runAdmin(words, {
    folder,
    ...{ address: 'http://127.0.0.1:8787', language: 'en' as const, random: chance('x'), now: () => 1 },
    say: (text) => said.push(text),
    complain: (text) => complained.push(text),
    readInput: async () => '',
    places: () => [],
    pause: async () => undefined,
    stopped: () => true,
  })
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}
const add = (id: string, ...more: string[]) => call('street', 'add', id, '--zh', `某${id}`, '--en', `S${id}`, ...more)

describe('streets on the command line', () => {
  it('[ST8] the city, its districts and its streets are listed one by one, and shown', async () => {
    expect(await add('310101020', '--hosts', 'a.example')).toMatchObject({ code: 1 })
    await add('3101')
    await add('310101', '--hosts', 'huangpu.example')
    expect(await add('310101020', '--hosts', 'a.example', '--mqtt', '0.0.0.0:1884')).toMatchObject({ code: 0 })
    expect((await add('310101021', '--hosts', 'a.example')).complained).toContain('the host a.example is of both')
    expect((await add('31010', '--hosts', 'b.example')).code).toBe(2)
    expect((await call('street', 'list')).said).toContain('310101020\tstreet\tS310101020\thttps://a.example')
    const shown = await call('street', 'show', '310101020')
    expect(shown.said).toContain(join(folder, 'streets/310101020'))
    expect(shown.said).toContain('0.0.0.0:1884')
    expect(JSON.parse(readFileSync(join(folder, 'streets.json'), 'utf8'))).toMatchObject({ streets: { length: 3 } })
  })

  it('[ST9] a command is for the street that is named, or for the only one; nothing is guessed', async () => {
    await add('3101')
    await add('310101')
    await add('310101020', '--hosts', 'a.example')
    expect(await call('source', 'add', 'hik')).toMatchObject({ code: 0 })
    await add('310101021', '--hosts', 'b.example')
    expect((await call('source', 'list')).complained).toContain('There are 2 streets here')
    expect((await call('source', 'list', '--street', '310101020')).said).toContain('hik')
    expect((await call('source', 'list', '--street', '310101021')).said).not.toContain('hik')
    expect((await call('source', 'list', '--street', '310101099')).complained).toContain('There is no street 310101099')
  })

  it('[ST8] a data folder that holds a street already is not made another one by mistake', async () => {
    await add('3101')
    rmSync(join(folder, 'streets.json'))
    writeFileSync(join(folder, 'journal.db'), '')
    await add('3101')
    rmSync(join(folder, 'streets.json'))
    expect((await add('310101020', '--hosts', 'a.example')).complained).toContain('holds a street already')
  })
})
