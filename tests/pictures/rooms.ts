// The screens of a house that many may trust: accounts, audit, one's own account, the steps of signing in, viewing, operation, the levels of rules.
import { setTimeout as wait } from 'node:timers/promises'
import { demoPassword } from '../../ingest-server/demo/people.ts'
import type { At, Scene } from './scenes.ts'

const noon = '12:06 --opening busy'
const tablet = [1280, 800] as const
const portrait = [1024, 1366] as const

const signsIn =
  (password: string) =>
  async ({ page: shown }: At) => {
    await shown.getByRole('textbox').first().fill('li')
    await shown.locator('input[type=password]').first().fill(password)
    await shown.keyboard.press('Enter')
    await wait(1_500)
  }

/** A page of somebody's desk; the README's own only where it says so. */
const page = (name: string, path: string, as: Scene['as'], more: Partial<Scene> = {}): Scene => ({
  ...{ name, street: noon, path: `/desk#/${path}`, as, size: tablet, settle: 5_000, kept: false as const },
  ...more,
})

const presses =
  (...names: RegExp[]) =>
  async ({ page: shown }: At) => {
    for (const name of names) {
      await shown.getByRole('button', { name }).first().click({ timeout: 5_000 })
      await wait(1_000)
    }
  }

export const rooms: readonly Scene[] = [
  page('desk-accounts', 'accounts', 'fangl', { kept: true, then: presses(/^李志强/) }),
  page('keep-accounts-portrait', 'accounts', 'fangl', { size: portrait, then: presses(/^陈海峰/) }),
  page('keep-account-new', 'accounts', 'fangl', { then: presses(/新建账号|New account/) }),
  page('keep-audit', 'audit', 'shao'),
  page('keep-own', 'own', 'zhou'),
  page('keep-own-portrait', 'own', 'zhou', { size: portrait }),
  page('desk-operation', 'operation', 'gao', { kept: true }),
  page('keep-devices', 'devices', 'gao'),
  page('keep-rules', 'scenarios', 'gao'),
  page('keep-viewing', 'viewing', 'zhou'),
  page('keep-viewing-security', 'viewing', 'fangl'),
  page('keep-neighbours', 'neighbours', 'chen'),
  { name: 'door-desk', street: noon, path: '/desk', as: null, size: tablet, settle: 3_000, kept: false },
  {
    ...{ name: 'door-refused', street: noon, path: '/desk', as: null, size: tablet, settle: 3_000, kept: false },
    then: signsIn(`not ${demoPassword}`),
  },
  { name: 'door-wall', street: noon, path: '/wall', as: null, size: [1920, 1080], settle: 3_000, kept: false },
  {
    name: 'door-field',
    street: noon,
    path: '/field',
    as: null,
    size: [390, 844],
    phone: true,
    settle: 3_000,
    kept: false,
  },
  {
    ...{ name: 'field-own', street: noon, path: '/field', as: 'li', size: [390, 844], phone: true, kept: false },
    then: presses(/李志强/, /我的账号|My account/),
  },
  {
    name: 'field-me',
    street: noon,
    path: '/field',
    as: 'li',
    size: [390, 844],
    phone: true,
    kept: false,
    then: presses(/李志强/),
  },
  { name: 'roll-ten', street: 'city 10', path: '/wall', as: 'chen', size: [3840, 2160], settle: 30_000 },
  { name: 'roll-ten-1080p', street: 'city 10', path: '/wall', as: 'chen', size: [1920, 1080], kept: false },
  { name: 'roll-ten-table', street: 'city 10', path: '/roll', as: 'chen', size: tablet, kept: false },
  {
    ...{ name: 'roll-ten-street', street: 'city 10', path: '/wall', as: 'chen', size: [1920, 1080], kept: false },
    then: ({ page: shown }) => shown.locator('.cards button').first().click({ timeout: 5_000 }),
  },
  { name: 'roll-city', street: 'city 216', path: '/wall', as: 'chen', size: [3840, 2160], settle: 30_000, kept: false },
  { name: 'roll-city-1080p', street: 'city 216', path: '/wall', as: 'chen', size: [1920, 1080], kept: false },
  { name: 'roll-city-table', street: 'city 216', path: '/roll', as: 'chen', size: tablet, kept: false },
]
