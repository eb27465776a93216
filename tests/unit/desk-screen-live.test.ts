// @vitest-environment happy-dom
// The desk as a person works it: keys, wishes that are under way, a no, ten seconds to think again.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Case } from '#contract/case'
import type { ScreenCommand } from '#contract/command'
import type { CaseId, PersonId } from '#contract/ids'
import type { Answer } from '../../dashboard/link/line-port.ts'
import DeskScreen from '../../dashboard/screens/desk/DeskScreen.vue'
import { facts, now, people, sample } from '../../dashboard/screens/gallery/samples.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useRequests } from '../../dashboard/stores/requests.ts'
import { useSelection } from '../../dashboard/stores/selection.ts'

vi.mock('../../dashboard/screens/desk/DeskMap.vue', () => ({ default: { template: '<i />' } }))

const you = 'zhou' as PersonId
let close = () => {}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in this test')))
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function dutyRoom(cases: Case[], answers: (command: ScreenCommand) => Promise<Answer> = () => new Promise(() => {})) {
  const board = useBoard()
  const sent: ScreenCommand[] = []
  let revision = 1
  const put = (next: Case[]) =>
    board.hear({
      what: 'board',
      board: {
        journal: 'j',
        revision: revision++,
        at: now,
        cases: new Map(next.map((one) => [one.id, one])),
        tallies: new Map(),
        duty: { shifts: [], handOvers: [], windows: [] },
        linkage: { spotlight: null, casts: [] },
      },
    })
  const line = (state: 'live' | 'lost') =>
    board.hear({ what: 'look', look: { state, since: 0, lastAt: now, lagMs: 38, offsetMs: now - Date.now(), pace: 1 } })
  board.hear({
    what: 'welcome',
    welcome: {
      viewer: { personId: you, name: '周敏', role: 'chief', placeIds: [] },
      scenarios: [...facts.scenarios.values()],
      people,
      presences: [],
      silent: [],
      build: 'b',
      demo: false,
      at: now,
      board: null,
      patch: null,
      ...(facts.calendar ? { calendar: facts.calendar } : {}),
    },
  })
  line('live')
  put(cases)
  board.tick(Date.now())
  useRequests().attach((command) => {
    sent.push(command)
    return answers(command)
  })
  const page = mount(DeskScreen, { props: { again: () => {} }, attachTo: document.body })
  close = () => page.unmount()
  const press = async (key: string) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await nextTick()
  }
  const row = (id: CaseId) => page.find(`[data-case="${id}"]`)
  return { page, press, row, sent, put, line, board, wishes: () => sent.map((one) => one.wish) }
}

describe('the desk', () => {
  it('[SN93] J and K walk the list, and the list, the case and the selection agree', async () => {
    const [first, second] = [sample({ level: 1 }), sample({ level: 3 })]
    const { page, press, row } = dutyRoom([second, first])
    await nextTick()
    expect(useSelection().caseId).toBe(first.id)

    await press('j')
    expect(useSelection().caseId).toBe(second.id)
    expect(row(second.id).attributes('aria-current')).toBe('true')
    expect(page.text()).toContain('三级')

    await press('k')
    expect(useSelection().caseId).toBe(first.id)
  })

  it('[SN94] 1 sends the chosen person; the row says 正在送 and nothing more until the patch comes', async () => {
    const subject = sample()
    const { press, row, wishes, put, page } = dutyRoom([subject])
    await nextTick()
    await press('1')

    expect(wishes()).toEqual([{ type: 'dispatch', caseId: subject.id, to: expect.any(String) }])
    expect(row(subject.id).text()).toContain('正在送')
    expect(page.find('.tabs').text()).toContain('收件箱 1')

    put([{ ...subject, stage: 'dispatched' }])
    await nextTick()
    expect(row(subject.id).exists()).toBe(false)
    expect(page.find('.tabs').text()).toContain('处置中 1')
  })

  it('[SN95] a no stands in its own words beside the buttons until it is read away', async () => {
    const { page, press } = dutyRoom([sample()], () => Promise.resolve({ ok: false, refusal: 'person-off-duty' }))
    await nextTick()
    await press('1')
    await flushPromises()

    expect(page.find('[role=alert]').text()).toContain('这个人不在岗')
    await page.find('[role=alert] button').trigger('click')
    expect(page.find('[role=alert]').exists()).toBe(false)
  })

  it('[SN84] 不予受理 asks why, holds the wish, moves on, and U brings it back', async () => {
    const [first, second] = [sample({ level: 1 }), sample({ level: 2 })]
    const { page, press, row, sent } = dutyRoom([first, second])
    await nextTick()
    await press('3')
    await page.find('.reasons').trigger('keydown', { key: '2' })

    expect(sent).toEqual([])
    expect(row(first.id).text()).toContain('将不予受理')
    expect(page.find('.undo').text()).toContain('撤销 10')
    expect(useSelection().caseId).toBe(second.id)

    await press('u')
    expect(useSelection().caseId).toBe(first.id)
    expect(row(first.id).text()).not.toContain('将不予受理')
    expect(sent).toEqual([])
  })

  it('[SN96] A signs for a level I or II nobody has signed for, and only for that', async () => {
    const { acknowledged: _signed, ...fire } = sample({ level: 1 })
    const { press, wishes, put } = dutyRoom([fire])
    await nextTick()
    await press('a')
    expect(wishes()).toEqual([{ type: 'acknowledge', caseId: fire.id }])

    put([sample({ id: fire.id, level: 1 })])
    await nextTick()
    await press('a')
    expect(wishes()).toHaveLength(1)
  })

  it('[SN97] with the line lost nothing can be wished, and the page says since when it stands still', async () => {
    const { page, press, line, sent } = dutyRoom([sample()])
    line('lost')
    await nextTick()
    await press('1')

    expect(sent).toEqual([])
    expect(page.text()).toContain('停在 09:31:07')
    expect(page.find('.list').classes()).toContain('old')
  })

  it('[SN82] a case the viewer handled cannot be passed by them', async () => {
    const own = sample({ stage: 'verification', handlers: [you] })
    const { page, press, sent } = dutyRoom([own])
    await page.findAll('.tab')[2]?.trigger('click')
    await press('Enter')

    expect(page.text()).toContain('你处置过这件，由别人核查')
    expect([sent, page.find('.undo').text()]).toEqual([[], ''])
  })

  it('[SN98] 1 to 4 send back with the reason by one tap, Enter passes, each held for ten seconds', async () => {
    const { page, press } = dutyRoom([sample({ stage: 'verification' })])
    await page.findAll('.tab')[2]?.trigger('click')
    await press('2')
    expect(page.find('.undo').text()).toContain('将退回')

    await press('u')
    await press('Enter')
    expect(page.find('.undo').text()).toContain('将通过')
  })

  it('[SN99] an empty inbox says so and shows where there is something', async () => {
    const { page } = dutyRoom([sample({ stage: 'verification' })])
    await nextTick()

    expect(page.text()).toContain('没有待受理的案子')
    expect(page.text()).toContain('去核查 1')
  })

  it('keys typed into a field are letters, not wishes', async () => {
    const { page, press, sent } = dutyRoom([sample()])
    await nextTick()
    await press('3')
    await page.find('.reasons input').trigger('keydown', { key: '1' })

    expect(sent).toEqual([])
  })
})
