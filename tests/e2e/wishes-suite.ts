// What a resident asks for goes its whole way: looked at on the phone for a reason, asked to be forgotten, decided by the security administrator, and gone on the phone.
import { expect, it } from 'vitest'
import { chinese, findings } from './looks-suite.ts'
import { smallerThan } from './seen.ts'
import type { Stage } from './stage.ts'

export function wishesSuite(stage: () => Stage): void {
  it('[BR39] the phone looks for a reason; the resident asks to be forgotten and is, by a code; another is refused and reads why', async () => {
    const { house, open } = stage()
    await house.adds({ id: 'wei', name: '韦安', role: 'security-administrator' })
    const code = await house.authenticator('wei')
    const { caseId, link } = await house.residentReports({ name: '金画眉', phone: '19900007654', near: 'li' })
    const other = await house.residentReports({ name: '银山雀', phone: '19900008765', near: 'li' })
    await house.wish('chen', { type: 'dispatch', caseId: house.case(caseId).id, to: house.person('li') })
    const looks: Record<string, string[]> = {}

    const phone = await open('field', { as: 'li' })
    await phone.press('button', /水龙头/)
    await phone.press('button', '查看报告人')
    await phone.sees('dialog', '报告人')
    await phone.sees(phone.page.getByText(/金\*+/))
    looks['phone, asked'] = await findings(phone)
    expect(await smallerThan(48, phone)).toEqual([])
    await phone.page.getByRole('radio', { name: '上门' }).tap()
    await phone.shot('39-reason-field')
    await phone.press('button', '看 30 分钟')
    await phone.sees(phone.page.getByText('金画眉'))
    await phone.sees(phone.page.getByRole('link', { name: '打 19900007654' }))
    looks['phone, shown'] = await findings(phone)
    await phone.shot('39-shown-field')
    await phone.press('button', '关上')
    await phone.misses('dialog', '报告人')

    const resident = await open('resident', { path: `/resident#${link}` })
    const second = await open('resident', { path: `/resident#${other.link}` })
    for (const one of [resident, second]) {
      await one.press('button', '查看我的信息')
      await one.press('button', '删除我的信息')
      await one.press('button', '删除我的信息')
      await one.sees(one.page.getByText(/已申请删除，由安全管理员处理，\d{4}-\d\d-\d\d 前答复/))
    }

    // Once they are forgotten their link leads nowhere.
    await resident.page.close()

    const keeps = await open('desk', { as: 'wei' })
    await keeps.press('button', '居民请求')
    await keeps.sees('heading', '居民请求')
    const row = (id: string) =>
      keeps.page.getByRole('button', { name: /删除个人信息/ }).and(keeps.page.locator(`[data-case="${id}"]`))
    await row(caseId).click()
    await keeps.sees(keeps.page.getByText(/个人信息 1 份/))
    await keeps.sees(keeps.page.getByText(/案件还在办/))
    for (const secret of ['金', '银', '1990000'])
      expect(await keeps.page.locator('main').innerText()).not.toContain(secret)
    looks.wish = await findings(keeps)
    expect(await smallerThan(44, keeps)).toEqual([])
    await keeps.shot('39-wish-desk')
    await keeps.press('button', '同意删除')
    await keeps.sees('alertdialog', /不能恢复/)
    await keeps.page.keyboard.press('Enter')
    await keeps.page.getByRole('textbox', { name: /动态码/ }).fill(code())
    await keeps.page.keyboard.press('Enter')
    await keeps.sees(keeps.page.getByText(/已删除：个人信息 1 份/))
    await keeps.shot('39-granted-desk')

    await row(other.caseId).click()
    await keeps.press('button', '不同意')
    await keeps.page.getByRole('radio', { name: '其他' }).click()
    await keeps.page.getByRole('textbox', { name: /写明原因/ }).fill('正在协助调查')
    looks['wish, refused'] = await findings(keeps)
    await keeps.shot('39-no-desk')
    await keeps.press('button', '不同意，告诉居民')
    await keeps.sees(keeps.page.getByText(/未同意 · 韦安/))
    await keeps.press('button', 'English')
    await keeps.sees('heading', 'Wishes of residents')
    await expect.poll(() => chinese(keeps, [...house.names(), '正在协助调查', '五里桥街道'])).toEqual([])
    await keeps.shot('39-english-desk')

    // So many looks a minute are let through from one address, and all the stories come from one.
    house.passes(60_000)
    await second.page.reload()
    await second.press('button', '查看我的信息')
    await second.sees(second.page.getByText(/申请没有同意：正在协助调查/))
    await phone.press('button', '查看报告人')
    await phone.sees(phone.page.getByText(/已按规定删除/))
    await phone.shot('39-gone-field')
    expect(Object.entries(looks).filter(([, all]) => all.length > 0)).toEqual([])
    await house.ends(house.case(caseId), house.case(other.caseId))
  })
}
