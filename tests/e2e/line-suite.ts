// The line breaks: said on every screen, healed by itself, and nothing that was tapped meanwhile is lost or doubled.
import { expect, it } from 'vitest'
import { isWhole, shootAll, spotOf } from './phone.ts'
import type { Stage } from './stage.ts'

export function lineSuite(stage: () => Stage): void {
  it('[BR3] the server goes down and comes back: a banner says so, then the same board stands there by itself', async () => {
    const { house, open } = stage()
    const { id } = await house.alarm('shed-001-02', 'charging-wire')
    const wall = await open('wall', { path: await house.wallLink() })
    const desk = await open('desk', { as: 'zhou' })
    const field = await open('field', { as: 'li' })
    await wall.sees('button', /二级.*飞线充电/s)
    await desk.sees('button', /二级.*飞线充电/s)
    await field.sees(field.page.getByText('已接通'))
    await isWhole(field)

    await house.stops()
    await wall.sees(wall.page.getByRole('alert').getByText(/线路断开，画面停在 09:\d\d:\d\d，正在重连/))
    await desk.sees(desk.page.getByRole('alert').getByText(/线路断开，画面停在 09:\d\d:\d\d，正在重连/))
    await field.sees(field.page.getByText('没有信号'))
    await field.sees(field.page.getByText(/停在 09:\d\d:\d\d，恢复后自动更新/))
    // What was there is still to be seen, and nothing can be done with it.
    await wall.sees('button', /二级.*飞线充电/s)
    await desk.page.getByRole('button', { name: '签收', exact: true, disabled: true }).waitFor()
    await wall.shot('7-lost-wall')
    await desk.shot('7-lost-desk')
    await field.shot('7-lost-field')

    await house.starts()
    for (const { page } of [wall, desk]) await page.getByRole('alert').waitFor({ state: 'detached' })
    await field.sees(field.page.getByText('已接通'))
    await desk.press('button', '签收')
    await expect.poll(() => house.case(id).acknowledged?.by).toBe('zhou')
    // Signed for, a level II is pinned no longer; the wall heard of it over the new line.
    await wall.sees('button', /二级未签收\s*0$/)
    await house.wish('zhou', { type: 'void', caseId: id, disposition: 'false-alarm', reason: '演练' })
  })

  it('[BR4] a phone without signal keeps every tap and every photo, over a reload too, and sends each once', async () => {
    const { house, open } = stage()
    const { id } = await house.alarm('shed-001-03', 'charging-wire')
    await house.wish('zhou', { type: 'dispatch', caseId: id, to: house.person('li') })
    const field = await open('field', { as: 'li', at: spotOf(house, 'shed-001-03') })
    await field.press('button', /二级.*飞线充电/s)
    await field.sees('button', '接单')
    // The page's own parts are kept once it was opened twice, as on any second day.
    await field.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await field.page.reload()
    await field.press('button', /二级.*飞线充电/s)
    await field.sees('button', '接单')
    await field.page.waitForFunction(() => localStorage.getItem('sanping.kept.1') !== null)
    await isWhole(field)

    await field.context.setOffline(true)
    await field.sees(field.page.getByText('没有信号'))
    await field.press('button', '接单')
    await field.press('button', '我到了')
    await shootAll(field)
    await field.press('button', '办完')
    await field.sees('button', '等服务器答复')
    await field.sees('button', /待发 7.*没有信号/s)
    await field.shot('8-offline-field')
    expect(house.case(id).stage).toBe('dispatched')

    await field.page.reload()
    await field.press('button', /待发 7.*没有信号/s)
    await field.sees('heading', '待发送')
    await expect.poll(() => field.page.getByRole('listitem').count()).toBe(7)
    await field.shot('8-outbox-field')

    await field.context.setOffline(false)
    await field.sees('button', /待发 0.*都发出去了/s)
    await expect.poll(() => house.case(id).stage).toBe('verification')
    const { steps, photos } = house.case(id)
    expect(steps.map((step) => step.verb).filter((verb) => verb !== 'see')).toEqual([
      ...['open', 'accept', 'file', 'dispatch', 'take', 'arrive'],
      ...['attach', 'attach', 'attach', 'attach', 'finish'],
    ])
    expect(new Set(photos.map((photo) => photo.evidence)).size).toBe(4)
    await field.press('button', /任务/)
    await field.sees('heading', /^我的任务\s*0$/)
    await house.wish('zhou', { type: 'close', caseId: id, disposition: 'solved' })
  })
}
