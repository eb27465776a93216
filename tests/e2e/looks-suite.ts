// For everybody's eyes: English by the switch, and nothing that a screen reader or weak eyes would stumble over.
import axe from 'axe-core'
import { expect, it } from 'vitest'
import { blanks, strays, turnTo } from './gallery-looks.ts'
import { spotOf } from './phone.ts'
import type { Screen } from './pages.ts'
import { comesToRest } from './seen.ts'
import type { Stage } from './stage.ts'

export function looksSuite(stage: () => Stage): void {
  it('[BR5] Chinese first, English by the switch: no Chinese is left but names and what people wrote', async () => {
    const { house, open } = stage()
    const { id } = await house.alarm('shed-001-04', 'charging-wire')
    await house.wish('zhou', { type: 'dispatch', caseId: id, to: house.person('li') })
    const names = house.names()

    const desk = await open('desk', { as: 'zhou' })
    await desk.sees('button', /^处置中 \d$/)
    await desk.press('button', 'English')
    await desk.press('button', /^In hand/)
    await desk.sees('button', /^Reassign$/)
    await expect.poll(() => chinese(desk, names)).toEqual([])
    await desk.shot('11-english-desk')

    const field = await open('field', { as: 'li', at: spotOf(house, 'shed-001-04') })
    await field.press('button', /李志强/)
    await field.press('button', 'English')
    await field.press('button', 'Back')
    await field.sees('heading', /^My tasks/)
    await expect.poll(() => chinese(field, names)).toEqual([])
    await field.press('button', /Level II/)
    await field.sees('button', 'Take it')
    await expect.poll(() => chinese(field, names)).toEqual([])
    await field.shot('11-english-field')

    const resident = await open('resident')
    await resident.press('button', 'English')
    await resident.sees('heading', 'Tell us what is broken')
    await expect.poll(() => chinese(resident, names)).toEqual([])
    await resident.shot('11-english-resident')

    const wall = await open('wall', { path: await house.wallLink() })
    await wall.sees('heading', '三街区')
    await wall.page.goto(`${house.url}/wall?lang=en`)
    await wall.sees('heading', 'Three blocks')
    await wall.sees('button', /Level II/)
    await expect.poll(() => chinese(wall, names)).toEqual([])
    await wall.shot('11-english-wall')
  })

  it('[BR6] no serious finding on any screen by the rules of accessibility', async () => {
    const { house, open } = stage()
    const wall = await open('wall', { path: await house.wallLink() })
    await wall.sees('button', /二级.*飞线充电/s)
    const desk = await open('desk', { as: 'zhou' })
    const field = await open('field', { as: 'li', at: spotOf(house, 'shed-001-04') })
    await field.sees('heading', /我的任务/)
    const resident = await open('resident')
    await resident.sees('heading', '哪里坏了，请告诉我们')
    await desk.press('button', /^处置中/)
    await desk.sees('button', '改派')
    const looks: Record<string, string[]> = {
      'wall, busy': await findings(wall),
      'desk, in hand': await findings(desk),
      'field, list': await findings(field),
      resident: await findings(resident),
    }
    await field.press('button', /二级.*飞线充电/s)
    await field.sees('button', '接单')
    looks['field, task'] = await findings(field)
    await field.press('button', '返回')
    await field.press('button', '上报一件')
    await field.sees('heading', '上报一件')
    looks['field, report'] = await findings(field)

    const { id } = await house.alarm('shed-002-04', 'smoke')
    await wall.sees('heading', /一级\s*非机动车棚火情/)
    await desk.press('button', /^收件箱/)
    await desk.press('button', /一级.*车棚冒烟/s)
    await desk.sees('button', '签收')
    looks['wall, taken over'] = await findings(wall)
    looks['desk, inbox'] = await findings(desk)
    await house.wish('zhou', { type: 'dispatch', caseId: id, to: house.person('li') })
    await house.works('li', house.case(id))
    await desk.press('button', /^核查/)
    await desk.press('button', /一级.*车棚冒烟/s)
    await desk.sees('button', '通过，结案')
    looks['desk, verify'] = await findings(desk)
    expect(Object.entries(looks).filter(([, all]) => all.length > 0)).toEqual([])
  })

  /** One page turned from sheet to sheet: no part waits for a server. */
  async function gallery(): Promise<Screen> {
    // Opened on what asks for nothing: the one picture that is asked for later is there to be lost.
    const screen = await stage().open('gallery', { path: '/gallery#part=UpdatedAt' })
    await screen.page.route('**/api/evidence/**', (route) => route.abort('connectionrefused'))
    await screen.page.setViewportSize({ width: 1920, height: 1080 })
    await screen.page.emulateMedia({ reducedMotion: 'reduce' })
    return screen
  }
  /** Which skins each scale wears. */
  const worn = { wall: ['duty', 'visitor'], desk: ['day', 'duty'], field: ['day', 'night'] } as const
  const sheets = Object.entries(worn).flatMap(([scale, skins]) =>
    skins.flatMap((skin) => (['zh', 'en'] as const).map((lang) => ({ scale, skin, lang }))),
  )

  it('[BR10] no text of any part leaves its box or is cut where nothing says so: both languages, every skin, large type', async () => {
    const { page } = await gallery()
    const large = sheets.filter(({ scale }) => scale !== 'wall').map((sheet) => ({ ...sheet, large: '1' }))
    const found: Record<string, string[]> = {}
    for (const sheet of [...sheets, ...large]) {
      await turnTo(page, sheet)
      found[Object.values(sheet).join(' ')] = await strays(page)
    }
    expect(Object.entries(found).filter(([, all]) => all.length > 0)).toEqual([])
  })

  it('[BR11] [BR12] no serious finding on any part in any state, and every word is read against its ground in every skin', async () => {
    const screen = await gallery()
    const found: Record<string, string[]> = {}
    for (const sheet of sheets) {
      await turnTo(screen.page, sheet)
      found[Object.values(sheet).join(' ')] = await findings(screen)
    }
    expect(Object.entries(found).filter(([, all]) => all.length > 0)).toEqual([])
  })

  it('[BR13] the picture of no part is blank, on any scale', async () => {
    const { page } = await gallery()
    const found: Record<string, string[]> = {}
    for (const scale of Object.keys(worn)) {
      await turnTo(page, { scale })
      found[scale] = await blanks(page)
    }
    expect(Object.entries(found).filter(([, all]) => all.length > 0)).toEqual([])
  })
}

const han = /\p{Script=Han}/u

/** Every piece of text in sight that is Chinese once the names in it are taken out. */
export async function chinese({ page }: Screen, names: readonly string[]): Promise<string[]> {
  const pieces = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const seen: string[] = []
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement?.checkVisibility() && parentElement.tagName !== 'OPTION') seen.push(textContent?.trim() ?? '')
    }
    return seen
  })
  // Screens set figures off with a thin space, names as they are kept do not.
  const rest = (piece: string) => names.reduce((left, name) => left.replaceAll(name, ''), piece.replace(/\s/g, ''))
  return [...new Set(pieces.filter((piece) => han.test(rest(piece)) && piece !== '中文'))]
}

/** The street names drawn on a plan are no label of the button the plan lies in. */
const asked: axe.RunOptions = {
  resultTypes: ['violations'],
  rules: { 'label-content-name-mismatch': { enabled: false } },
}

/** What axe calls serious or critical, with where. Its source goes in by the debugger, which no policy of the page forbids. */
export async function findings(screen: Screen): Promise<string[]> {
  const { page } = screen
  // What is fading in is not read yet.
  await comesToRest(screen)
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${JSON.stringify(asked)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}
