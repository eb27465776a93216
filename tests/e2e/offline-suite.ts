// A phone for days without signal, killed while it sends: what was tapped and shot is at the desk once, and meanwhile the phone says where it all lies.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { BrowserContext } from 'playwright-core'
import type { Case } from '#contract/case'
import { patience, shots, signsIn, type Screen } from './pages.ts'
import { isWhole, moveTo, shootAll, spotOf } from './phone.ts'
import type { Stage } from './stage.ts'

const day = 86_400_000
const sheds = ['shed-014-01', 'shed-014-02', 'shed-014-03'] as const

export function offlineSuite(stage: () => Stage): void {
  it('[BR25] three days without signal, twenty taps and twelve photos, killed in the middle of sending: each is there once', async () => {
    const { house, open } = stage()
    const tasks: Case[] = []
    for (const shed of sheds) {
      const subject = await house.alarm(shed, 'charging-wire')
      await house.wish('zhou', { type: 'dispatch', caseId: subject.id, to: house.person('zhaom') })
      tasks.push(subject)
    }
    const field = await open('field', { as: 'zhaom', at: spotOf(house, sheds[0]) })
    await field.sees('button', /飞线充电.*蒙自1号车棚/s)
    // The page's own parts are kept once it was opened twice, as on any second day.
    await field.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await field.page.reload()
    await opens(field, 1)
    await field.sees('button', '接单')
    await field.press('button', '返回')
    await field.sees('button', /待发 0/)
    await field.page.waitForFunction(() => localStorage.getItem('sanping.kept.1') !== null)
    await isWhole(field)

    await field.context.setOffline(true)
    await field.sees(field.page.getByText('没有信号'))
    for (const nth of [1, 2, 3]) {
      await opens(field, nth)
      await moveTo(field, spotOf(house, `shed-014-0${nth}`))
      await field.sees(field.page.getByText('你在 0 m 外，精度 ±8 m'))
      await field.press('button', '接单')
      await field.press('button', '我到了')
      await shootAll(field, nth)
      if (nth < 3) {
        await field.press('button', '办完')
        await field.sees('button', '等服务器答复')
      }
      await field.press('button', '返回')
    }
    await field.press('button', '上报一件')
    await field.press('button', /垃圾成堆|小包垃圾落地|垃圾桶满溢/)
    await field.press('button', '返回')
    await places(field, { 草稿: 1, 待发送: 20, 已送达: 0 })
    await field.shot('25-places-field')
    expect(tasks.map(({ id }) => house.case(id).stage)).toEqual(['dispatched', 'dispatched', 'dispatched'])

    // The phone lies in a drawer, its page long gone.
    house.passes(3 * day)
    await field.context.clock.setSystemTime(Date.now() + 3 * day)
    await field.page.close()
    const { context } = field
    const { held, lets } = await stalls(context, 3)
    await context.setOffline(false)
    const killed = await context.newPage()
    await killed.goto(`${house.url}/field`)
    // Nobody stays signed in for so long; what lies on the phone waits for its own.
    await signsIn(killed, 'zhaom')
    await held
    await expect.poll(() => tasks.filter(({ id }) => house.case(id).holder?.takenAt !== undefined).length).toBe(3)
    await killed.close()

    await lets()
    const page = await context.newPage()
    await page.goto(`${house.url}/field`)
    // What was held in mid-air is asked for again only after a while.
    await page.getByRole('button', { name: /待发 0/ }).waitFor({ timeout: 2 * patience })
    await places({ page }, { 草稿: 1, 待发送: 0, 已送达: 20 })
    await page.screenshot({ path: join(shots, '25-all-sent-field.png') })

    const whole = ['take', 'arrive', 'attach', 'attach', 'attach', 'attach', 'finish']
    const verbs = tasks.map(({ id }) =>
      house.case(id).steps.filter(({ by }) => by.kind === 'person' && by.id === 'zhaom'),
    )
    const said = verbs.map((steps) =>
      steps.map(({ verb }) => verb).filter((verb) => verb !== 'see' && verb !== 'deliver'),
    )
    expect(said).toEqual([whole, whole, whole.slice(0, 6)])
    const photos = tasks.flatMap(({ id }) => house.case(id).photos)
    expect(photos.length).toBe(12)
    expect(new Set(photos.map((photo) => photo.evidence)).size).toBe(12)

    const { verdict, entries } = await house.journal()
    expect(verdict.sound).toBe(true)
    const mine = entries.filter(({ by }) => by.kind === 'person' && by.id === 'zhaom')
    expect(new Set(mine.map(({ commandId }) => commandId)).size).toBe(mine.length)
    expect(mine.filter(({ type }) => type === 'attach').length).toBe(12)

    const desk = await open('desk', { as: 'chen' })
    await desk.press('button', /^核查 \d/)
    for (const { id } of tasks.slice(0, 2)) await desk.page.locator(`[data-case="${id}"]`).first().waitFor()
    await desk.shot('25-once-desk')
  })
}

const evidence = '**/api/evidence/*'

const opens = (field: Screen, nth: number): Promise<void> =>
  field.press('button', new RegExp(`飞线充电.*蒙自${nth}号车棚`, 's'))

/** The three visible places beside the tasks, each with what lies there. */
async function places({ page }: Pick<Screen, 'page'>, wanted: Record<string, number>): Promise<void> {
  for (const [place, count] of Object.entries(wanted))
    await page.getByRole('button', { name: new RegExp(`^${count}\\s*${place}$`) }).waitFor()
}

/** So many pieces of photos get through, the next is held for good; `held` once one is. */
async function stalls(context: BrowserContext, through: number) {
  let passed = 0
  let hold = () => {}
  const held = new Promise<void>((done) => (hold = done))
  await context.route(evidence, (route) => {
    if (route.request().method() !== 'PUT' || passed++ < through) return route.continue()
    hold()
  })
  return { held, lets: () => context.unroute(evidence) }
}
