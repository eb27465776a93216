// @vitest-environment happy-dom
// The follow page: what it says of a report, and what may be said back.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseId } from '#contract/ids'
import type { ResidentProgress } from '#contract/resident'
import { followSays } from '../../dashboard/screens/resident/follow-says.ts'
import ResidentFollow from '../../dashboard/screens/resident/ResidentFollow.vue'
import { residentWords } from '../../dashboard/words/resident.ts'
import { speak } from '../../dashboard/words/words.ts'
import { at, minutes } from '../suites/builders.ts'
import { residentStates, residentSteps } from '#contract/resident'

const now = at('2026-11-21 10:12')
const caseId = '20261120-064' as CaseId
const done = (change: Partial<ResidentProgress> = {}): ResidentProgress => ({
  ...{ caseId, matter: { zh: '水龙头报修', en: 'Tap repair' }, state: 'done', openedAt: at('2026-11-20 18:42') },
  steps: [
    { what: 'reported', at: at('2026-11-20 18:42'), caseId },
    { what: 'arrived', at: at('2026-11-21 09:05'), caseId },
  ],
  ...{ reworks: 0, mayRate: true, mayReopen: true, at: now, words: '办结了，请您看看。' },
  ...change,
})

afterEach(() => speak('zh'))

describe('what it says', () => {
  it('[WH69] what was done, with its time, and last where it stands now', () => {
    const says = followSays(done(), now)
    expect(says.title).toBe('修好了，请您看看')
    expect(says.about).toEqual(['水龙头报修，昨日 18:42 报的'])
    expect(says.rows).toEqual([
      { when: '昨日 18:42', what: '您报了修', now: false },
      { when: '09:05', what: '师傅到场', now: false },
      { when: '现在', what: '等您看一眼', now: true },
    ])
    expect(says.asks).toBe(true)
  })

  it('[WH69] one that came back names its first number; one that was another’s names that', () => {
    const first = '20261119-003' as CaseId
    expect(followSays(done({ first, how: 'reopened', reworks: 2 }), now).about[1]).toBe(
      '这是第 2 次返工，原来的编号是 20261119-003。',
    )
    expect(followSays(done({ first, how: 'merged' }), now).about[1]).toContain(caseId)
  })

  it('[WH69] whoever said that it is fixed is thanked and not asked again, and may still say that it is not', () => {
    const says = followSays(done({ rating: { stars: 4, fixed: true, at: now } }), now)
    expect(says).toMatchObject({ title: '谢谢您来看过', asks: false, mayReopen: true })
    expect(says.about.at(-1)).toBe('您打了 4 星。')
  })

  it('[WH69] has words for every state and every step, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      speak(language)
      for (const state of residentStates) expect(followSays(done({ state }), now).title).not.toMatch(/^title|undefined/)
      for (const what of residentSteps) {
        const [row] = followSays(done({ steps: [{ what, at: now, caseId }] }), now).rows
        expect(row!.what).toBeTruthy()
      }
    }
    expect(Object.keys(residentWords.en)).toEqual(Object.keys(residentWords.zh))
  })
})

describe('the page', () => {
  const asked: { url: string; body: unknown }[] = []
  let answer: unknown
  beforeEach(() => {
    asked.length = 0
    answer = done()
    vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
      asked.push({ url, body: init.body && (JSON.parse(init.body as string) as unknown) })
      return new Response(JSON.stringify(answer))
    })
  })
  afterEach(() => vi.unstubAllGlobals())
  const open = async () => {
    const page = mount(ResidentFollow, { props: { link: 'a-link' } })
    await flushPromises()
    return page
  }
  const button = (page: Awaited<ReturnType<typeof open>>, words: string) =>
    page.findAll('button').find((one) => one.text() === words)!

  it('[WH63] 没修好 asks where, and is sent only with a word', async () => {
    const page = await open()
    await button(page, '没修好').trigger('click')
    expect(button(page, '再派人来').attributes('disabled')).toBeDefined()
    await page.find('textarea').setValue(' 还在滴水 ')
    answer = done({ state: 'received', mayRate: false, mayReopen: false })
    await button(page, '再派人来').trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toEqual({ url: '/api/resident/cases/a-link/not-fixed', body: { reason: '还在滴水' } })
    expect(page.find('h1').text()).toBe('收到了，正在安排')
    page.unmount()
  })

  it('[WH64] 修好了 asks for stars and sends them', async () => {
    const page = await open()
    await button(page, '修好了').trigger('click')
    await page.findAll('input[type=radio]')[3]!.setValue()
    answer = done({ rating: { stars: 4, fixed: true, at: now } })
    await button(page, '打好了').trigger('click')
    await flushPromises()
    expect(asked.at(-1)).toEqual({ url: '/api/resident/cases/a-link/rate', body: { stars: 4, fixed: true } })
    expect(page.find('h1').text()).toBe('谢谢您来看过')
    page.unmount()
  })

  it('[WH69] steers nobody: the two answers are alike', async () => {
    const page = await open()
    const pair = ['没修好', '修好了'].map((words) => button(page, words).classes())
    expect(pair[0]).toEqual(pair[1])
    page.unmount()
  })

  it('[WH62] a wrong link is told so, and a line that is gone is not taken for one', async () => {
    answer = { ok: false, refusal: 'link-unknown', words: '这个链接不对。' }
    const page = await open()
    expect(page.text()).toContain('这个链接不对。')
    page.unmount()
    vi.stubGlobal('fetch', async () => Promise.reject(new Error('offline')))
    const offline = await open()
    expect(offline.text()).toContain(residentWords.zh.listsUnreachable)
    offline.unmount()
  })
})

it('[WH69] the page is asked for anew every minute while it is looked at', async () => {
  vi.useFakeTimers()
  let times = 0
  vi.stubGlobal('fetch', async () => {
    times++
    return new Response(JSON.stringify(done()))
  })
  const page = mount(ResidentFollow, { props: { link: 'a-link' } })
  await vi.advanceTimersByTimeAsync(minutes(3) + 10)
  expect(times).toBe(4)
  page.unmount()
  await vi.advanceTimersByTimeAsync(minutes(3))
  expect(times).toBe(4)
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
