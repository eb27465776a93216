// The bike-shed fire, worked from the three screens by those who sit and stand before them.
import { expect, it } from 'vitest'
import { signsIn, type Screen } from './pages.ts'
import { backToNothing, moveTo, shootAll, spotOf } from './phone.ts'
import type { Stage } from './stage.ts'

export function fireSuite(stage: () => Stage): void {
  it('[BR1] [BR2] a bike-shed burns: seen on the wall, signed and sent at the desk, worked on the phone, verified and closed', async () => {
    const { house, open } = stage()
    const wall = await open('wall', { path: await house.wallLink() })
    const desk = await open('desk')
    // 李志强 stands at the next shed but one.
    const field = await open('field', { at: spotOf(house, 'shed-001-03') })
    await signsIn(desk.page, 'zhou')
    await signsIn(field.page, 'li')
    await wall.sees('heading', '三街区')
    await desk.sees('heading', '没有待受理的案子')
    await field.sees(field.page.getByText('现在没有派给你的任务'))

    // 报警: two cameras of one shed.
    const { id } = await house.alarm('shed-001-01', 'smoke', 2)
    const before = performance.now()
    await wall.sees('heading', /一级\s*非机动车棚火情/)
    console.log(`alarm taken to takeover seen: ${Math.round(performance.now() - before)} ms`)
    await wall.sees(wall.page.getByText('未签收', { exact: true }))
    await wall.sees(wall.page.getByText('并为一件'))
    await desk.sees('button', /一级.*车棚冒烟.*2 源.*未签收/s)
    await field.sees('button', /一级.*车棚冒烟.*告知，还没人接/s)
    await wall.shot('1-alarm-wall')
    await desk.shot('1-alarm-desk')
    await field.shot('1-alarm-field')

    // 签收： the wall says who, and keeps the fire until somebody is on the way.
    await desk.press('button', '签收')
    await wall.sees(wall.page.getByText(/周敏.*签收/))
    await wall.sees('heading', /非机动车棚火情/)
    await desk.misses('button', '签收')

    // 受理派单： whoever is nearest is recommended first.
    await desk.sees('radio', /李志强.*\d+ m.*最近/s)
    await desk.press('radio', /李志强/)
    await desk.shot('2-dispatch-desk')
    await desk.press('button', '受理派单，给李志强')
    await desk.sees('button', '处置中 1')
    await wall.sees(wall.page.getByText('待李志强'))
    await wall.shot('2-dispatch-wall')
    await field.press('button', /一级.*车棚冒烟.*接单/s)
    await field.sees(field.page.getByText('派给你'))
    await field.shot('2-dispatch-field')

    // 接单： signed and under way, the wall gives itself back.
    await field.press('button', '接单')
    await wall.sees('heading', '三街区')
    await wall.misses('heading', /非机动车棚火情/)
    await wall.sees('button', /车棚.*李志强 \d\d:\d\d 接单/s)
    await wall.shot('3-taken-wall')

    // 我到了， and the four pictures.
    await moveTo(field, spotOf(house, 'shed-001-01'))
    await field.sees(field.page.getByText('你在 0 m 外，精度 ±8 m'))
    await field.press('button', '我到了')
    await wall.sees('button', /车棚.*李志强 \d\d:\d\d 到场/s)
    await desk.press('button', /处置中/)
    await desk.sees('row', /^李志强.* \d\d:\d\d (\d\d:\d\d|–) \d\d:\d\d \d\d:\d\d \d\d:\d\d$/)
    await desk.shot('3-arrived-desk')
    await shootAll(field)
    await field.sees(field.page.getByText('待发 0'))
    await field.shot('4-photos-field')
    await field.press('button', '办完')
    await desk.sees('button', '核查 1')
    await field.sees('button', '办完了，等核查')
    await field.shot('4-done-field')
    await backToNothing(field)
    await field.shot('4-finished-field')

    // 核查 by the chief, who did not handle it.
    await desk.press('button', '核查 1')
    await desk.sees(desk.page.getByText('处置 李志强，核查 周敏'))
    await expect.poll(() => drawn(desk, /^处置[前后]·近景$/)).toBe(2)
    await desk.shot('5-verify-desk')
    await desk.press('button', '通过，结案')
    await desk.sees(desk.page.getByText(/将通过「.*」/))
    await desk.shot('5-undo-desk')
    await desk.sees('heading', '没有待核查的案子')
    await wall.sees(wall.page.getByText('没有在办的案件'))
    await wall.shot('6-closed-wall')

    const { verdict, entries } = await house.journal()
    expect(verdict.sound).toBe(true)
    const walked = entries
      .flatMap((entry) => entry.events)
      .flatMap((event) => (event.type === 'moved' && event.caseId === id ? [event.step] : []))
    expect(walked.map((step) => `${step.verb} ${step.by.kind === 'person' ? step.by.id : step.by.kind}`)).toEqual([
      'accept zhou',
      'file zhou',
      'dispatch zhou',
      'take li',
      'arrive li',
      'finish li',
      'verify zhou',
      'close zhou',
    ])
    expect(house.case(id)).toMatchObject({ stage: 'closed', disposition: 'solved', sources: { length: 2 } })
  })
}

/** Pictures of this name that have really come. */
const drawn = ({ page }: Screen, name: RegExp): Promise<number> =>
  page
    .getByRole('img', { name })
    .evaluateAll((all) => all.filter((one) => one instanceof HTMLImageElement && one.naturalWidth > 0).length)
