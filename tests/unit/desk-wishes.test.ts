// @vitest-environment happy-dom
// 居民请求 as the security administrator opens it: what waits and how long, what would go, yes with a question and a code, no with a reason.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonalWish, WishWeight } from '#contract/personal-wish'
import { answerBy, longestNoWords, wishNoReasons, wishNoReasonsOf } from '#contract/personal-wish'
import { roles } from '#contract/roles'
import { mayOpen } from '../../dashboard/screens/desk/pages/pages.ts'
import { termSaid, whoSaid } from '../../dashboard/screens/desk/pages/wishes.ts'
import WishesPage from '../../dashboard/screens/desk/pages/WishesPage.vue'
import { now } from '../../dashboard/screens/gallery/samples.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { language } from '../../dashboard/words/words.ts'

const day = 86_400_000
const wish = (change: Partial<PersonalWish> = {}) => {
  const one: PersonalWish = {
    ...{ id: 'w-1', kind: 'erase', about: 'r-3f2a91aa77', caseId: '20261121-001' as never },
    ...{ askedAt: now - 3 * day, decided: null },
    ...change,
  }
  return { ...one, answerBy: answerBy(one) }
}
const refusedOne = wish({
  ...{ id: 'w-0', about: 'r-00ff00bb' },
  decided: { at: now - day, by: 'qiao', granted: false, no: { reason: 'other', words: '还在调查' } },
})
const weighs: WishWeight = { residents: 2, links: 1, pictures: 0, stillOpen: true }

interface Server {
  wishes: unknown[]
  weighs: WishWeight | null
  /** Answers of the door to a decision, one after the other. */
  says: [status: number, body: object][]
  isGone?: boolean
}
let page: VueWrapper
let asked: { url: string; body: unknown }[]
beforeEach(() => {
  setActivePinia(createPinia())
  useBoard().now = now
})
afterEach(() => {
  page.unmount()
  language.value = 'zh'
})

async function open(change: Partial<Server> = {}) {
  const server: Server = { wishes: [wish(), refusedOne], weighs, says: [], ...change }
  asked = []
  const fetch = (async (url: string, init?: RequestInit) => {
    const body: unknown = init?.body ? JSON.parse(String(init.body)) : null
    asked.push({ url, body })
    if (server.isGone) throw new TypeError('no network in this test')
    const [status, answer] =
      init?.method === 'POST'
        ? url.endsWith('/proof')
          ? [200, {}]
          : server.says.shift()!
        : url.endsWith('/wishes')
          ? [200, { now, names: { qiao: '乔安', li: '李志强' }, wishes: server.wishes }]
          : [200, { weighs: server.weighs }]
    return new Response(JSON.stringify(answer), { status: status as number })
  }) as typeof globalThis.fetch
  page = mount(WishesPage, { props: { fetch }, attachTo: document.body })
  await flushPromises()
  return server
}
const buttons = () => page.findAll('button')
async function press(words: string | RegExp) {
  const button = buttons().find((one) => one.text().match(words))
  if (!button) throw new Error(`no button ${words} in: ${page.text()}`)
  expect(button.attributes('disabled'), String(words)).toBeUndefined()
  await button.trigger('click')
  await flushPromises()
}
const posted = () => asked.filter(({ body }) => body !== null)

describe('the list', () => {
  it('[SN380] says what waits, since when and how much of the term is left; what was decided stands below with whose word it was', async () => {
    await open()
    const [waiting, decided] = page.findAll('.page-choose section')
    expect(waiting!.text()).toMatch(/待决定\s*1.*删除个人信息\s*还剩 27 天\s*居民 3f2a91\s*3 天 0 小时前提出/s)
    expect(decided!.text()).toMatch(/已决定\s*1.*居民 00ff00\s*未同意 · 乔安/s)
  })

  it('[SN380] past the term it says by how much, and a colleague’s wish has none', () => {
    expect(termSaid(wish({ askedAt: now - 31.5 * day }), now)).toEqual({ words: '已超过答复期限 1 天', isLate: true })
    expect(termSaid(wish({ askedAt: now - 29.5 * day }), now)).toEqual({ words: '不到 1 天', isLate: false })
    const looks = wish({ kind: 'more-looks', about: 'li' })
    expect([termSaid(looks, now), whoSaid(looks, { li: '李志强' })]).toEqual([null, '李志强'])
  })

  it('[SN380] says in words that nothing waits, and nothing at all of what it could not fetch', async () => {
    await open({ wishes: [] })
    expect(page.text()).toMatch(/没有待决定的请求。.*还没有决定过。/s)
    page.unmount()
    await open({ isGone: true })
    expect(page.find('[role="alert"]').text()).toContain('接不通服务器')
    expect(page.find('.body').text()).toBe('')
  })

  it('[SN380] nothing is decided from a list that has stopped', async () => {
    const server = await open()
    await press('删除个人信息')
    server.isGone = true
    await press('重取')
    expect(page.text()).toContain('先重取再决定')
    expect(
      buttons()
        .find((one) => one.text() === '同意删除')!
        .attributes('disabled'),
    ).toBeDefined()
  })

  it('[SN381] only the security administrator has a way to it', () => {
    expect(roles.filter((role) => mayOpen('wishes', role))).toEqual(['security-administrator'])
  })
})

describe('yes', () => {
  it('[SN382] says what would go before it asks, asks before it is done, and for the code before it is let', async () => {
    await open({
      says: [
        [403, { refusal: 'code-again' }],
        [200, { erased: { residents: 2, links: 1, pictures: 0 } }],
      ],
    })
    await press('删除个人信息')
    const known = page.find('.page-look').text()
    expect(known).toMatch(/个人信息 2 份.*私人链接 1 个/s)
    expect(known).not.toContain('照片 0')
    expect(known).toContain('案件还在办')
    await press('同意删除')
    expect(posted()).toEqual([])
    expect(document.activeElement?.textContent).toBe('删除，不再恢复')
    await press('删除，不再恢复')
    expect(page.text()).toContain('再输入一次动态码')
    await page.find('input[name="code"]').setValue('123456')
    await page.find('form.again').trigger('submit')
    await flushPromises()
    expect(posted().map(({ url, body }) => [url.split('/').at(-1), body])).toEqual([
      ['w-1', { grant: true }],
      ['proof', { code: '123456' }],
      ['w-1', { grant: true }],
    ])
    expect(page.find('[role="status"]').text()).toContain('已删除：个人信息 2 份')
  })

  it('[SN382] whom Escape called off erased nobody; where nothing is left that is said', async () => {
    await open({ weighs: { residents: 0, links: 0, pictures: 0, stillOpen: false } })
    await press('删除个人信息')
    expect(page.text()).toContain('没有可删的了')
    await press('同意删除')
    await page.find('[role="alertdialog"]').trigger('keydown', { key: 'Escape' })
    expect([posted(), page.find('[role="alertdialog"]').exists()]).toEqual([[], false])
  })

  it('[SN382] somebody was quicker: it says so, and the list is asked for anew', async () => {
    await open({ says: [[409, { refusal: 'wish-decided', words: '这件申请已经有人处理了。' }]] })
    await press('删除个人信息')
    await press('同意删除')
    const before = asked.filter(({ url }) => url.endsWith('/wishes')).length
    await press('删除，不再恢复')
    expect(page.find('[role="alert"]').text()).toContain('已经有人处理了')
    expect(asked.filter(({ url }) => url.endsWith('/wishes'))).toHaveLength(before + 1)
  })
})

describe('no', () => {
  it('[SN383] wants a reason, and words where it is none of the list', async () => {
    await open({ says: [[200, { erased: null }]] })
    await press('删除个人信息')
    await press('不同意')
    const send = () => buttons().find((one) => one.text() === '不同意，告诉居民')!
    expect(send().attributes('disabled')).toBeDefined()
    await press('其他')
    expect(send().attributes('disabled')).toBeDefined()
    await page.find('input.words').setValue(' 还在调查 ')
    await page.find('form.why').trigger('submit')
    await flushPromises()
    expect(posted()[0]!.body).toEqual({ grant: false, reason: 'other', words: '还在调查' })
    expect(page.find('[role="status"]').text()).toContain('原因已记下')
  })

  it('[SN383] each kind offers its own reasons, all of them words of the closed list', () => {
    expect(new Set(Object.values(wishNoReasonsOf).flat())).toEqual(new Set(wishNoReasons))
    for (const reasons of Object.values(wishNoReasonsOf)) expect(reasons.at(-1)).toBe('other')
    expect(longestNoWords).toBeGreaterThan(50)
  })

  it('[SN383] decided, it says why and offers nothing more', async () => {
    await open()
    await press('居民 00ff00')
    expect(page.find('.page-look').text()).toMatch(/未同意 · 乔安.*还在调查/s)
    expect(page.findAll('.page-look button')).toEqual([])
    language.value = 'en'
    await flushPromises()
    expect(page.text()).not.toMatch(/\{\w+\}|undefined|NaN/)
    expect(page.find('.page-look').text()).toContain('Refused')
  })
})
