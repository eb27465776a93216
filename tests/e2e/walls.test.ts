// The walls of the web in a real browser: a street in which everybody writes what a browser would run, and no screen runs a word of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from './browser.ts'
import { screensAreBuilt } from './house.ts'
import { patience, type Screen } from './pages.ts'
import { mark, poison, poisonedLink, poisonSite } from './poison.ts'
import { spotOf } from './phone.ts'
import { openStage, type Stage } from './stage.ts'

const browser = findBrowser({ mayInstall: false, say: () => {} })
const pages = {
  chen: [
    'boards',
    'roster',
    'windows',
    'devices',
    'kpi',
    'hygiene',
    'daily',
    'past',
    'quarantine',
    'responsibility',
    'own',
  ],
  admin: ['scenarios', 'neighbours', 'notices', 'devices', 'quarantine', 'accounts'],
  secure: ['accounts'],
  looks: ['audit'],
}

/** What is on the page though no screen of ours ever puts it there; empty where all was taken for text. */
const strangers = (screen: Screen): Promise<string[]> =>
  screen.page.evaluate(() => {
    const attributes = ['onerror', 'onload', 'onfocus', 'onbegin', 'ontoggle', 'onstart', 'srcdoc', 'popover']
    const tags =
      'iframe,object,embed,base,math,foreignObject,marquee,form[action],script:not([src]),svg script,a[href^="javascript:" i],a[href^="data:" i],link[href^="data:"],meta[http-equiv]'
    const found = [...document.querySelectorAll(`${attributes.map((name) => `[${name}]`).join(',')},${tags}`)]
    const ran = '__xss' in window ? ['a script ran'] : []
    return [...ran, ...found.map((one) => one.outerHTML.slice(0, 120))]
  })

describe.skipIf(!browser || !screensAreBuilt())('a poisoned street', { timeout: 6 * patience }, () => {
  let stage: Stage
  const dialogs: string[] = []
  const open: Stage['open'] = async (...asked) => {
    const screen = await stage.open(...asked)
    screen.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    return screen
  }
  const isClean = async (screen: Screen, where: string) => {
    expect([where, await strangers(screen)]).toEqual([where, []])
  }
  const reads = ({ page }: Screen) => page.evaluate(() => document.body.innerText)

  beforeAll(async () => {
    stage = await openStage(browser!, poisonSite)
    const { records, now } = stage.house
    for (const [id, role] of [
      ['secure', 'security-administrator'],
      ['looks', 'audit-administrator'],
      ['admin', 'administrator'],
    ])
      await records.accounts
        .add(
          {
            id,
            name: `${id}${mark}`,
            role,
            post: 'command',
            body: mark,
            placeIds: [],
            skills: [],
            onDuty: false,
            password: 'long enough for a test',
          } as never,
          now(),
        )
        .catch(() => undefined)
    await poison(stage.house)
    expect(stage.house.cases().length).toBeGreaterThan(3)
  })
  afterEach(async ({ task }) => void (await stage.clear(task.result?.state === 'fail')))
  afterAll(() => stage?.close())

  it('[SC50] the desk shows it as text: every case, every page, in both languages', async () => {
    const desk = await open('desk', { as: 'chen' })
    await desk.sees('button', /^收件箱/)
    const rows = desk.page.getByRole('button', { name: /[一二三四]级/ })
    await rows.first().waitFor()
    for (let nth = 0; nth < Math.min(await rows.count(), 6); nth++) {
      await rows.nth(nth).click()
      await isClean(desk, `case ${nth}`)
    }
    expect(await reads(desk)).toContain('onerror=window.__xss=1')
    await desk.press('button', /^处置中/)
    await desk.page.waitForTimeout(300)
    if ((await rows.count()) > 0) await rows.first().click()
    await isClean(desk, 'in hand')
    await desk.shot('walls-desk')
    for (const [as, names] of Object.entries(pages)) {
      const screen = as === 'chen' ? desk : await open('desk', { as })
      for (const name of names) {
        await screen.page.evaluate((page) => void (location.hash = `#/${page}`), name)
        await expect
          .poll(() => screen.page.evaluate(() => document.querySelector('main, .page, [class*=page]') !== null))
          .toBe(true)
        await screen.page.waitForTimeout(250)
        await isClean(screen, `${as} ${name}`)
      }
    }
    await desk.press('button', 'English')
    await isClean(desk, 'English')
  })

  it('[SC50] what was not understood is shown as it came', async () => {
    const desk = await open('desk', { as: 'chen', path: '/desk#/quarantine' })
    await expect.poll(() => reads(desk)).toContain('edge-box')
    for (const row of (
      await desk.page
        .locator('button:has-text("sanping"), button:has-text("hikvision"), button:has-text("edge-box")')
        .all()
    ).slice(0, 6)) {
      await row.click()
      await desk.page.waitForTimeout(150)
      await isClean(desk, 'quarantine')
    }
  })

  it('[SC50] so do the wall, the phone and the resident’s own page', async () => {
    const { house } = stage
    await house.alarm('shed-002-04', 'smoke')
    const wall = await open('wall', { path: await house.wallLink() })
    await expect.poll(() => reads(wall), { timeout: 30_000 }).toContain('onerror')
    await isClean(wall, 'wall')
    await wall.shot('walls-wall')
    const field = await open('field', { as: 'li', at: spotOf(house, 'shed-001-04') })
    await field.page
      .getByRole('button', { name: /[一二三四]级/ })
      .first()
      .click()
    await expect.poll(() => reads(field)).toContain('onerror')
    await isClean(field, 'field')
    const resident = await open('resident', { path: `/resident#${await poisonedLink(house)}` })
    await expect.poll(() => reads(resident)).toContain('onerror')
    await isClean(resident, 'resident')
    const menu = await open('resident')
    await expect.poll(() => reads(menu)).toContain('onerror')
    await isClean(menu, 'menu')
  })

  it('[SC51] on every screen of a busy street nothing is forbidden by the policy, and the map is drawn', async () => {
    for (const name of ['wall', 'desk'] as const) {
      const screen = await open(name, name === 'wall' ? { path: await stage.house.wallLink() } : { as: 'chen' })
      await expect
        .poll(() => screen.page.evaluate(() => document.querySelectorAll('canvas.maplibregl-canvas').length), {
          timeout: 30_000,
        })
        .toBe(1)
    }
    const gallery = await open('gallery', { path: '/gallery#part=UpdatedAt' })
    await isClean(gallery, 'gallery')
    await stage.clear(false)
    const forbidden = stage.complaints.filter((words) => /forbidden by|Trusted|Content Security/i.test(words))
    expect(forbidden).toEqual([])
    expect(stage.house.complaints.filter((line) => line.includes('forbade'))).toEqual([])
    expect(dialogs).toEqual([])
  })
})
