// The tour of the wall: it goes round by itself, stands still for a hand and for an alarm, and is where it was after a reload.
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { PlaceId } from '#contract/ids'
import type { WallSite, WallView } from '#contract/wall-site'
import {
  atStart,
  holding,
  ownTour,
  passed,
  presetAt,
  stepped,
  stopAt,
  touchMs,
  tourFrom,
  viewOf,
  type Tour,
} from '../../dashboard/screens/wall/tour.ts'
import { useTour } from '../../dashboard/screens/wall/use-tour.ts'
import { focusIn, keys, pressed } from '../../dashboard/screens/wall/wall-keys.ts'
import { useBoard } from '../../dashboard/stores/board.ts'

const block = (id: string) => ({ id: PlaceId.parse(id) })
const stops: WallView[] = [{ kind: 'whole' }, { kind: 'layer', layer: 'heat' }, { kind: 'board', board: 'limits' }]
const tour: Tour = { seconds: 20, stops, on: true }
const calm = { isAlarm: false, sinceTouch: touchMs }

describe('the tour', () => {
  it('[SN224] stands at each stop for its seconds and goes round', () => {
    let state = passed(atStart, tour, calm, 19_999)
    expect(viewOf(state, tour, calm)).toEqual(stops[0])
    state = passed(state, tour, calm, 1)
    expect(viewOf(state, tour, calm)).toEqual(stops[1])
    state = passed(passed(state, tour, calm, 20_000), tour, calm, 20_000)
    expect(stopAt(state, tour)).toBe(0)
  })

  it('[SN224] stands still two minutes after a hand, and where it was', () => {
    const touched = { isAlarm: false, sinceTouch: touchMs - 1 }
    const state = passed(atStart, tour, touched, 60_000)
    expect(state).toBe(atStart)
    expect([holding(state, tour, touched), viewOf(state, tour, touched)]).toEqual(['touched', stops[0]])
    expect(holding(state, tour, calm)).toBeNull()
  })

  it('[SN224] while a level I or II waits for a signature it neither goes on nor shows its stop', () => {
    const alarm = { isAlarm: true, sinceTouch: touchMs }
    const at1 = stepped(atStart, tour, 1)
    expect(passed(at1, tour, alarm, 60_000)).toBe(at1)
    expect(viewOf(at1, tour, alarm)).toBeNull()
    expect(viewOf(at1, tour, calm)).toEqual(stops[1])
  })

  it('[SN225] held by hand it stays held, and steps both ways round', () => {
    const held = { ...atStart, isHeld: true }
    expect(passed(held, tour, calm, 600_000)).toBe(held)
    expect(viewOf(stepped(held, tour, -1), tour, calm)).toEqual(stops[2])
    expect(viewOf(stepped(held, tour, 1), tour, calm)).toEqual(stops[1])
  })

  it('[SN225] space holds it, arrows step it, and no key is taken from somebody who writes', () => {
    const stroke = (key: string, more = {}) => ({
      ...{ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
      ...more,
    })
    expect(pressed(stroke(' '), null)).toEqual({ deed: 'space', nth: 0 })
    expect(pressed(stroke('ArrowRight'), null)).toEqual({ deed: 'step', nth: 1 })
    expect(pressed(stroke('ArrowLeft', { shiftKey: true }), null)).toEqual({ deed: 'minutes', nth: 0 })
    expect(pressed(stroke('?', { shiftKey: true }), null)?.deed).toBe('help')
    expect(pressed(stroke('t'), 'field')).toBeNull()
    expect(pressed(stroke('r', { ctrlKey: true }), null)).toBeNull()
  })

  it('[SN340] Space and Enter press the button that has the focus, and the tour goes on; the layers stand in the table', () => {
    const stroke = (key: string) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false })
    expect([' ', 'Enter'].map((key) => pressed(stroke(key), 'button'))).toEqual([null, null])
    expect(pressed(stroke('t'), 'button')?.deed).toBe('tour')
    expect(pressed(stroke('L'), null)?.deed).toBe('layers')
    expect(keys.find(({ deed }) => deed === 'layers')?.shown).toBe('L')
    const on = (tag: string) =>
      focusIn({ closest: (all: string) => (all.split(', ').includes(tag) ? {} : null) } as never)
    expect([on('textarea'), on('button'), on('p'), focusIn(null)]).toEqual(['field', 'button', null, null])
  })

  it('[SN226] after a reload it stands where it stood, and what else lies on the shelf is no tour', () => {
    const state = { ...stepped(atStart, tour, 1), isHeld: true, isOn: true, spentMs: 9_000 }
    expect(tourFrom(JSON.parse(JSON.stringify(state)))).toEqual({ ...state, spentMs: 0 })
    for (const odd of [null, 7, 'x', { at: -3 }, { at: 'two' }, []]) expect(tourFrom(odd)).toEqual(atStart)
    expect(stopAt({ at: 40 }, tour)).toBe(0)
  })

  it('[SN226] it is kept when it goes on to another stop, and not with every second it stands', async () => {
    setActivePinia(createPinia())
    useBoard().hear({ what: 'site', site: { tour } as WallSite })
    let time = touchMs
    let beat = () => {}
    const kept: unknown[] = []
    const world = {
      now: () => time,
      every(_ms: number, run: () => void) {
        beat = run
        return () => {}
      },
      shelf: { read: () => null, write: (_name: string, what: unknown) => void kept.push(what) },
    }
    const none = { blocks: () => [], place: () => undefined, isAlarm: () => false, isCovered: () => false }
    const scope = effectScope()
    scope.run(() => useTour(world, { ...none, touchedAt: () => 0 }))
    for (let n = 0; n < tour.seconds; n++) {
      time += 1_000
      beat()
      await nextTick()
    }
    scope.stop()

    expect(kept).toMatchObject([{ at: 1 }])
  })

  it('[SN226] without one of the site there is one of the whole and its blocks, off until somebody wants it', () => {
    const own = ownTour([block('b1'), block('b2')])
    expect(own.stops.map(({ kind }) => kind)).toEqual(['whole', 'place', 'place'])
    expect(holding(atStart, own, calm)).toBe('off')
    expect(viewOf({ ...atStart, isOn: true }, own, calm)).toEqual({ kind: 'whole' })
  })

  it('[SN227] the preset that began last holds, past midnight too', () => {
    const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 20, hour - 8, minute)
    const presets = [
      { from: '22:00', view: stops[2]! },
      { from: '07:30', view: stops[1]! },
    ]
    expect(presetAt(presets, at(7, 29))).toEqual(stops[2])
    expect(presetAt(presets, at(7, 30))).toEqual(stops[1])
    expect(presetAt(presets, at(23))).toEqual(stops[2])
    expect(presetAt([], at(12))).toBeNull()
  })
})
