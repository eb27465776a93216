// A phone with a webview of 2021: everything newer is taken from the page before it loads, and a whole task is done all the same.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { forgetNewer } from '../suites/old-browser.ts'
import { findBrowser } from './browser.ts'
import { screensAreBuilt } from './house.ts'
import { patience } from './pages.ts'
import { shootAll, spotOf } from './phone.ts'
import { openStage, type Stage } from './stage.ts'

const browser = findBrowser({ mayInstall: false, say: () => {} })
const isReady = browser !== null && screensAreBuilt()
vi.setConfig({ hookTimeout: 5 * patience, expect: { poll: { timeout: patience, interval: 100 } } })
if (!isReady && process.env.CI) it('in CI nothing is skipped', () => expect(isReady).toBe(true))

describe.skipIf(!isReady)('an old webview', { timeout: 5 * patience }, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(browser!)
  })
  afterEach(({ task }) => stage.clear(task.result?.state === 'fail'))
  afterAll(() => stage?.close())

  it('[SN309] without anything that came after Chrome 90 a task goes from 接单 to 办完, and a call for help goes out and is taken back', async () => {
    const { house, open } = stage
    const { id } = await house.alarm('shed-001-01', 'charging-wire')
    await house.wish('zhou', { type: 'dispatch', caseId: id, to: house.person('li') })
    const field = await open('field', { as: 'li', at: spotOf(house, 'shed-001-01') })
    await field.page.addInitScript(forgetNewer)
    await field.page.reload()
    expect(await field.page.evaluate(() => 'hasOwn' in Object && 'structuredClone' in window)).toBe(false)

    await field.press('button', /二级.*飞线充电/s)
    await field.press('button', '接单')
    await field.press('button', '我到了')
    await shootAll(field)
    await field.press('button', '办完')
    await expect.poll(() => house.case(id).stage).toBe('verification')
    expect(house.case(id).photos).toHaveLength(4)
    await field.press('button', '返回')

    const sos = field.page.getByRole('button', { name: /SOS/ })
    await sos.focus()
    // Let go too early: its two seconds stand still until it is seen that they have begun.
    await field.page.clock.pauseAt(Date.now() + 1_000)
    await field.page.keyboard.down('Enter')
    await field.sees(field.page.getByText('松手就取消'))
    await field.page.keyboard.up('Enter')
    await field.page.getByText('松手就取消').waitFor({ state: 'detached' })
    await field.page.clock.runFor(3_000)
    await field.page.clock.resume()
    expect(house.cases().some(({ matter }) => matter === 'staff-sos')).toBe(false)
    await field.page.keyboard.down('Enter')
    await field.sees('heading', '求助')
    await field.page.keyboard.up('Enter')
    await field.sees(field.page.getByText(/已发出 09:\d\d/))
    await field.sees(field.page.getByText('值守还没签收'))
    await field.shot('12-sos-field')
    const call = house.cases().find(({ matter }) => matter === 'staff-sos')!
    expect(call).toMatchObject({ level: 1, scenarioId: 'staff-sos' })
    await house.wish('chenhy', { type: 'acknowledge', caseId: call.id })
    await field.sees(field.page.getByText('陈海燕 09:').first())
    await field.press('button', '我没事')
    await field.press('button', '按错了')
    await field.sees(field.page.getByText('已说「我没事」，等值守问一声'))
    const [asked] = house.case(call.id).requests!
    await house.wish('chen', { type: 'approve', caseId: call.id, request: asked!.id })
    await field.sees(field.page.getByText('求助已经结束。'))
    await house.wish('zhou', { type: 'close', caseId: id, disposition: 'solved' })
    expect(stage.complaints).toEqual([])
  })
})
