// @vitest-environment happy-dom
// A row under a finger, a list in a flood, a desk for the left hand.
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Case } from '#contract/case'
import type { CameraId, CaseId, PersonId, PlaceId, RequestId } from '#contract/ids'
import { far, drawn, atRest } from '../../dashboard/parts/swipe.ts'
import type { Swipe } from '../../dashboard/parts/swipe.ts'
import SwipeRow from '../../dashboard/parts/SwipeRow.vue'
import { cameLately, floodedBy, isFlood } from '../../dashboard/screens/desk/flood.ts'
import { openHold } from '../../dashboard/screens/desk/hold.ts'
import type { DeskPart } from '../../dashboard/screens/desk/lists.ts'
import { swipesOf } from '../../dashboard/screens/desk/swipes.ts'
import { useComfort } from '../../dashboard/screens/desk/use-comfort.ts'
import { facts, now, sample, source } from '../../dashboard/screens/gallery/samples.ts'
import { language } from '../../dashboard/words/words.ts'

beforeEach(() => {
  language.value = 'zh'
  localStorage.clear()
})
afterEach(() => vi.restoreAllMocks())

const both = { left: true, right: true }
const along = (points: readonly [number, number][], open = both): Swipe =>
  points.reduce((swipe, [dx, dy]) => drawn(swipe, dx, dy, open), atRest)

describe('a finger on a row', () => {
  it('[SN290] far enough aside it is a wish; less, and the row goes back', () => {
    expect(
      along([
        [20, 2],
        [far - 1, 4],
      ]),
    ).toMatchObject({ armed: null, dx: far - 1 })
    expect(
      along([
        [20, 2],
        [far, 4],
      ]).armed,
    ).toBe('right')
    expect(
      along([
        [-20, 2],
        [-far - 40, 4],
      ]),
    ).toMatchObject({ armed: 'left', dx: -far - 10 })
    expect(
      along([
        [20, 2],
        [far + 5, 4],
        [30, 4],
      ]).armed,
    ).toBeNull()
  })

  it('[SN290] up or down it is the list’s, for good: coming aside later wishes nothing', () => {
    expect(
      along([
        [4, 14],
        [200, 20],
      ]),
    ).toMatchObject({ way: 'scroll', armed: null, dx: 0 })
    expect(
      along([
        [12, 9],
        [200, 9],
      ]).way,
    ).toBe('scroll')
    expect(along([[5, 5]]).way).toBe('unknown')
  })

  it('[SN290] a side that does nothing does not give way', () => {
    expect(
      along(
        [
          [20, 0],
          [200, 0],
        ],
        { left: true, right: false },
      ),
    ).toMatchObject({ dx: 0, armed: null })
  })

  const row = () => {
    const says = { left: '暂缓…', right: '派给 李强' }
    const page = mount(SwipeRow, { props: { says: () => says }, slots: { default: '<button>案</button>' } })
    const point = (type: string, x: number, y = 0, more: object = {}) => {
      const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y })
      Object.assign(event, { pointerId: 1, pointerType: 'touch', isPrimary: true, ...more })
      page.find('.swipe').element.dispatchEvent(event)
      return nextTick()
    }
    return { page, point }
  }

  it('[SN290] it says what letting go will do, and does it when let go', async () => {
    const { page, point } = row()
    await point('pointerdown', 0)
    await point('pointermove', 30)
    expect(page.text()).toContain('派给 李强')
    expect(page.text()).toContain('再拉一点')
    await point('pointermove', far + 10)
    expect(page.text()).toContain('松手就办')
    await point('pointerup', far + 10)
    expect(page.emitted('swipe')).toEqual([['right']])
    expect(page.text()).not.toContain('派给')
  })

  it('[SN290] taken over by the browser it is over; the tap that follows a drawn row chooses nothing', async () => {
    const { page, point } = row()
    const tapped = vi.fn()
    page.find('button').element.addEventListener('click', tapped)
    await point('pointerdown', 0)
    await point('pointermove', far + 10)
    await point('pointercancel', far + 10)
    expect(page.emitted('swipe')).toBeUndefined()
    page.find('button').element.click()
    expect(tapped).not.toHaveBeenCalled()
    page.find('button').element.click()
    expect(tapped).toHaveBeenCalledOnce()
  })

  it('[SN290] a mouse draws nothing aside', async () => {
    const { page, point } = row()
    await point('pointerdown', 0, 0, { pointerType: 'mouse' })
    await point('pointermove', far + 10, 0, { pointerType: 'mouse' })
    await point('pointerup', far + 10, 0, { pointerType: 'mouse' })
    expect(page.emitted('swipe')).toBeUndefined()
  })
})

describe('what a row drawn aside does', () => {
  const li = 'li' as PersonId
  const watch = { id: 'duty' as PersonId, role: 'duty-officer', post: 'command' } as const
  const swipes = (part: DeskPart, subject: Case, change: object = {}) =>
    swipesOf({ ...{ facts, subject, looker: watch, part, best: li, isBusy: false }, ...change })

  it('[SN291] to the right the one thing to do, held to be taken back; to the left 暂缓, which asks why', () => {
    const subject = sample({ level: 3 })
    expect(swipes('waiting', subject)).toEqual({
      right: { does: 'hold', wish: { type: 'dispatch', caseId: subject.id, to: 'li' }, words: '派给 李强' },
      left: { does: 'shelve', words: '暂缓…' },
    })
    expect(swipes('waiting', subject, { best: null })).toEqual({ left: { does: 'shelve', words: '暂缓…' } })
  })

  it('[SN291] an unsigned I or II is signed for, at once', () => {
    const { acknowledged: _signed, ...unsigned } = sample({ level: 2 })
    expect(swipes('waiting', unsigned).right).toEqual({ does: 'sign', words: '签收' })
  })

  it('[SN291] nothing that refuses, returns or ends a case, on no list and for nobody', () => {
    const ask = (what: 'void' | 'hold') => ({
      id: 'r' as RequestId,
      ...{ what, by: li, at: now, reason: '误报' },
    })
    const parts: DeskPart[] = ['waiting', 'asked', 'shelved', 'underWay', 'held', 'toVerify', 'ended']
    const done = parts.flatMap((part) => {
      const subject = sample({ level: 3, requests: [ask('void')] as never })
      const { left, right } = swipes(part, subject)
      return [left, right].flatMap((one) => (one && 'wish' in one ? [one.wish.type] : []))
    })
    expect(new Set(done)).toEqual(new Set(['dispatch', 'unshelve', 'resume']))
    expect(swipes('toVerify', sample({ stage: 'verification' }))).toEqual({})
    expect(swipes('ended', sample({ stage: 'closed' }))).toEqual({})
  })

  it('[SN291] while a wish is on its way, or the line is cut, nothing', () => {
    expect(swipes('waiting', sample(), { isBusy: true })).toEqual({})
  })

  it('[SN291] what was drawn is held ten seconds, taken back by U, and outlives a reload', () => {
    let [kept, at]: [string | null, number] = [null, 1_000]
    const sent: unknown[] = []
    const shelf = { read: () => kept, write: (text: string | null) => (kept = text) }
    const open = () => openHold({ shelf, now: () => at, send: (wish) => sent.push(wish), changed: () => {} })
    const hold = open()
    const wish = { type: 'dispatch', caseId: 'c' as CaseId, to: li } as const
    hold.put(wish, '楼道堆物')
    at += 9_000
    hold.tick()
    expect(sent).toEqual([])
    hold.undo()
    at += 9_000
    hold.tick()
    expect(sent).toEqual([])

    hold.put(wish, '楼道堆物')
    open().tick()
    expect(sent).toEqual([wish])
  })
})

describe('a flood', () => {
  const seen = (nth: number, change: Partial<Case> = {}, cameraId = 'cam-001-07') =>
    sample({
      id: `20261120-${500 + nth}` as CaseId,
      ...{ level: 3, openedAt: now - nth * 1_000 },
      sources: [source('1', now, { cameraId: cameraId as CameraId })],
      ...change,
    })
  const told = (nth: number, change: Partial<Case> = {}) => {
    const { cameraId: _eye, ...word } = source('1', now)
    return seen(nth, { sources: [word], ...change })
  }

  it('[SN292] begins with more than ten in ten minutes and lasts until fewer than five', () => {
    const many = Array.from({ length: 11 }, (_, n) => seen(n))
    expect(cameLately(many, now)).toBe(11)
    expect(cameLately([...many, seen(99, { openedAt: now - 11 * 60_000 })], now)).toBe(11)
    expect(cameLately([seen(1, { stage: 'handling' })], now)).toBe(0)
    expect([isFlood(false, 10), isFlood(false, 11), isFlood(true, 5), isFlood(true, 4)]).toEqual([
      ...[false, true, true, false],
    ])
  })

  it('[SN292] what one camera saw and one area reports stands together; a level I stands alone, on top', () => {
    const fire = seen(1, { level: 1 })
    const eye = [seen(2), seen(3)]
    const area = [told(4), told(5), told(6)]
    const lone = told(7, { path: ['s', 'x'] as PlaceId[], level: 4 })
    const { order, groups } = floodedBy(facts, [fire, ...area, ...eye, lone])

    expect(order[0]).toBe(fire)
    expect(order).toHaveLength(7)
    expect(groups.map(({ words, ids }) => [words, ids.length])).toEqual(
      expect.arrayContaining([
        ['镜头 桥一-07', 2],
        ['桥一居民区', 3],
      ]),
    )
    expect(groups.flatMap(({ ids }) => ids)).not.toContain(fire.id)
    expect(groups.flatMap(({ ids }) => ids)).not.toContain(lone.id)
    const camera = groups.find(({ words }) => words.startsWith('镜头'))
    expect(camera).toMatchObject({ worst: 3, earliest: now - 3_000 })
  })

  it('[SN292] 待核 of level I is no fire and may be put together; two of a place are no group', () => {
    const unsure = [seen(1, { level: 1, unsure: true }), seen(2, { level: 1, unsure: true })]
    expect(floodedBy(facts, unsure).groups).toHaveLength(1)
    expect(floodedBy(facts, [told(1), told(2)]).groups).toEqual([])
  })
})

describe('a desk that suits', () => {
  it('[SN293] the left hand and the large type are kept on the device', async () => {
    const first = useComfort()
    expect([first.isLeftHanded.value, first.isLarge.value]).toEqual([false, false])
    first.turn.hand()
    first.turn.type()
    await nextTick()
    expect(document.documentElement.classList.contains('large')).toBe(true)

    const again = useComfort()
    expect([again.isLeftHanded.value, again.isLarge.value]).toEqual([true, true])
    again.turn.type()
    await nextTick()
    expect(document.documentElement.classList.contains('large')).toBe(false)
    first.turn.type()
  })

  it('[SN293] a browser that forbids storage works without', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('no')
    })
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no')
    })
    const comfort = useComfort()
    comfort.turn.hand()
    expect(comfort.isLeftHanded.value).toBe(true)
  })
})
