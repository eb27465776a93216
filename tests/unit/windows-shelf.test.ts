// What is kept quiet for a while, by whom, and how it comes back.
import { describe, expect, it } from 'vitest'
import type { CaseId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import { minutes, morning, scenarios } from '../suites/builders.ts'
import { lastStep, nth, refusalOf, streetWith, toldOf, wgs84 } from '../suites/relating.ts'
import type { Street } from '../suites/relating.ts'

const ladder: Scenario['ladder'] = [
  {
    name: 'desk',
    words: { zh: '值守', en: 'Desk' },
    after: { amount: 1, unit: 'minutes' },
    atMost: 1,
    until: 'acknowledge',
    tell: [{ post: 'command', within: 'subdistrict' }],
    again: false,
  },
]
const aWindow = (change: Record<string, unknown> = {}) => ({
  type: 'open-window' as const,
  window: {
    id: 'hot-work',
    kind: 'control',
    facilityId: 'shed-1',
    from: morning,
    until: morning + minutes(90),
    reason: '3号楼东侧车棚动火作业',
    ...change,
  },
})
const street = (change: Record<string, Partial<Scenario>> = {}) => streetWith(change)
const opens = (where: Street, who: string, change: Record<string, unknown> = {}) =>
  refusalOf(where.says(who, aWindow(change)))
const heat = { matter: 'shed-heat', cameraId: 'cam-1', confidence: 0.9 }

/** Everything time itself wishes up to now is done. */
function time(where: Street): void {
  for (const command of clocks(where.board, where.now).due) where.submit(command)
}

describe('a window', () => {
  it('[CO41] is opened by the duty officer anywhere, by a chief on the chief’s own ground, by nobody else', () => {
    const room = street()
    expect(opens(room, 'li')).toBe('role-not-allowed')
    expect(opens(room, 'admin')).toBe('role-not-allowed')
    expect(opens(room, 'ma')).toBe('not-your-area')
    expect(opens(room, 'shen', { id: 'w-1' })).toBeNull()
    expect(opens(room, 'shen', { id: 'w-2', facilityId: undefined, cameraId: 'cam-5' })).toBeNull()
    expect(opens(room, 'shen', { id: 'w-3', facilityId: undefined, placeId: 'street' })).toBe('not-your-area')
    expect(opens(room, 'chen', { id: 'w-4', facilityId: undefined, placeId: 'street' })).toBeNull()
    expect([...room.board.windows.values()].map(({ id, by }) => [id, by])).toEqual([
      ['w-1', 'shen'],
      ['w-2', 'shen'],
      ['w-4', 'chen'],
    ])
  })

  it.each([
    ['window-too-wide', { facilityId: undefined, matter: 'smoke' }],
    ['window-too-wide', { until: morning + 7 * 24 * minutes(60) + 1 }],
    ['time-past', { until: morning }],
    ['reason-missing', { reason: '  ' }],
    ['facility-unknown', { facilityId: 'shed-99' }],
    ['place-unknown', { placeId: 'nowhere' }],
    ['camera-unknown', { cameraId: 'cam-99' }],
    ['matter-unknown', { matter: 'ufo' }],
  ])(
    '[CO41] %s: it must name a place, a shed or a camera that is there, give a reason, and end within seven days',
    (refusal, change) => {
      const room = street()
      expect(opens(room, 'chen', change)).toBe(refusal)
      expect(room.board.windows.size).toBe(0)
    },
  )

  it('[CO42] what falls into it opens quietly: nobody is told, nothing calls; it says until when, by whom and why', () => {
    const room = street({ 'bike-shed-fire': { ladder } })
    opens(room, 'shen')
    room.pass(5)
    room.reports(heat)
    expect(room.only()).toMatchObject({
      told: [],
      shelved: {
        since: room.now,
        until: morning + minutes(90),
        by: 'shen',
        windowId: 'hot-work',
        reason: '3号楼东侧车棚动火作业',
      },
    })
    expect([room.only().calling, room.only().assignAt]).toEqual([undefined, undefined])
    room.reports({ ...heat, cameraId: 'cam-3', eventId: 'next-door' })
    expect([nth(room, 2).shelved, toldOf(nth(room, 2)).length > 0]).toEqual([undefined, true])
  })

  it('[CO42] it comes back by itself the moment the window ends: told then, calling from then', () => {
    const room = street({ 'bike-shed-fire': { ladder } })
    opens(room, 'shen')
    room.reports(heat)
    room.pass(89)
    time(room)
    expect(room.only().told).toEqual([])
    room.pass(1)
    expect(clocks(room.board, room.now).due.map((command) => command.wish.type)).toContain('end-shelf')
    time(room)
    expect(room.only().shelved).toBeUndefined()
    expect(toldOf(room.only()).length).toBeGreaterThan(0)
    expect(room.only().calling).toMatchObject({ since: room.now })
    expect(room.only().steps.filter((step) => step.verb === 'unshelve')).toMatchObject([{ by: { kind: 'clock' } }])
  })

  it('[CO42] before it begins and after it has ended it keeps nothing quiet; unlike matters it never did', () => {
    const room = street()
    opens(room, 'chen', { from: morning + minutes(10), matter: 'shed-heat' })
    room.reports(heat)
    room.says('chen', { type: 'void', caseId: nth(room, 1).id, reason: '看过' })
    room.pass(10)
    room.reports({ ...heat, eventId: 'e-2' })
    room.says('chen', { type: 'void', caseId: nth(room, 2).id, reason: '看过' })
    room.reports({ ...heat, eventId: 'e-3', matter: 'smoke' })
    room.pass(80)
    room.reports({ ...heat, eventId: 'e-4' })
    expect(room.cases().map((current) => current.shelved?.windowId)).toEqual([
      undefined,
      'hot-work',
      undefined,
      undefined,
    ])
  })

  it('[CO43] a level I case falls into a chief’s window never, into the duty officer’s as well', () => {
    const chiefs = street()
    opens(chiefs, 'shen')
    chiefs.reports()
    expect([chiefs.only().shelved, toldOf(chiefs.only()).length > 0]).toEqual([undefined, true])
    const officers = street()
    opens(officers, 'chen')
    officers.reports()
    expect(officers.only()).toMatchObject({ told: [], shelved: { by: 'chen' } })
  })

  it('[CO43] what falls into a chief’s window and then becomes level I comes out of it at once', () => {
    const room = street({
      'bike-shed-fire': {
        matters: scenarios[0]!.matters.map((matter) => ({
          ...matter,
          group: 'fire',
          level: matter.code === 'smoke' ? 2 : matter.level,
        })),
        ladder,
      },
    })
    opens(room, 'shen')
    room.reports()
    expect(room.only()).toMatchObject({ level: 2, told: [] })
    room.pass(1)
    room.reports({ matter: 'open-fire', eventId: 'e-2', cameraId: 'cam-2' })
    expect([room.only().level, room.only().shelved]).toEqual([1, undefined])
    expect(toldOf(room.only())).toContain('li')
    expect(room.only().calling).toMatchObject({ since: room.now })
  })

  it('[CO44] closed before its time, its cases come back in the same line; one that another window keeps quiet stays so', () => {
    const room = street()
    opens(room, 'chen')
    opens(room, 'chen', { id: 'drill', facilityId: undefined, cameraId: 'cam-1', until: morning + minutes(30) })
    room.reports(heat)
    room.reports({ ...heat, cameraId: 'cam-2', matter: 'smoke', eventId: 'smoke-1' })
    expect(room.cases().map((current) => current.shelved?.windowId)).toEqual(['hot-work', 'hot-work'])
    room.pass(5)
    const { revision } = room.board
    expect(refusalOf(room.says('ma', { type: 'close-window', id: 'hot-work' }))).toBe('not-your-area')
    expect(refusalOf(room.says('chen', { type: 'close-window', id: 'hot-work' }))).toBeNull()
    expect(room.board.revision).toBe(revision + 1)
    expect(room.board.windows.get('hot-work' as never)).toMatchObject({ until: room.now })
    expect(nth(room, 1).shelved).toMatchObject({ windowId: 'drill', until: morning + minutes(30) })
    expect(nth(room, 2).shelved).toBeUndefined()
    expect(toldOf(nth(room, 2)).length).toBeGreaterThan(0)
    expect(refusalOf(room.says('chen', { type: 'close-window', id: 'hot-work' }))).toBe('already-so')
    expect(refusalOf(room.says('chen', { type: 'close-window', id: 'nothing' }))).toBe('window-unknown')
  })
})

describe('put aside by hand', () => {
  const until = morning + minutes(60)
  const shelves = (room: Street, who: string, change: Record<string, unknown> = {}) =>
    refusalOf(
      room.says(who, {
        type: 'shelve',
        caseId: '20261120-001' as CaseId,
        until,
        reason: '镜头起雾，师傅下午到',
        ...change,
      }),
    )

  it('[CO45] with a reason and until when: it calls nobody, its clocks run on, and it comes back by itself', () => {
    const room = street({ 'bike-shed-fire': { ladder } })
    room.reports(heat)
    const before = room.only()
    expect(before.calling).toBeDefined()
    expect(shelves(room, 'shen')).toBeNull()
    expect(room.only()).toMatchObject({
      shelved: { by: 'shen', until, reason: '镜头起雾，师傅下午到' },
      clocks: before.clocks,
    })
    expect(room.only().calling).toBeUndefined()
    expect(lastStep(room.only())).toMatchObject({ verb: 'shelve', reason: '镜头起雾，师傅下午到' })
    room.pass(60)
    time(room)
    expect([room.only().shelved, room.only().calling?.since]).toEqual([undefined, room.now])
  })

  it('[CO45] taken back by hand at once; what has been taken up meanwhile calls nobody when it comes back', () => {
    const room = street({ 'bike-shed-fire': { ladder } })
    room.reports(heat)
    shelves(room, 'shen')
    expect(refusalOf(room.says('li', { type: 'unshelve' }))).toBe('role-not-allowed')
    expect(refusalOf(room.says('shen', { type: 'unshelve' }))).toBeNull()
    expect(room.only().calling).toBeDefined()
    expect(refusalOf(room.says('shen', { type: 'unshelve' }))).toBe('already-so')
    shelves(room, 'shen')
    room.says('shen', { type: 'accept' })
    room.says('shen', { type: 'unshelve' })
    expect([room.only().shelved, room.only().calling]).toEqual([undefined, undefined])
  })

  it('[CO46] a level I case nobody puts aside but the duty officer; nothing for longer than seven days, nothing into the past', () => {
    const room = street()
    room.reports()
    expect(shelves(room, 'shen')).toBe('level-one-stays')
    expect(shelves(room, 'ma')).toBe('not-your-area')
    expect(shelves(room, 'gu')).toBe('role-not-allowed')
    expect(shelves(room, 'chen', { until: room.now })).toBe('time-past')
    expect(shelves(room, 'chen', { until: room.now + 8 * 24 * minutes(60) })).toBe('asked-too-much')
    expect(shelves(room, 'chen')).toBeNull()
    expect(shelves(room, 'chen')).toBe('already-so')
    room.says('chen', { type: 'void', reason: '演练' })
    expect(shelves(room, 'chen')).toBe('stage-not-allowed')
  })

  it('[CO47] an alarm that is merged into one put aside brings that back: nothing falls silent by being put to something', () => {
    const room = street()
    room.reports({ ...heat, cameraId: undefined, kind: 'grid-report', at: wgs84(0, 60), confidence: undefined })
    shelves(room, 'chen')
    room.reports({ kind: 'grid-report', cameraId: undefined, matter: 'shed-heat', at: wgs84(0, 160), eventId: 'far' })
    room.says('chen', { type: 'merge', caseId: nth(room, 2).id, into: nth(room, 1).id })
    expect(nth(room, 1).shelved).toBeUndefined()
    expect(toldOf(nth(room, 1)).length).toBeGreaterThan(0)
  })

  it('[CO30] a doubt that turns out sure while it is put aside stays quiet; its clocks start all the same', () => {
    const room = street()
    opens(room, 'chen')
    room.reports({ confidence: 0.4 })
    room.reports({ confidence: 0.95, eventId: 'e-2' })
    expect([room.only().unsure, room.only().told, room.only().calling]).toEqual([false, [], undefined])
    expect(room.only().clocks.map((clock) => clock.name)).toContain('unit')
  })

  it('[CO30] turned out sure, or worse, it is told and calls from then', () => {
    const room = street({ 'bike-shed-fire': { ladder } })
    room.reports({ ...heat, confidence: 0.4 })
    expect([room.only().told, room.only().calling]).toEqual([[], undefined])
    room.pass(2)
    room.reports({ ...heat, confidence: 0.95, eventId: 'e-2' })
    expect(toldOf(room.only()).length).toBeGreaterThan(0)
    expect(room.only().calling).toMatchObject({ since: room.now })
  })
})
