// The wall when it must be believed: a level I takes it, two of them take turns, and the past gives way to now.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Screen } from './pages.ts'
import type { Stage } from './stage.ts'

const minute = 60_000
const fireIsUp = /一级\s*非机动车棚火情/

/** Counts what the loudspeaker is asked to play; a hand at the wall lets the browser be heard. */
async function listens({ page }: Screen): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = globalThis as { asked?: number }
    const { start } = AudioBufferSourceNode.prototype
    counted.asked = 0
    AudioBufferSourceNode.prototype.start = function (...when: []) {
      counted.asked = (counted.asked ?? 0) + 1
      return start.apply(this, when)
    }
  })
  await page.mouse.click(20, 1060)
  return () => page.evaluate(() => (globalThis as { asked?: number }).asked ?? 0)
}

export function takeoverSuite(stage: () => Stage): void {
  /** Signed for, sent, taken: somebody is on the way. */
  const setsOut = async (by: string, { id: caseId }: Case) => {
    const { house } = stage()
    await house.wish('zhou', { type: 'acknowledge', caseId })
    await house.wish('zhou', { type: 'dispatch', caseId, to: house.person(by) })
    await house.wish(by, { type: 'take', caseId })
  }
  it('[BR20] an alarm is posted: the wall is taken, calls aloud, and shows where, by when and who knows; then it gives itself back', async () => {
    const { house, open } = stage()
    const wall = await open('wall', { path: await house.wallLink() })
    await wall.sees('heading', '三街区')
    const asked = await listens(wall)
    const posted = performance.now()
    const { id } = await house.alarm('shed-004-01', 'smoke', 2)
    await wall.sees('heading', fireIsUp)
    console.log(`alarm posted to wall taken: ${Math.round(performance.now() - posted)} ms`)

    await expect.poll(asked).toBeGreaterThan(0)
    await wall.sees(wall.page.getByLabel('五里桥街道地图'))
    for (const limit of ['1 分钟', '3 分钟', '5 分钟']) await wall.sees(wall.page.getByText(limit, { exact: true }))
    await wall.sees(wall.page.getByText('谁知道了', { exact: true }))
    const [told] = house.case(id).told
    await wall.sees('row', new RegExp(`^${house.nameOf(told!.personId)}`))
    await wall.shot('20-taken-wall')

    await setsOut('hebin', house.case(id))
    await wall.sees('heading', '三街区')
    await wall.misses('heading', fireIsUp)
    await house.ends({ id })
  })

  it('[BR21] two level I at once: the first keeps the wall, the second queues in sight and has it next', async () => {
    const { house, open } = stage()
    const wall = await open('wall', { path: await house.wallLink() })
    await wall.sees('heading', '三街区')
    const both = await Promise.all([house.alarm('shed-004-02', 'smoke', 2), house.alarm('shed-005-01', 'smoke', 2)])
    const [first, second] = both.sort((a, b) => a.openedAt - b.openedAt || a.id.localeCompare(b.id))
    await wall.sees(placeOf(wall, first!))
    await wall.sees(wall.page.getByText(/另有 1 件一级在等：/))
    await wall.shot('21-two-wall')

    await setsOut('zhang', first!)
    await wall.sees(placeOf(wall, second!))
    await wall.page.getByText(/另有 1 件一级在等：/).waitFor({ state: 'detached' })
    await setsOut('zhang', second!)
    await wall.sees('heading', '三街区')
    await house.ends(...both)
  })

  it('[BR28] the wall looks back by its keys, framed as the past; a level I takes it to now, and End does', async () => {
    const { house, open } = stage()
    const quiet = await house.alarm('shed-008-01', 'charging-wire')
    const wall = await open('wall', { path: await house.wallLink() })
    await wall.sees('button', /二级.*飞线充电/s)
    house.passes(2 * minute)
    const { keyboard } = wall.page
    const band = wall.page.getByRole('region', { name: '回看' })

    await keyboard.press('Shift+ArrowLeft')
    await wall.sees(band)
    await wall.sees(band.getByText(/无人操作 \d:\d\d 后回到现在/))
    await wall.page.locator('.frame').waitFor()
    await wall.page.getByRole('button', { name: /二级.*飞线充电/s }).waitFor({ state: 'detached' })
    await wall.shot('28-past-wall')
    await keyboard.press('End')
    await band.waitFor({ state: 'detached' })
    await wall.sees('button', /二级.*飞线充电/s)

    await keyboard.press('PageUp')
    await wall.sees(band)
    const { id } = await house.alarm('shed-005-02', 'smoke', 2)
    await wall.sees('heading', fireIsUp)
    await band.waitFor({ state: 'detached' })
    await setsOut('zhang', house.case(id))
    // It does not come back by itself: whoever looked back had a fire to look at.
    await wall.sees('heading', '三街区')
    await wall.sees('button', /二级.*飞线充电/s)
    expect(await band.count()).toBe(0)
    await house.ends({ id }, quiet)
  })

  const placeOf = ({ page }: Screen, { facilityId }: Case) =>
    page.getByText(new RegExp(`${stage().house.ground.facilities.get(facilityId!)!.name}$`))
}
