// No scenario has code of its own: neither the contract nor the engine knows one by its name, nor any matter.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { scenarios } from '../suites/builders.ts'

const server = join(import.meta.dirname, '../../ingest-server')
const filesOf = (room: string) =>
  readdirSync(join(server, room)).flatMap((name) => (name.endsWith('.ts') ? [join(server, room, name)] : []))

const withoutComments = (text: string) => text.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
const literals = (text: string) => [...withoutComments(text).matchAll(/'([^'\n]*)'/g)].map(([, literal]) => literal!)

/** What a camera is hung up for is the map's word, how a report came is the report's: scenarios only happen to be called the same. */
const others = ['throwing', 'grid-report']

it('[SE40] the engine and the contract name no scenario, no matter, no form, no ballot of one', () => {
  const names = new Set(
    scenarios.flatMap(({ id, matters, forms, ballots }) => [
      id,
      ...matters.map(({ code }) => code),
      ...[...forms, ...ballots].map((one) => one.id),
    ]),
  )
  const files = [...filesOf('case-engine'), ...filesOf('contract')]
  expect(files.length).toBeGreaterThan(60)
  const found = files.flatMap((file) =>
    literals(readFileSync(file, 'utf8'))
      .filter((literal) => names.has(literal) && !others.includes(literal))
      .map((literal) => `${file.slice(server.length + 1)}: ${literal}`),
  )
  expect(found).toEqual([])
})
