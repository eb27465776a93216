// A resident reports a repair from the page behind the door's code, and keeps a number.
import { expect, it } from 'vitest'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { drawStill } from '../../ingest-server/demo/stills.ts'
import type { Stage } from './stage.ts'

export function residentSuite(stage: () => Stage): void {
  it('[BR9] a resident reports a dripping tap with a photo and keeps its number; the duty officer sees it', async () => {
    const { house, open } = stage()
    const { page, sees, press, shot } = await open('resident')
    await sees('heading', '哪里坏了，请告诉我们')
    expect(await page.getByRole('button', { name: '提交' }).isDisabled()).toBe(true)
    await sees(page.getByText('请先选什么事'))
    await press('button', /水龙头/)
    await sees(page.getByText('请先说在哪'))
    await page.getByLabel('居民区').selectOption({ label: '桥一居民区' })
    await page.getByLabel('楼号').selectOption({ index: 1 })
    await page.getByLabel('说一说').fill('厨房水龙头关不紧，地上都是水')
    const buffer = await drawStill('leak', '', chanceFrom(1))
    await page.getByLabel('拍张照片').setInputFiles({ name: 'tap.jpg', mimeType: 'image/jpeg', buffer })
    await sees(page.getByText('再拍一张'))
    await page.getByLabel('怎么称呼').fill('王秀英')
    await page.getByLabel('电话').fill('19900001234')
    await shot('10-resident-written')
    await press('button', '提交')
    await sees('heading', '收到了，请放心')
    const [, id] = /编号 (\S+)/.exec(await page.getByText(/^编号/).innerText()) ?? []
    await shot('10-resident-received')
    expect(house.case(id!)).toMatchObject({ stage: 'reported', matter: 'tap-repair' })

    const desk = await open('desk', { as: 'chen' })
    await desk.press('button', /四级.*水龙头/s)
    await desk.sees(desk.page.getByText('厨房水龙头关不紧，地上都是水'))
    // Who it was is masked until somebody asks.
    await desk.sees(desk.page.getByText(/王\*+/))
    expect(await desk.page.getByText('19900001234').count()).toBe(0)
    await desk.shot('10-resident-desk')
    await house.wish('chen', { type: 'void', caseId: house.case(id!).id, disposition: 'duplicate', reason: '演练' })
  })
}
