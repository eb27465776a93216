// @vitest-environment happy-dom
// The closed loop at the desk as a person works it: granted in 待批, held and taken up, merged, split, filled in, voted.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { CaseId, PersonId, RequestId } from '#contract/ids'
import { Scenario } from '#contract/scenario'
import DeskScreen from '../../dashboard/screens/desk/DeskScreen.vue'
import { facts, now, people, sample, source } from '../../dashboard/screens/gallery/samples.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useRequests } from '../../dashboard/stores/requests.ts'
import { useSelection } from '../../dashboard/stores/selection.ts'
import lift from '../../ingest-server/scenarios/lift.json' with { type: 'json' }

vi.mock('../../dashboard/screens/desk/DeskMap.vue', () => ({ default: { template: '<i />' } }))

const you = 'zhou' as PersonId
const li = 'li' as PersonId
const minute = 60_000
const road = Scenario.parse(lift)
let close = () => {}

beforeEach(() => {
  sessionStorage.clear()
  localStorage.clear()
  setActivePinia(createPinia())
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(() => {
  close()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function dutyRoom(cases: Case[], archive: Case[] = []) {
  vi.stubGlobal('fetch', (url: string) => {
    const found = archive.find((one) => url === `/api/cases/${one.id}`)
    const body = found ? { case: found, archived: true } : { refusal: 'case-not-found' }
    return Promise.resolve(Response.json(body, { status: found ? 200 : 404 }))
  })
  const board = useBoard()
  const wishes: PersonWish[] = []
  board.hear({
    what: 'welcome',
    welcome: {
      viewer: { personId: you, name: '周敏', role: 'chief', placeIds: [] },
      scenarios: [...facts.scenarios.values(), road],
      people: people.map((one) => (one.id === you ? { ...one, role: 'chief', post: 'station' } : one)),
      ...{ presences: [], silent: [], build: 'b', demo: false, at: now, board: null, patch: null },
      ...(facts.calendar ? { calendar: facts.calendar } : {}),
    },
  })
  const offsetMs = now - Date.now()
  board.hear({ what: 'look', look: { state: 'live', since: 0, lastAt: now, lagMs: 38, offsetMs, pace: 1 } })
  board.hear({
    what: 'board',
    board: {
      ...{ journal: 'j', revision: 1, at: now, tallies: new Map() },
      cases: new Map(cases.map((one) => [one.id, one])),
      duty: { shifts: [], handOvers: [], windows: [] },
      linkage: { spotlight: null, casts: [] },
    },
  })
  board.tick(Date.now())
  useRequests().attach(({ wish }) => {
    wishes.push(wish)
    return new Promise(() => {})
  })
  const page = mount(DeskScreen, { props: { again: () => {} }, attachTo: document.body })
  close = () => page.unmount()
  const press = async (key: string) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await nextTick()
  }
  /** The button that says so. */
  const tap = async (words: string | RegExp, within = 'body') => {
    const buttons = [...document.querySelectorAll<HTMLElement>(`${within} button`)]
    const found = buttons.find((one) => {
      const text = one.textContent!.replace(/\s+/g, ' ').trim()
      return typeof words === 'string' ? text === words : words.test(text)
    })
    if (!found) throw new Error(`no button says ${words}`)
    found.click()
    await flushPromises()
  }
  const write = (selector: string, text: string) => page.find(selector).setValue(text)
  return { page, press, tap, write, wishes, chosen: () => useSelection().caseId }
}

const request: Request = {
  ...{ id: 'extend-1' as RequestId, what: 'extend', by: li, at: now - minute, reason: '等料' },
  longer: { amount: 2, unit: 'work-hours' },
}
const handled = (change: Partial<Case> = {}) =>
  sample({ stage: 'handling', holder: { personId: li, since: now - 9 * minute, takenAt: now - 8 * minute }, ...change })

describe('待批', () => {
  it('[SN110] F turns to 待批, and 1 grants', async () => {
    const subject = handled({ requests: [request] })
    const { press, wishes, page } = dutyRoom([subject])
    await nextTick()
    await press('f')
    expect(page.find(`[data-case="${subject.id}"]`).text()).toContain('申请延时 2 工时')

    await press('1')
    expect(wishes).toEqual([{ type: 'approve', caseId: subject.id, request: 'extend-1' }])
  })

  it('[SN110] a no asks why first', async () => {
    const subject = handled({ requests: [request] })
    const { press, write, wishes, page } = dutyRoom([subject])
    await nextTick()
    await press('f')
    await press('3')
    expect(page.find('[role="dialog"]').text()).toContain('驳回「延时 2 工时」，为什么')

    await write('[role="dialog"] input', '料已到')
    await page.find('form.sheet').trigger('submit')
    expect(wishes).toEqual([{ type: 'reject', caseId: subject.id, request: 'extend-1', reason: '料已到' }])
  })
})

describe('a case that stands still', () => {
  it('[SN112] lies in 挂账, offers nothing but to take it up again', async () => {
    const held = { since: now, until: now + 60 * minute, reason: '等配件', by: li, grantedBy: you }
    const subject = handled({ held })
    const { tap, press, page, wishes } = dutyRoom([subject])
    await nextTick()
    await tap(/^处置中/)
    await press('f')

    expect(page.find('footer').text()).toBe('1恢复办理')
    expect(page.find('[data-standing="held"]').text()).toContain('至 10:31，等配件')
    await press('3')
    await press('h')
    expect(wishes).toEqual([])
    await press('1')
    expect(wishes).toEqual([{ type: 'resume', caseId: subject.id }])
  })

  it('[SN124] H asks until when and why; a level I is put aside by nobody but the watch', async () => {
    const [fire, wire] = [sample({ level: 1, matter: 'open-fire' }), sample({ level: 2 })]
    const { tap, press, page, write, wishes } = dutyRoom([fire, wire])
    await nextTick()
    await press('h')
    expect(page.find('[role="dialog"]').exists()).toBe(false)

    await press('j')
    await press('h')
    await page.find('form.sheet').trigger('submit')
    expect(page.find('.lacks').text()).toBe('请选到什么时候')
    await tap(/^30 分后/)
    await write('[role="dialog"] input[maxlength]', '物业下午来')
    await page.find('form.sheet').trigger('submit')

    expect(wishes).toMatchObject([{ type: 'shelve', caseId: wire.id, reason: '物业下午来' }])
    // The screen's clock goes on while the sheet is filled in.
    const [wish] = wishes
    const until = wish?.type === 'shelve' ? wish.until : 0
    expect(Math.abs(until - now - 30 * minute)).toBeLessThan(10_000)
  })
})

describe('one case or two', () => {
  it('[SN121] 2 lists what is near; one tap merges the later into the earlier', async () => {
    const first = sample({ openedAt: now - 20 * minute })
    const second = sample({ level: 1, openedAt: now - minute })
    const { press, tap, wishes } = dutyRoom([first, second])
    await nextTick()
    await press('2')
    await tap(/飞线充电.*相隔 19 分/, '.merge')

    expect(wishes).toEqual([{ type: 'merge', caseId: second.id, into: first.id }])
  })

  it('[SN120] a likely one is joined or sent away by one tap, after a glance', async () => {
    const other = sample({ matter: 'open-fire', level: 3, sources: [source('o', now, { text: '有焦味' })] })
    const why = { rule: 'likely' as const, metres: 82, seconds: 180 }
    const subject = sample({ level: 1, candidates: [{ caseId: other.id, why, at: now }] })
    const { tap, page, wishes } = dutyRoom([subject, other])
    await nextTick()
    expect(page.find('.twins').text()).toContain('可能同一件，82 m')

    await tap('看一眼')
    expect(page.find('.twins').text()).toContain('有焦味')
    await tap('不是一件')
    expect(wishes).toEqual([{ type: 'dismiss', caseId: subject.id, candidate: other.id }])
  })

  it('[SN122] sources are chosen where they stand, and the sheet says how many', async () => {
    const subject = sample({ sources: [source('a', now), source('b', now, { why: { rule: 'same-event' } })] })
    const { tap, page, wishes } = dutyRoom([subject])
    await nextTick()
    await tap('选出另一件')
    await page.findAll('.pick')[1]!.trigger('click')
    expect(page.find('[role="dialog"]').text()).toContain('拆出 1 个')
    await page.find('form.sheet').trigger('submit')

    expect(wishes).toEqual([{ type: 'split', caseId: subject.id, sources: ['b'] }])
  })

  it('[SN136] a case that has left the board is fetched when another names it, and can be reopened', async () => {
    const old = sample({ id: '20261101-001' as CaseId, stage: 'closed', endedAt: now - 1e9, disposition: 'solved' })
    const subject = sample({ lineage: { from: [old.id], how: 'reopened' } })
    const { tap, page, chosen, write, wishes } = dutyRoom([subject], [old])
    await nextTick()
    await tap('案 1101-001')
    expect(chosen()).toBe(old.id)

    await tap('重开')
    await write('[role="dialog"] input', '又坏了')
    await page.find('form.sheet').trigger('submit')
    expect(wishes).toEqual([{ type: 'reopen', caseId: old.id, reason: '又坏了' }])
  })

  it('[SN136] where even the archive has it not, that is said', async () => {
    const subject = sample({ mergedInto: undefined as never, children: ['20261101-009' as CaseId] })
    const { tap, page, chosen } = dutyRoom([subject])
    await nextTick()
    await tap('案 1101-009')

    expect(chosen()).toBe(subject.id)
    expect(page.find('[role="alert"]').text()).toContain('档案里也取不到')
  })
})

describe('ending it', () => {
  it('[SN126] 另作结论 closes as not found, with a reason, and is held for ten seconds', async () => {
    const subject = sample({ stage: 'verification', handlers: [li] })
    const { tap, page, write, wishes } = dutyRoom([subject])
    await nextTick()
    await tap(/^核查/)
    await tap('另作结论')
    await write('[role="dialog"] input', '到场没有')
    await page.find('form.sheet').trigger('submit')

    expect(wishes).toEqual([])
    expect(page.text()).toContain('将按未发现结案「')
  })

  it('[SN128] a return from the field may say that it was sent to the wrong one', async () => {
    const subject = handled()
    const { tap, press, page, wishes } = dutyRoom([subject, handled()])
    await nextTick()
    await tap(/^处置中/)
    await press('3')
    await tap('错派，不归他办')
    await tap(/没清干净/)
    await press('j')
    await press('3')
    await tap(/没清干净/)

    // The second return sends the first one out.
    expect(wishes).toMatchObject([{ type: 'return', misdispatch: true, reason: '没清干净' }])
    expect(page.text()).toContain('将退回')
  })
})

describe('a scenario’s own road', () => {
  const lifted = (change: Partial<Case> = {}) =>
    handled({
      ...{ scenarioId: road.id, scenarioVersion: road.version, matter: 'lift-installation', clocks: [] },
      phase: { id: 'wish', since: now - minute },
      ...change,
    })
  const open = async (subject: Case) => {
    const room = dutyRoom([subject])
    await nextTick()
    await room.tap(/^处置中/)
    await vi.waitFor(() => expect(room.page.find('.process').exists()).toBe(true))
    return room
  }

  it('[SN130] a form is refused in words until it is right, then goes out whole', async () => {
    const subject = lifted()
    const { tap, page, write, wishes } = await open(subject)
    await tap('填写')
    await write('input[aria-label="楼号"]', '5 号')
    await write('input[aria-label="层数"]', '六')
    await tap('存下')
    expect(page.findAll('.says').map((one) => one.text())).toEqual(['2 到 33 之间', '这一项要填'])

    await write('input[aria-label="层数"]', '6')
    await write('input[aria-label="户数"]', '18')
    expect(page.find('.says').exists()).toBe(false)
    await page.find('.process form').trigger('submit')
    expect(wishes).toEqual([
      {
        type: 'fill',
        caseId: subject.id,
        form: 'application',
        values: { building: '5 号', floors: 6, households: 18 },
      },
    ])
  })

  it('[SN131] a pasted roll is read back before it is kept', async () => {
    const subject = lifted()
    const { tap, page, write, wishes } = await open(subject)
    await tap('录入名册')
    await write('.roll textarea', '101室 86.5\n102室 54.2')
    expect(page.find('.roll .end').text()).toContain('读到 2 户，共 140.7')
    await page.find('.roll form').trigger('submit')

    expect(wishes).toMatchObject([{ type: 'enroll', roll: 'households', members: [{ id: '101室' }, { id: '102室' }] }])
  })

  it('[SN132] a vote is one tap, and is drawn as on its way until the desk has it', async () => {
    const subject = lifted({ rolls: { households: [{ id: '101室', weight: 86.5 }] } })
    const { tap, page, wishes } = await open(subject)
    await tap('同意', '.voter')

    expect(wishes).toEqual([
      { type: 'vote', caseId: subject.id, ballot: 'intention', member: '101室', choice: 'agree' },
    ])
    expect(page.find('.choice.sending').text()).toBe('同意')
    expect(page.find('.choice.chosen').exists()).toBe(false)
  })

  it('[SN129] what is not ready cannot be gone on with', async () => {
    const { page } = await open(lifted())

    expect(page.find('.go').attributes('disabled')).toBeDefined()
    expect(page.find('.needs').text()).toContain('填好「意愿申请表」')
  })

  it('[SN134] the house’s own test alarm stands in no list', async () => {
    const known = facts.scenarios.get('bike-shed-fire')!
    const subject = sample({ scenarioId: 'self-check' as never })
    const { page } = dutyRoom([subject])
    useBoard().hear({
      what: 'scenarios',
      scenarios: [known, { ...known, id: 'self-check' as never, kind: 'self-check' }],
    })
    await nextTick()

    expect(page.find('[data-case]').exists()).toBe(false)
  })
})
