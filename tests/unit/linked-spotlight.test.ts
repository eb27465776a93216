// @vitest-environment happy-dom
// 带看 and 跟随 in the duty officer's words: what one looks at the others look at, until they touch something themselves.
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick } from 'vue'
import type { PersonWish } from '#contract/command'
import type { CaseId, PersonId, PlaceId } from '#contract/ids'
import type { LinkageView, Spotlight } from '#contract/linkage'
import { useSpotlight } from '../../dashboard/composables/use-spotlight.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useRequests } from '../../dashboard/stores/requests.ts'
import { useSelection } from '../../dashboard/stores/selection.ts'
import { aPerson, morning } from '../suites/builders.ts'

const [chen, shen] = ['chen', 'shen'] as [PersonId, PersonId]
const fire = '20261120-001' as CaseId
const pipe = '20261120-002' as CaseId

beforeEach(() => setActivePinia(createPinia()))

function aScreen(who: PersonId, { kept = null as string | null, follows = false } = {}) {
  const [board, selection] = [useBoard(), useSelection()]
  const sent: PersonWish[] = []
  const shelf = { text: kept }
  let clock = 1_000_000
  let lookedAt = true
  let touch = () => {}
  let waiting: { at: number; run: () => void }[] = []
  let revision = 0
  const people = [aPerson('chen', { name: '陈海峰' }), aPerson('shen', { name: '沈国平' })]
  const viewer = { personId: who, name: who as string, role: 'duty-officer' as const, placeIds: [] }
  const welcome = { viewer, scenarios: [], people, presences: [], silent: [], build: 'b', demo: false, at: morning }
  board.hear({ what: 'welcome', welcome: { ...welcome, board: null, patch: null } })
  const line = (state: 'live' | 'lost') =>
    board.hear({ what: 'look', look: { state, since: 0, lastAt: 0, lagMs: 1, offsetMs: morning - 1_000_000, pace: 1 } })
  line('live')
  const put = (spotlight: LinkageView['spotlight']) => {
    const nothing = { cases: new Map(), tallies: new Map(), duty: { shifts: [], handOvers: [], windows: [] } }
    const linkage = { spotlight, casts: [] }
    board.hear({ what: 'board', board: { journal: 'j', revision: ++revision, at: morning, ...nothing, linkage } })
    return nextTick()
  }
  let answer: () => Promise<{ ok: true; revision: number } | { ok: false; refusal: 'role-not-allowed' }> = () =>
    Promise.resolve({ ok: true, revision: 1 })
  useRequests().attach((command) => {
    sent.push(command.wish)
    return answer() as never
  })
  void put(null)
  const scope = effectScope()
  const spot = scope.run(() =>
    useSpotlight(
      {
        now: () => clock,
        after: (ms, run) => {
          const one = { at: clock + ms, run }
          waiting.push(one)
          return () => (waiting = waiting.filter((other) => other !== one))
        },
        onTouch: (run) => {
          touch = run
          return () => {}
        },
        isLookedAt: () => lookedAt,
        shelf: { read: () => shelf.text, write: (text) => (shelf.text = text) },
      },
      { follows },
    ),
  )!
  const pass = async (ms: number) => {
    for (const until = clock + ms; clock < until;) {
      clock = Math.min(until, clock + 50)
      const due = waiting.filter((one) => one.at <= clock)
      waiting = waiting.filter((one) => one.at > clock)
      due.forEach((one) => one.run())
      if (clock % 1_000 === 0) board.tick(clock)
      await flushPromises()
    }
  }
  board.tick(clock)
  return {
    ...{ spot, selection, sent, shelf, put, pass, line, stop: () => scope.stop() },
    touches: (id: CaseId | null) => (touch(), selection.select(id)),
    looksAway: () => (lookedAt = false),
    refuses: () => (answer = () => Promise.resolve({ ok: false, refusal: 'role-not-allowed' })),
  }
}
const light = (by: PersonId, change: Partial<Spotlight> & { hidden?: true } = {}) => ({
  ...{ by, since: morning, movedAt: morning, until: morning + 300_000 },
  ...change,
})

describe('带看', () => {
  it('[SN260] what the finger rests on goes out, not what it passes: at most one every 800 ms', async () => {
    const { spot, selection, sent, pass } = aScreen(chen)
    spot.drive(true)
    await pass(50)
    expect(sent).toEqual([{ type: 'look', look: {} }])
    for (const id of ['a', 'b', 'c', fire] as CaseId[]) {
      selection.select(id)
      await pass(100)
    }
    await pass(1_000)
    expect(sent.slice(1)).toEqual([{ type: 'look', look: { caseId: fire } }])
    selection.selectPlace('b1' as PlaceId)
    selection.selectMoment(morning)
    await pass(2_000)
    expect(sent[2]).toEqual({ type: 'look', look: { caseId: fire, placeId: 'b1', moment: morning } })
    expect(sent).toHaveLength(3)
  })

  it('[SN261] it is renewed before its lease ends while the page is looked at, and not while it is not', async () => {
    const { spot, sent, pass, put, looksAway } = aScreen(chen)
    spot.drive(true)
    await pass(50)
    await put(light(chen))
    await pass(140_000)
    expect(sent).toHaveLength(1)
    await pass(20_000)
    expect(sent.length).toBeGreaterThan(1)
    await put(light(chen, { movedAt: morning + 160_000, until: morning + 460_000 }))
    const before = sent.length
    looksAway()
    await pass(400_000)
    expect(sent).toHaveLength(before)
  })

  it('[SN262] who stops says so; somebody else who takes it over ends mine without a word', async () => {
    const { spot, sent, pass, put } = aScreen(chen)
    spot.drive(true)
    await pass(50)
    await put(light(chen))
    spot.drive(false)
    expect(sent.at(-1)).toEqual({ type: 'look-away' })

    spot.drive(true)
    await pass(3_000)
    await put(light(chen))
    await put(light(shen))
    expect(spot.isDriving.value).toBe(false)
    expect(spot.driver.value).toMatchObject({ name: '沈国平', since: morning })
    expect(sent.at(-1)).toMatchObject({ type: 'look' })
  })

  it('[SN262] a no ends it and is kept to be said', async () => {
    const { spot, pass, refuses } = aScreen(chen)
    refuses()
    spot.drive(true)
    await pass(100)
    expect([spot.isDriving.value, spot.no.value]).toEqual([false, 'role-not-allowed'])
  })
})

describe('跟随', () => {
  it('[SN263] what is chosen here follows the spotlight; a wall does so without being told', async () => {
    const { spot, selection, put } = aScreen(shen)
    await put(light(chen, { caseId: fire }))
    expect(selection.caseId).toBeNull()
    spot.follow(true)
    await nextTick()
    expect(selection.caseId).toBe(fire)
    await put(light(chen, { caseId: pipe, placeId: 'b1' as PlaceId, moment: morning }))
    expect([selection.caseId, selection.placeId, selection.moment]).toEqual([pipe, 'b1', morning])

    setActivePinia(createPinia())
    const wall = aScreen('wall' as PersonId, { follows: true })
    await wall.put(light(chen, { caseId: fire }))
    expect(wall.selection.caseId).toBe(fire)
  })

  it('[SN264] a touch of my own keeps it away for a minute, with one tap back; what the board chooses does not', async () => {
    const { spot, selection, put, pass, touches } = aScreen(shen, { follows: true })
    await put(light(chen, { caseId: fire }))
    selection.select(pipe)
    expect(spot.isPaused.value).toBe(false)
    await put(light(chen, { caseId: fire, placeId: 'b1' as PlaceId }))
    touches(pipe)
    await pass(10_000)
    expect([spot.isPaused.value, spot.secondsPaused.value, selection.caseId]).toEqual([true, 50, pipe])
    await put(light(chen, { caseId: fire, moment: morning }))
    expect(selection.caseId).toBe(pipe)
    await pass(51_000)
    expect([spot.isPaused.value, selection.caseId]).toEqual([false, fire])

    touches(pipe)
    spot.resume()
    await nextTick()
    expect(selection.caseId).toBe(fire)
  })

  it('[SN265] what is not mine to see is said, and what I look at stays', async () => {
    const { spot, selection, put } = aScreen(shen, { follows: true })
    selection.select(pipe)
    await put(light(chen, { hidden: true }))
    expect([spot.isHidden.value, selection.caseId, spot.driver.value?.name]).toEqual([true, pipe, '陈海峰'])
  })

  it('[SN266] a page that is loaded again goes on: who followed follows, who drove drives from where it was', async () => {
    const follower = aScreen(shen, { kept: 'following' })
    await follower.put(light(chen, { caseId: fire }))
    expect(follower.selection.caseId).toBe(fire)
    expect(follower.shelf.text).toBe('following')

    setActivePinia(createPinia())
    const driver = aScreen(chen, { kept: 'driving' })
    await driver.put(light(chen, { caseId: pipe }))
    expect([driver.spot.isDriving.value, driver.selection.caseId]).toEqual([true, pipe])
    driver.selection.select(fire)
    await driver.pass(2_000)
    expect(driver.sent).toEqual([{ type: 'look', look: { caseId: fire } }])

    setActivePinia(createPinia())
    const late = aScreen(chen, { kept: 'driving' })
    await late.put(light(shen))
    expect(late.spot.isDriving.value).toBe(false)
    await late.pass(5_000)
    expect(late.sent).toEqual([])
  })

  it('[SN266] a line that was lost takes nothing from the driver', async () => {
    const { spot, selection, sent, put, pass, line } = aScreen(chen)
    spot.drive(true)
    await pass(50)
    await put(light(chen))
    line('lost')
    selection.select(fire)
    await pass(3_000)
    expect(sent).toHaveLength(1)
    line('live')
    await pass(5_000)
    expect(sent.at(-1)).toEqual({ type: 'look', look: { caseId: fire } })
  })
})
