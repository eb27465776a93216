// The page for whoever assesses the house says what the code does: algorithms, classes, sessions, whom it talks to, and no more.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { wayKinds } from '#contract/notice'
import { lasting } from '../ingest-server/records/lasting.ts'
import { personalColumns } from '../ingest-server/records/personal-inventory.ts'
import { whyNotPassword, wordsOfThePlace } from '../ingest-server/records/usual-passwords.ts'

const root = resolve(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const server = join(root, 'ingest-server')
const files = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(server, name), 'utf8') }))
const holding = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

it('[SU30] every algorithm the server asks its cryptography for stands on the page', () => {
  const asked = files.flatMap(({ text }) =>
    [
      ...text.matchAll(/\b(?:createHash|createHmac|hkdfSync|hash|createECDH|createCipheriv)\('([\w-]+)'/g),
      ...text.matchAll(/'(aes-[\w-]+|ed25519)'/g),
    ].map((match) => match[1]!),
  )
  expect(asked.length).toBeGreaterThan(20)
  expect([...new Set(asked)].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  for (const name of ['hmac', 'hkdf', 'argon2id', 'ES256']) expect(page).toContain(`\`${name}\``)
})

it('[SU31] MD5 is for Digest alone, no certificate goes unchecked, and the server starts no program', () => {
  expect(holding(/'md5'/).toSorted()).toEqual([
    'doors/sip-digest.ts',
    'doors/source-digest.ts',
    'records/sip-devices.ts',
    'records/source-secrets.ts',
  ])
  expect(holding(/rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/)).toEqual([])
  // What runs a constellation on one machine for trials is no part of the server.
  expect(holding(/child_process/).filter((name) => !name.startsWith('cluster/'))).toEqual([])
})

it('[SU32] each class names its tables, sessions last as is said, and whom the house talks to is all there', () => {
  const tables = new Set(Object.keys(personalColumns).map((column) => column.split('.')[0]!))
  expect([...tables].filter((table) => !page.includes(`\`${table}\``))).toEqual([])
  const hour = 3_600_000
  expect(page).toContain(`${lasting.person.idle / hour} 小时（大屏 ${lasting.kiosk.idle / (24 * hour)} 天`)
  expect(page).toContain(`| ${lasting.person.atMost / (24 * hour)} 天 `)
  const outwards = ['POSTGRES', 'REDIS', 'MQTT', 'OIDC', 'MAP_TILES', 'PUSH', 'CHECKPOINTS']
  for (const name of outwards) expect(page).toContain(`\`SANPING_${name}\``)
  expect(wayKinds).toEqual(['wecom', 'dingtalk', 'sms'])
})

it('[SU33] a word of the place with a few figures is no password, and the list is the page’s', () => {
  const [, between = ''] = /<!-- words -->([^]*?)<!-- \/words -->/.exec(page) ?? []
  expect([...between.matchAll(/`([^`]+)`/g)].map((match) => match[1])).toEqual(wordsOfThePlace)
  const why = (password: string) => whyNotPassword(password, { role: 'officer', names: [] })
  for (const word of ['Wuliqiao2026', 'shanghaihuangpu88', 'sanping!sanping', '五里桥街道居委社区1234'])
    expect(why(word), word).toBe('password-usual')
  for (const word of ['jiedao-4711', 'wuliqiao rain on tin']) expect(why(word), word).toBeNull()
})
