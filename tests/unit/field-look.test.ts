// @vitest-environment happy-dom
// The phone's sheet for who reported a case: masked, whole for a reason and for a while, refused in words, and nothing without a line.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LineState } from '../../dashboard/link/line-port.ts'
import LookSheet from '../../dashboard/screens/field/LookSheet.vue'
import { now, sample } from '../../dashboard/screens/gallery/samples.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { language } from '../../dashboard/words/words.ts'

const minute = 60_000
const masked = { name: '王**', phone: '138****5678' }
const whole = { name: '王秀英', phone: '138 1234 5678', address: '三号楼 1202', text: '夜里漏水' }
const subject = sample({ reporterRef: 'r-1' as never })

type Answer = [status: number, body: object] | 'hangs' | 'gone'
let sheet: VueWrapper
let asked: { url: string; body: unknown }[]
let answers: Answer[]
beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  asked = []
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push({ url, body: init?.body ? JSON.parse(String(init.body)) : null })
    const answer = answers.shift() ?? 'gone'
    if (answer === 'gone') throw new TypeError('no network in this test')
    if (answer === 'hangs') return new Promise<Response>(() => {})
    return new Response(JSON.stringify(answer[1]), { status: answer[0] })
  })
})
afterEach(() => {
  sheet.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
  language.value = 'zh'
})

const stands = (state: LineState) => (useBoard().line = { ...useBoard().line, state })
async function open(all: Answer[], line: LineState = 'live') {
  answers = all
  useBoard().now = now
  stands(line)
  sheet = mount(LookSheet, { props: { subject }, attachTo: document.body })
  await flushPromises()
}
const isMasked: Answer = [200, { reporter: masked, until: null, looks: [], mayReveal: true }]
const isShown: Answer = [200, { reporter: whole, until: now + 30 * minute }]
async function choose(words: string) {
  await sheet
    .findAll('[role="radio"]')
    .find((one) => one.text() === words)!
    .trigger('click')
}
const look = async () => {
  await sheet.find('form').trigger('submit')
  await flushPromises()
}
const text = () => sheet.text().replace(/\s+/g, ' ')

describe('a look on the phone', () => {
  it('[SN384] is masked until a reason is given; then name, place and a number to be rung stand there, and until when', async () => {
    await open([isMasked, isShown, isMasked])
    expect(text()).toContain('王** 138****5678')
    expect(sheet.find('button[type="submit"]').attributes('disabled')).toBeDefined()
    await look()
    expect(asked).toHaveLength(1)
    await choose('上门')
    await look()
    expect(asked[1]).toEqual({ url: `/api/cases/${subject.id}/reporter/reveal`, body: { reason: 'visit' } })
    expect(text()).toMatch(/王秀英.*三号楼 1202.*夜里漏水.*自动遮住/)
    expect(sheet.find('a').attributes('href')).toBe('tel:13812345678')
  })

  it('[SN385] hides by itself when its time is over, even where the door does not answer any more', async () => {
    await open([isMasked, isShown, isMasked, 'hangs'])
    await choose('核实')
    await look()
    useBoard().now = now + 10 * minute
    await vi.advanceTimersByTimeAsync(29 * minute)
    expect(text()).toContain('王秀英')
    await vi.advanceTimersByTimeAsync(1 * minute)
    await flushPromises()
    for (const secret of ['王秀英', '1234', '1202']) expect(document.body.innerHTML).not.toContain(secret)
  })

  it('[SN385] closed it forgets; opened again it asks the door again', async () => {
    await open([isMasked, isShown, isMasked])
    await choose('急救')
    await look()
    await sheet.find('.close').trigger('click')
    expect(sheet.emitted('leave')).toHaveLength(1)
    sheet.unmount()
    await open([[200, { reporter: whole, until: now + minute, looks: [], mayReveal: true }]])
    expect([asked.at(-1)!.body, text().includes('王秀英')]).toEqual([null, true])
  })

  it('[SN386] of a case in other hands it says so, shows what is masked and asks for no reason', async () => {
    await open([[200, { reporter: masked, until: null, looks: [], mayReveal: false }]])
    expect(text()).toMatch(/王\*\*.*不在您手上/)
    expect(sheet.find('form').exists()).toBe(false)
  })

  it('[SN386] the door’s no stands there in its own words, and it can be tried again', async () => {
    const words = '一小时内查看太多，已报安全管理员。'
    await open([isMasked, [429, { ok: false, refusal: 'too-many-looks', words }], isMasked])
    await choose('回访')
    await look()
    expect(sheet.find('[role="alert"]').text()).toBe(words)
    await sheet.find('.sheet > .button').trigger('click')
    await flushPromises()
    expect(sheet.find('form').exists()).toBe(true)
  })

  it('[SN386] who was erased is said to be', async () => {
    await open([[200, { reporter: null, until: null, looks: [], mayReveal: true }]])
    expect(text()).toContain('已按规定删除')
    expect(sheet.find('form').exists()).toBe(false)
  })

  it('[SN387] without signal it says that a look needs the line and asks nothing; with signal it goes on by itself', async () => {
    await open([isMasked], 'lost')
    expect([text().includes('现在没有信号'), asked.length, sheet.find('form').exists()]).toEqual([true, 0, false])
    stands('live')
    await flushPromises()
    expect([asked.length, sheet.find('form').exists()]).toEqual([1, true])
  })

  it('[SN387] what is shown stays its time where the signal goes', async () => {
    await open([isMasked, isShown, isMasked])
    await choose('回访')
    await look()
    stands('lost')
    await flushPromises()
    expect(text()).toContain('王秀英')
  })

  it('[SN384] what somebody wrote into the field for a number is rung or nothing: it is never another kind of address', async () => {
    const odd = { name: '王秀英', phone: 'javascript:alert(1)//+86 138-1234 5678' }
    await open([[200, { reporter: odd, until: now + minute, looks: [], mayReveal: true }]])
    expect(sheet.find('a').attributes('href')).toBe('tel:1+8613812345678')
  })

  it('[SN384] says all of it in English, too', async () => {
    language.value = 'en'
    await open([isMasked])
    expect(text()).toMatch(/Reporter.*Each look is written down.*First aid/)
    expect(text()).not.toMatch(/\{\w+\}|undefined/)
  })
})
