// Which screens are drawn: of which hour of the demo's street, at which size, as whom, and what is done before it is drawn.
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { isOpen } from '#contract/stage'
import type { Street } from './street.ts'

export interface At {
  page: Page
  street: Street
}

export interface Scene {
  name: string
  /** `--at` and the other options of its demo; `city 216` of made-up streets. */
  street: string
  path: string
  /** Null: nobody has signed in. */
  as: 'chen' | 'zhou' | 'li' | 'gao' | 'fangl' | 'shao' | null
  size: readonly [width: number, height: number]
  phone?: true
  english?: true
  /** Until everything stands, ms. */
  settle?: number
  then?: (at: At) => Promise<unknown>
  /** False: no picture of the README, drawn with `--every` or by its name alone. */
  kept?: boolean
}

const press =
  (...keys: string[]) =>
  async ({ page }: At) => {
    for (const key of keys) {
      await page.keyboard.press(key)
      await wait(1_200)
    }
  }

const signAll = async ({ street }: At) => {
  for (const subject of await street.cases())
    if (isOpen(subject.stage) && subject.level === 1 && !subject.acknowledged)
      await street.wish('chen', { type: 'acknowledge', caseId: subject.id })
}

const noon = '12:06 --opening busy'
const burning = '11:38'

export const scenes: readonly Scene[] = [
  { name: 'wall-morning', street: '08:35 --opening quiet', path: '/wall', as: 'chen', size: [3840, 2160] },
  { name: 'wall-noon', street: noon, path: '/wall', as: 'chen', size: [3840, 2160] },
  { name: 'wall-32-9', street: noon, path: '/wall', as: 'chen', size: [7680, 2160], settle: 14_000 },
  { name: 'wall-48-9', street: noon, path: '/wall', as: 'chen', size: [5760, 1080] },
  { name: 'wall-1080p', street: noon, path: '/wall', as: 'chen', size: [1920, 1080] },
  { name: 'wall-english', street: noon, path: '/wall?lang=en', as: 'chen', size: [1920, 1080] },
  {
    name: 'wall-past',
    street: noon,
    path: '/wall',
    as: 'chen',
    size: [1920, 1080],
    then: press('PageUp', 'PageUp', 'PageUp'),
  },
  { name: 'wall-visitor', street: noon, path: '/wall', as: 'chen', size: [3840, 2160], then: press('v') },
  { name: 'desk-noon', street: noon, path: '/desk', as: 'zhou', size: [1280, 800], then: press('j') },
  { name: 'desk-portrait', street: noon, path: '/desk', as: 'zhou', size: [1024, 1366], then: press('j') },
  { name: 'desk-boards', street: noon, path: '/desk#/boards', as: 'zhou', size: [1280, 800] },
  { name: 'desk-kpi', street: noon, path: '/desk#/kpi', as: 'zhou', size: [1280, 800] },
  {
    name: 'desk-devices',
    street: noon,
    path: '/desk#/devices',
    as: 'chen',
    size: [1280, 800],
    then: async ({ page }) => {
      await page.getByRole('button', { name: /^车棚镜头/ }).click()
      await page.getByRole('button', { name: '发测试告警' }).click()
    },
  },
  { name: 'desk-daily', street: noon, path: '/desk#/daily', as: 'chen', size: [1280, 800] },
  { name: 'desk-english', street: noon, path: '/desk', as: 'zhou', size: [1280, 800], english: true, then: press('j') },
  { name: 'field-noon', street: noon, path: '/field', as: 'li', size: [390, 844], phone: true },
  { name: 'wall-takeover', street: burning, path: '/wall', as: 'chen', size: [3840, 2160], settle: 45_000 },
  { name: 'wall-takeover-48-9', street: burning, path: '/wall', as: 'chen', size: [5760, 1080] },
  { name: 'wall-storm', street: '16:22 --opening busy', path: '/wall', as: 'chen', size: [3840, 2160], then: signAll },
  {
    name: 'wall-lost',
    street: '09:14 --opening busy',
    path: '/wall',
    as: 'chen',
    size: [1920, 1080],
    then: async ({ street }) => {
      street.freezes()
      await wait(7_000)
    },
  },
]
