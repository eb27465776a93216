// Every promise in SPEC.md is cited by a test, and no test cites a promise that is not there.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const spec = readFileSync(join(root, 'ingest-server/SPEC.md'), 'utf8')
const promised = [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map((match) => match[1]!)

const tests = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && /(\.test|-suite)\.ts$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
  )
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
const cited = new Set(tests.flatMap((text) => [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map((match) => match[1]!)))

it('[HO8] every rule of SPEC.md is cited by a test', () => {
  expect(promised.length).toBeGreaterThan(50)
  expect(promised.filter((id) => !cited.has(id))).toEqual([])
})

it('[HO9] every rule a test cites stands in SPEC.md, once', () => {
  expect([...cited].filter((id) => !promised.includes(id)).sort()).toEqual([])
  expect(promised.filter((id, index) => promised.indexOf(id) !== index)).toEqual([])
})
