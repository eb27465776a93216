// The ways in and out at the desk: a sender tried before anybody needs it, a message nobody took sent once more, and the day on paper.
import { expect, it } from 'vitest'
import { openListener } from '../suites/neighbours.ts'
import type { Screen } from './pages.ts'
import type { Stage } from './stage.ts'

export function waysSuite(stage: () => Stage): void {
  it('[BR30] a test alarm from the devices page says what each station made of it, and no case comes of it', async () => {
    const { house, open } = stage()
    const before = house.cases().length
    const desk = await open('desk', { as: 'chen', path: '/desk#/devices' })
    await desk.press('button', /^车棚摄像头/)
    await desk.sees('heading', '车棚摄像头')
    await desk.press('button', '发测试告警')
    await desk.sees(desk.page.getByRole('status').filter({ hasText: /^全程走通/ }))
    for (const station of ['认出来源', '读懂报文', '值守会怎么办', '写进日志'])
      await desk.sees(desk.page.getByText(`✓ ${station}`))
    await desk.sees(desk.page.getByText(/合成告警写进了日志第 \d+ 行/))
    await desk.page.getByRole('heading', { name: '测试告警' }).scrollIntoViewIfNeeded()
    await desk.shot('30-tested-desk')
    expect(house.cases().length).toBe(before)
  })

  it('[BR31] what a neighbour would not take stands at 对外 as dead with their words; sent once more by hand it is taken', async () => {
    const { house, open } = stage()
    const district = await openListener()
    district.says = () => ({ status: 422, body: '缺少 gridCode' })
    const tellsNoMore = await house.tells('黄浦区城运平台', district.url)
    const subject = await house.alarm('shed-018-01', 'charging-wire')
    const heard = () => district.heard.map(({ body }) => JSON.parse(body) as { id: string; subject: string })
    const ofIt = () => heard().filter((one) => one.subject === subject.id)

    const desk = await open('desk', { as: 'chen', path: '/desk#/neighbours' })
    await desk.press('button', /^黄浦区城运平台.*死信/s)
    await desk.sees('heading', '黄浦区城运平台')
    const row = (state: string) =>
      desk.page.getByRole('row', { name: new RegExp(`^${state}.*新立.*${subject.id}`, 's') })
    await desk.sees(row('死信').getByText('422 缺少 gridCode'))
    await desk.shot('31-dead-letter-desk')
    expect(ofIt()).toHaveLength(1)

    district.says = () => ({ status: 204 })
    await row('死信').getByRole('button', { name: '重发' }).click()
    await desk.sees(row('已收'))
    await desk.shot('31-taken-desk')
    const [first, second] = ofIt()
    expect(second?.id).toBe(first?.id)
    await tellsNoMore()
    await district.close()
    await house.ends(subject)
  })

  it('[BR32] a figure of the daily report opens its cases, and the sheet prints on A4 with no row cut in two', async () => {
    const { house, open } = stage()
    const subject = await house.alarm('shed-018-03', 'charging-wire')
    const desk = await open('desk', { as: 'chen', path: '/desk#/daily' })
    await desk.press('radio', '今天')
    await desk.sees('heading', /^五里桥街道.*每日简报$/)
    await desk.sees(desk.page.getByText(/当天未完，统计到/))
    const figure = desk.page.getByRole('listitem').filter({ hasText: /^未结/ }).getByRole('button')
    const count = Number(await figure.innerText())
    await desk.shot('32-daily-desk')
    await figure.click()
    await desk.sees('heading', `未结 ${count}`)
    await desk.sees(desk.page.getByRole('dialog').locator(`[data-case="${subject.id}"]`))
    await desk.page.keyboard.press('Escape')
    await desk.page.getByRole('dialog').waitFor({ state: 'detached' })

    const paper = (await desk.page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1')
    const boxes = [...paper.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map((box) => box.slice(1).map(Number))
    expect(boxes.length).toBeGreaterThan(0)
    for (const [width, height] of boxes) {
      expect(Math.abs(width! - 595.3)).toBeLessThan(1)
      expect(Math.abs(height! - 841.9)).toBeLessThan(1)
    }
    await desk.page.emulateMedia({ media: 'print' })
    await desk.page.setViewportSize(betweenMargins)
    await desk.sees('heading', /^五里桥街道.*每日简报$/)
    expect(await desk.page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    expect(await onPaper(desk)).toEqual({ cut: 0, tooWide: [] })
    await desk.shot('32-daily-paper')
    await house.ends(subject)
  })
}

/** A4 without its margins of 14 and 16 mm, at 96 px an inch. */
const betweenMargins = { width: 688, height: 1009 }

/** Rows that may be broken between two pages, and what would run off the sheet at the right. */
const onPaper = ({ page }: Screen): Promise<{ cut: number; tooWide: string[] }> =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll('.daily :is(tr, .figures li)')]
    const inSight = [...document.querySelectorAll<HTMLElement>('.daily *')]
    return {
      cut: rows.filter((row) => getComputedStyle(row).breakInside !== 'avoid').length,
      tooWide: inSight
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.textContent?.trim().slice(0, 40) ?? ''),
    }
  })
