// What hands do: the desk by keys alone, desk and phone by fingers alone, and a call for help that must be meant.
import { expect, it } from 'vitest'
import type { Locator } from 'playwright-core'
import type { Case } from '#contract/case'
import type { Screen } from './pages.ts'
import { finger, spotOf } from './phone.ts'
import { chosenOf, focused, restingBox, rowOf, smallerThan } from './seen.ts'
import type { Stage } from './stage.ts'

export function handsSuite(stage: () => Stage): void {
  it('[BR26] by keys alone: found by number and by sound, sent, taken back, looked up on the boards; the focus is never lost', async () => {
    const { house, open } = stage()
    const first = await house.alarm('shed-017-01', 'charging-wire')
    const second = await house.alarm('shed-018-02', 'charging-wire')
    const desk = await open('desk', { as: 'zhou' })
    for (const one of [first, second]) await rowOf(desk, one).waitFor()
    const { keyboard } = desk.page
    const chosen = () => chosenOf(desk)
    // What took the focus away gives it back a moment later; lost for good it would stay lost.
    const keeps = () => expect.poll(() => focused(desk)).not.toBe('BODY')
    const finds = async (words: string, name: RegExp) => {
      await keyboard.press('Control+k')
      await desk.page.locator('[role="combobox"]:focus').waitFor()
      await keyboard.type(words)
      // The best of what lay there before is chosen too: Enter is for what was looked for.
      await desk.page.getByRole('option', { selected: true, disabled: false, name }).waitFor()
    }

    await finds(first.id, /1\s*号车棚/)
    await desk.shot('26-palette-number-desk')
    await keyboard.press('Enter')
    await expect.poll(chosen).toBe(first.id)
    await keeps()
    await finds('scjmq fxcd', /2\s*号车棚/)
    await desk.shot('26-palette-sound-desk')
    await keyboard.press('Enter')
    await expect.poll(chosen).toBe(second.id)
    await keeps()

    // 不予受理 with its reason, and thought better of.
    await keyboard.press('3')
    await desk.sees('dialog', /不予受理/)
    await keyboard.press('1')
    await desk.sees(desk.page.getByText(/将不予受理「.*」/))
    await keeps()
    await keyboard.press('u')
    await desk.page.getByText(/将不予受理「.*」/).waitFor({ state: 'detached' })
    await keeps()
    await finds(second.id, /2\s*号车棚/)
    await keyboard.press('Enter')
    await finds('受理派单', /受理派单/)
    await keyboard.press('Enter')
    await expect.poll(() => house.case(second.id).stage).toBe('dispatched')
    await keeps()

    await keyboard.press('g')
    await desk.sees('dialog', '工作台的其他页面')
    await keyboard.press('1')
    await desk.sees('heading', '看板')
    await keeps()
    await desk.shot('26-boards-desk')
    await keyboard.press('Escape')
    await desk.page.getByRole('heading', { name: '看板' }).waitFor({ state: 'detached' })
    await keeps()
    expect(house.case(first.id).stage).toBe('reported')
    await house.ends(first, second)
  })

  it('[BR27] by fingers alone: a row drawn aside is signed, sent or put aside, and nothing to touch is smaller than a finger', async () => {
    const { house, open } = stage()
    const first = await house.alarm('shed-017-03', 'charging-wire')
    const second = await house.alarm('shed-018-04', 'charging-wire')
    const desk = await open('desk', { as: 'zhou', tablet: true })
    for (const one of [first, second]) await rowOf(desk, one).waitFor()

    await drags(desk, first, 140, /^签收/)
    await expect.poll(() => house.case(first.id).acknowledged?.by).toBe('zhou')
    await drags(desk, first, 140, /^派给/)
    await desk.sees(desk.page.getByText(/将派给.*「.*」/))
    await desk.shot('27-swiped-desk')
    await expect.poll(() => house.case(first.id).stage).toBe('dispatched')
    await rowOf(desk, first).waitFor({ state: 'detached' })
    await drags(desk, second, -140, /^暂缓/)
    await desk.sees('dialog', /暂缓/)
    await desk.shot('27-shelve-desk')
    const tooSmall: Record<string, string[]> = { 'desk, a sheet': await smallerThan(44, desk) }
    await desk.page.getByRole('button', { name: '不办了' }).tap()
    await desk.page.getByRole('dialog').waitFor({ state: 'detached' })
    tooSmall['desk, inbox'] = await smallerThan(44, desk)

    await house.wish('zhou', { type: 'dispatch', caseId: second.id, to: house.person('chenhy') })
    const field = await open('field', { as: 'chenhy', at: spotOf(house, 'shed-018-04') })
    await field.sees('heading', /^我的任务/)
    tooSmall['field, list'] = await smallerThan(48, field)
    await field.page.getByRole('button', { name: /二级.*飞线充电/s }).tap()
    await field.page.getByRole('button', { name: '接单', exact: true }).tap()
    await expect.poll(() => house.case(second.id).stage).toBe('handling')
    await field.sees('button', '我到了')
    tooSmall['field, task'] = await smallerThan(48, field)
    await field.page.getByRole('button', { name: '返回' }).tap()
    await field.page.getByRole('button', { name: '上报一件' }).tap()
    await field.sees('heading', '上报一件')
    tooSmall['field, report'] = await smallerThan(48, field)
    await house.ends(first, second)
    expect(Object.entries(tooSmall).filter(([, all]) => all.length > 0)).toEqual([])
  })

  it('[BR29] a colleague holds SOS for two seconds: the wall is taken and the desk sees it; a short press is nothing', async () => {
    const { house, open } = stage()
    const wall = await open('wall', { path: await house.wallLink() })
    const desk = await open('desk', { as: 'zhou' })
    const field = await open('field', { as: 'hebin', at: spotOf(house, 'shed-017-02') })
    await wall.sees('heading', '三街区')
    await field.sees('heading', /^我的任务/)
    const before = house.cases().length
    const { x, y, width, height } = await restingBox(buttonOf(field))
    const middle = [x + width / 2, y + height / 2] as const

    // It has begun to count, and is let go. Its two seconds are the phone's own, and stand still until it is seen: a slow machine must not hold it longer than a hand.
    await field.page.clock.pauseAt(Date.now() + 1_000)
    await finger(field, middle, { until: () => field.sees(field.page.getByText('松手就取消')) })
    await field.page.getByText('松手就取消').waitFor({ state: 'detached' })
    await field.page.clock.runFor(3_000)
    await field.page.clock.resume()
    expect(house.cases().length).toBe(before)
    expect(await field.page.getByRole('heading', { name: '求助' }).count()).toBe(0)

    await finger(field, middle, { until: () => field.sees('heading', '求助') })
    const out = performance.now()
    await wall.sees('heading', /一级\s*工作人员求助/)
    console.log(`call for help to wall taken: ${Math.round(performance.now() - out)} ms`)
    await desk.sees('button', /一级.*求助.*未签收/s)
    await field.sees(field.page.getByText(/已发出 09:\d\d/))
    await wall.shot('29-sos-wall')
    await field.shot('29-sos-field')
    await desk.shot('29-sos-desk')
    const [call] = house.cases().filter(({ matter }) => matter === 'staff-sos')
    expect(call).toMatchObject({ level: 1, sources: { length: 1 } })
    expect(house.cases().length).toBe(before + 1)
    await house.ends(call!)
    await wall.sees('heading', '三街区')
  })
}

/** A row drawn aside where it lies at rest, and let go once it says what that will do; a touch that was lost is made once more. */
async function drags(desk: Screen, subject: Pick<Case, 'id'>, by: number, words: RegExp): Promise<void> {
  const says = desk.page.locator('.under.armed').getByText(words)
  const means = () =>
    says.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    )
  await expect
    .poll(async () => {
      const { x, y, width, height } = await restingBox(rowOf(desk, subject))
      return finger(desk, [x + (by > 0 ? 0.2 : 0.8) * width, y + height / 2], { by, means })
    })
    .toBe(true)
}

const buttonOf = ({ page }: Screen): Locator => page.getByRole('button', { name: /^SOS/ })
