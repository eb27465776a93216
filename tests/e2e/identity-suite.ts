// Who people are, in a real browser: a code at the door and once more, the three administrators one after the other, a resident looked at and forgotten.
import { expect, it } from 'vitest'
import { chinese, findings } from './looks-suite.ts'
import { signsIn, type Screen } from './pages.ts'
import { focused } from './seen.ts'
import type { Stage } from './stage.ts'

const quarter = 15 * 60_000
const codeLine = ({ page }: Screen) => page.getByRole('textbox', { name: /动态码/ })
async function givesCode(screen: Screen, code: string): Promise<void> {
  await codeLine(screen).last().fill(code)
  await screen.page.keyboard.press('Enter')
}

export function identitySuite(stage: () => Stage): void {
  it('[BR33] an officer signs in on the phone with a code, a wrong one first; a code asked for once more cuts nothing', async () => {
    const { house, open } = stage()
    await house.adds({ id: 'gu', name: '顾一鸣', role: 'officer' })
    const code = await house.authenticator('gu')
    const phone = await open('field')
    await signsIn(phone.page, 'gu')
    await phone.sees(phone.page.getByText('手机认证器里的 6 位数字，或一个备用码'))
    // What is asked for has the focus: nobody looks for it.
    await expect.poll(() => phone.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code')
    await givesCode(phone, '000000')
    await phone.sees(phone.page.getByText(/动态码不对/))
    await phone.shot('33-code-field')
    await givesCode(phone, code())
    await phone.sees('heading', /^我的任务/)

    await phone.press('button', /顾一鸣/)
    await phone.press('button', '我的账号')
    await phone.sees('heading', '登录的设备')
    house.passes(quarter)
    await phone.press('button', '换一批备用码')
    await phone.sees(phone.page.getByText('再输入一次动态码'))
    await givesCode(phone, code())
    await phone.sees(phone.page.getByText(/备用码只显示这一次/))
    expect(await phone.page.getByLabel('密码', { exact: true }).count()).toBe(0)
    await phone.shot('33-codes-field')
  })

  it('[BR34] [BR35] the security administrator makes a chief, who must change the password; the audit’s administrator finds it there', async () => {
    const { house, open } = stage()
    await house.adds({ id: 'qiao', name: '乔安', role: 'security-administrator' })
    await house.adds({ id: 'shi', name: '施正', role: 'audit-administrator' })
    const code = await house.authenticator('qiao')
    await house.authenticator('shi')
    const keeps = await open('desk', { as: 'qiao' })
    // Their desk is the one page: no list of cases, nothing to follow.
    await keeps.sees('heading', '账号')
    expect(await keeps.page.getByRole('button', { name: /^收件箱/ }).count()).toBe(0)
    await keeps.press('button', '新建账号')
    await keeps.page.getByLabel('账号', { exact: true }).last().fill('zhaoz')
    await keeps.page.getByLabel('姓名').fill('赵站长')
    await keeps.page.getByLabel('角色').selectOption('chief')
    await keeps.page.getByLabel('岗位').selectOption('station')
    await keeps.page.getByRole('combobox', { name: '负责的地方' }).fill('创意家园')
    await keeps.page.keyboard.press('Enter')
    await keeps.sees('button', '去掉 创意家园')
    await keeps.press('button', '建账号')
    await keeps.sees(keeps.page.getByText('再输入一次动态码'))
    await givesCode(keeps, code())
    const given = (await keeps.page.locator('code').innerText()).trim()
    expect(given.length).toBeGreaterThan(8)
    await keeps.shot('34-account-desk')

    const desk = await open('desk')
    await desk.page.getByLabel('账号').fill('zhaoz')
    await desk.page.getByLabel('密码', { exact: true }).fill(given)
    await desk.page.keyboard.press('Enter')
    await desk.sees(desk.page.getByText(/请先换成自己的/))
    await desk.shot('34-must-change-desk')
    await desk.page.getByLabel(/自己的新密码/).fill('long-enough-for-a-chief')
    await desk.page.keyboard.press('Enter')
    await desk.sees('button', /^收件箱/)

    const reads = await open('desk', { as: 'shi' })
    await reads.sees('heading', '审计')
    await reads.page.getByLabel('做了什么').selectOption({ label: '建账号' })
    await reads.press('button', '查')
    await reads.sees(reads.page.getByRole('row', { name: /qiao.*建账号.*zhaoz 站长/s }))
    await reads.press('button', '现在核验')
    await reads.sees(reads.page.getByText(/日志链完整，到第 \d+ 条/))
    await reads.shot('35-audit-desk')
  })

  it('[BR36] a resident is looked at for a reason, and the audit knows; the resident sees what is kept and asks to be forgotten', async () => {
    const { house, open } = stage()
    const { caseId, link } = await house.residentReports({ name: '金丝雀', phone: '19900004321' })
    const desk = await open('desk', { as: 'chen' })
    await desk.page.locator(`[data-case="${caseId}"]`).first().click()
    await desk.sees(desk.page.getByText(/金\*+/))
    await desk.press('button', '查看')
    await desk.page.getByRole('radio', { name: '上门' }).click()
    await desk.shot('36-reason-desk')
    await desk.press('button', '看 30 分钟')
    await desk.sees(desk.page.getByText(/金丝雀.*19900004321/s))
    await desk.sees(desk.page.getByText(/陈海峰，上门/))
    await desk.shot('36-looked-desk')

    const reads = await open('desk', { as: 'shi' })
    await reads.page.getByLabel('做了什么').selectOption({ label: '查看报案人' })
    await reads.press('button', '查')
    await reads.sees(reads.page.getByRole('row', { name: new RegExp(`chen.*查看报案人.*${caseId} 上门`, 's') }))

    const resident = await open('resident', { path: `/resident#${link}` })
    await resident.press('button', '查看我的信息')
    await resident.sees(resident.page.getByText('19900004321'))
    await resident.press('button', '删除我的信息')
    await resident.sees(resident.page.getByText(/删除后不能恢复/))
    await resident.press('button', '删除我的信息')
    await resident.sees(resident.page.getByText(/已申请删除/))
    await resident.shot('36-forget-resident')
    await house.ends(house.case(caseId))
  })

  it('[BR38] the pages of accounts, of the audit and of one’s own: nothing serious by the rules of accessibility, English by the switch, by keys alone', async () => {
    const { house, open } = stage()
    const keeps = await open('desk', { as: 'qiao' })
    await keeps.sees('heading', '账号')
    await keeps.press('button', /^周敏/)
    await keeps.sees('heading', '周敏')
    const looks: Record<string, string[]> = { accounts: await findings(keeps) }
    // A question is answered by the keys that asked it, and leaves the focus somewhere.
    await keeps.page.getByRole('button', { name: '停用' }).focus()
    await keeps.page.keyboard.press('Enter')
    await keeps.sees('alertdialog', /停用这个账号/)
    expect(await focused(keeps)).toBe('BUTTON')
    looks['accounts, asked'] = await findings(keeps)
    await keeps.page.keyboard.press('Escape')
    await keeps.misses('alertdialog', /停用/)
    await keeps.press('button', 'English')
    await keeps.sees('heading', 'Accounts')
    const names = [...house.names(), '创意家园', '五里桥街道']
    await expect.poll(() => chinese(keeps, names)).toEqual([])
    await keeps.page.goto(`${house.url}/desk#/own`)
    await keeps.sees('heading', 'My account')
    looks.own = await findings(keeps)
    await expect.poll(() => chinese(keeps, names)).toEqual([])

    const reads = await open('desk', { as: 'shi' })
    await reads.sees('columnheader', '做了什么')
    looks.audit = await findings(reads)
    await reads.page.getByLabel('谁', { exact: true }).fill('nobody')
    await reads.page.keyboard.press('Enter')
    await reads.sees(reads.page.getByText('没有符合的记录'))
    looks['audit, empty'] = await findings(reads)

    const door = await open('desk')
    await signsIn(door.page, 'qiao')
    await door.sees(codeLine(door))
    await givesCode(door, '000000')
    await door.sees(door.page.getByText(/动态码不对/))
    await door.press('button', 'English')
    // What was said in one language is said in the other.
    await expect.poll(() => chinese(door, names)).toEqual([])
    looks['door, code'] = await findings(door)
    expect(Object.entries(looks).filter(([, all]) => all.length > 0)).toEqual([])
  })
}
