// The screens linked: one leads and the others come along, something is put on the wall for a while, and the wall commands.
import { expect, it } from 'vitest'
import { CastId } from '#contract/ids'
import { signsIn } from './pages.ts'
import { isWhole, moveTo, spotOf } from './phone.ts'
import { chosenOf, rowOf } from './seen.ts'
import type { Stage } from './stage.ts'

const minute = 60_000
export function linkedSuite(stage: () => Stage): void {
  it('[BR22] a case is cast from the desk with its lease; a second waits, a level I goes first, and the cast comes back with what is left', async () => {
    const { house, open } = stage()
    const first = await house.alarm('shed-004-03', 'charging-wire')
    const second = await house.alarm('shed-005-03', 'charging-wire')
    const wall = await open('wall', { path: await house.wallLink() })
    const zhou = await open('desk', { as: 'zhou' })
    await wall.sees('heading', '三街区')
    const cast = wall.page.getByRole('region', { name: /^案件 .*飞线充电/ })

    await rowOf(zhou, first).click()
    await zhou.press('button', '投到大屏')
    await zhou.sees(zhou.page.getByText('大屏空着，马上显示'))
    await zhou.press('radio', '5 分钟')
    await zhou.shot('22-cast-sheet-desk')
    await zhou.press('button', '投上去')
    await wall.sees('heading', /^案件 .*飞线充电/)
    await wall.sees(cast.getByText('周敏 投屏'))
    await wall.sees(cast.getByText(/还有 \d:\d\d/))
    await zhou.sees(zhou.page.getByText(/在大屏上，09:\d\d 收回/))
    await wall.shot('22-cast-wall')

    const waits = { id: CastId.parse('e2e-cast'), what: { kind: 'case' as const, caseId: second.id }, minutes: 10 }
    await house.wish('chen', { type: 'cast', ...waits })
    await wall.sees(cast.getByText('后面 1 个'))
    await zhou.press('button', '后面 1 个')
    await zhou.sees(zhou.page.getByRole('dialog', { name: '投屏队列' }).getByText('陈海峰'))
    await zhou.shot('22-cast-waits-desk')
    await zhou.page.keyboard.press('Escape')

    const { until } = house.linkage().casts[0]!
    const fire = await house.alarm('shed-002-03', 'smoke', 2)
    await wall.sees('heading', /一级\s*非机动车棚火情/)
    await house.wish('zhou', { type: 'acknowledge', caseId: fire.id })
    await house.wish('zhou', { type: 'dispatch', caseId: fire.id, to: house.person('li') })
    await house.wish('li', { type: 'take', caseId: fire.id })
    await wall.sees('heading', /^案件 .*飞线充电/)
    await wall.sees(cast.getByText('周敏 投屏'))
    // The fire cost it time, but not its place.
    expect(house.linkage().casts[0]).toMatchObject({ by: 'zhou', until })

    house.passes(5 * minute)
    await wall.sees(cast.getByText('陈海峰 投屏'))
    await wall.sees(cast.getByText(/还有 \d+:\d\d/))
    await wall.shot('22-cast-next-wall')
    await wall.press('button', '收回')
    await wall.sees('heading', '三街区')
    await cast.waitFor({ state: 'detached' })

    const { entries } = await house.journal()
    const told = entries
      .flatMap(({ events }) => events)
      .flatMap((event) => (event.type === 'linked' ? [event.casts.map(({ by }) => by).join(' ')] : []))
    expect(told).toEqual(['zhou', 'zhou chen', 'chen', ''])
    await house.ends(first, second, fire)
  })

  it('[BR23] the watch leads: wall and desk come along, over a restart too; whoever may not see it is told so', async () => {
    const { house, open } = stage()
    const first = await house.alarm('shed-004-04', 'charging-wire')
    const second = await house.alarm('shed-005-04', 'charging-wire')
    const wall = await open('wall', { path: await house.wallLink() })
    const chen = await open('desk', { as: 'chen' })
    const zhou = await open('desk', { as: 'zhou' })
    // 孙莉 walks another street block.
    const sunli = await open('field', { as: 'sunli' })

    await rowOf(chen, first).click()
    await chen.press('button', '带看')
    await chen.sees(chen.page.getByText(/您在带看 · 09:\d\d 起/))
    await wall.sees(wall.page.getByText(/陈海峰 带看中 · 09:\d\d 起/))
    await rowOf(zhou, second).click()
    await zhou.press('button', '跟随')
    await zhou.sees(zhou.page.getByText(/陈海峰 带看中 · 09:\d\d 起/))
    await expect.poll(() => chosenOf(zhou)).toBe(first.id)
    await sunli.press('button', /^孙莉/)
    await sunli.press('button', /^跟随/)
    await sunli.sees(sunli.page.getByText('不在你的片区'))
    await wall.sees('button', /飞线充电.*4\s*号车棚/s)
    await wall.shot('23-follow-wall')
    await zhou.shot('23-follow-desk')
    await sunli.shot('23-hidden-field')

    // A place, found by its sound.
    await chen.page.keyboard.press('Control+k')
    await chen.page.locator('[role="combobox"]:focus').waitFor()
    await chen.page.keyboard.type('qyjmq')
    await chen.press('option', /桥一居民区/)
    await wall.sees(wall.page.getByText(/桥一居民区/).first())
    await wall.shot('23-place-wall')
    await chen.press('button', '看全部')
    // What lay in that place may have led to another of the lists.
    await chen.page
      .getByText(/^收件箱/)
      .first()
      .click()
    await rowOf(chen, second).waitFor()
    await expect.poll(() => house.linkage().spotlight?.placeId).toBeUndefined()
    await isWhole(sunli)

    await house.stops()
    // Each of them: a line that has not broken yet has nothing to come back from.
    for (const { page } of [wall, chen, zhou])
      await page
        .getByRole('alert')
        .getByText(/线路断开/)
        .waitFor()
    await house.starts()
    for (const { page } of [wall, chen, zhou]) await page.getByRole('alert').waitFor({ state: 'detached' })
    await chen.sees(chen.page.getByText(/您在带看/))
    await wall.sees(wall.page.getByText(/陈海峰 带看中/))
    await zhou.page.reload()
    await zhou.sees(zhou.page.getByText(/陈海峰 带看中/))
    await rowOf(chen, second).click()
    await expect.poll(() => chosenOf(zhou)).toBe(second.id)
    await expect.poll(() => house.linkage().spotlight?.caseId).toBe(second.id)

    await chen.press('button', '带看')
    await wall.page
      .getByText(/带看中/)
      .first()
      .waitFor({ state: 'detached' })
    await house.ends(first, second)
  })

  it('[BR24] the watch commands from the wall: the phone calls, and the wall shows how far the order has come', async () => {
    const { house, open } = stage()
    const subject = await house.alarm('shed-001-02', 'charging-wire')
    await house.wish('zhou', { type: 'acknowledge', caseId: subject.id })
    await house.wish('zhou', { type: 'dispatch', caseId: subject.id, to: house.person('chenhy') })
    const wall = await open('wall', { path: await house.wallLink() })
    const field = await open('field', { as: 'li', at: spotOf(house, 'shed-001-03') })
    await field.sees('heading', /我的任务/)
    await wall.press('button', /飞线充电.*桥一居民区.*2号车棚/s)

    // By itself the wall has nothing to wish with.
    await wall.sees('button', '指挥')
    expect(await wall.page.getByRole('button', { name: /增援|督办|指挥这一件/ }).count()).toBe(0)
    await wall.press('button', '指挥')
    await signsIn(wall.page, 'chen')
    await wall.sees(wall.page.getByText(/陈海峰 指挥 · 至 \d\d:\d\d/))
    await wall.press('button', '增援')
    await wall.press('checkbox', /李志强/)
    await wall.press('button', '现场人手不够')
    await wall.shot('24-command-wall')
    await wall.press('button', '让 1 人去')

    await field.sees(field.page.getByRole('alert').getByText(/陈海峰 要你增援：现场人手不够/))
    await wall.sees('row', /^李志强\s+\S+ \d:\d\d – – –$/)
    await field.shot('24-order-field')
    await field.press('button', '接受')
    await wall.sees('row', /^李志强\s+\S+ \d:\d\d \d:\d\d \d:\d\d –$/)
    await field.press('button', /二级.*飞线充电/s)
    await moveTo(field, spotOf(house, 'shed-001-02'))
    await field.sees(field.page.getByText('你在 0 m 外，精度 ±8 m'))
    await field.press('button', '我到了')
    await wall.sees('row', /^李志强\s+\S+ \d:\d\d \d:\d\d \d:\d\d \d:\d\d$/)
    await wall.shot('24-arrived-wall')

    await wall.press('button', '结束指挥')
    await wall.sees('button', '指挥')
    expect(await wall.page.getByRole('button', { name: /增援|督办|指挥这一件/ }).count()).toBe(0)
    const order = house.case(subject.id).orders?.[0]
    expect(order).toMatchObject({ what: 'reinforce', by: 'chen', to: [{ personId: 'li' }] })
    await house.ends(subject)
  })
}
