// The audit is read by people: whatever the doors and the command line write into it has its Chinese word.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { permittedCommands } from '../../ingest-server/admin/permitted.ts'
import { sayDeed } from '../../dashboard/words/desk-accounts.ts'

const server = resolve(import.meta.dirname, '../../ingest-server')

/** What is written in so many words in a call of the audit. */
const written = readdirSync(server, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .flatMap((text) => [...text.matchAll(/audit\.write\(\{[^}]*what: '([a-z-]+)'/g)].map(([, what]) => what!))

it('[WH124] every deed in the audit is said in words', () => {
  const deeds = [...new Set([...written, ...Object.values(permittedCommands).filter((word) => word !== null)])]
  expect(written.length).toBeGreaterThan(10)
  expect(deeds.filter((what) => sayDeed(what) === what)).toEqual([])
})
