// What the wall's map makes of a view: a place framed, a scenario alone in colour, a layer over the ground, and of a hand on it.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { PlaceId, ScenarioId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { WallView } from '#contract/wall-site'
import type { Ground } from '../../dashboard/map/ground.ts'
import type { CaseMark } from '../../dashboard/map/marks.ts'
import type { Town } from '../../dashboard/map/town.ts'
import { useMapView } from '../../dashboard/screens/wall/use-map-view.ts'
import type { Wall } from '../../dashboard/screens/wall/use-wall.ts'
import { aCase } from '../suites/builders.ts'

const square = (id: string): GeoJSON.Feature => ({
  type: 'Feature',
  properties: { id },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [1, 2],
        [3, 2],
        [3, 4],
        [1, 4],
        [1, 2],
      ],
    ],
  },
})
const only = (id: string) => ({ type: 'FeatureCollection', features: [square(id)] }) as const
const place = (id: string, level: Place['level'], parentId: string | null) =>
  ({ id, level, parentId }) as unknown as Place
const [block, area, grid] = ['b', 'a', 'g'] as PlaceId[]
const all = [
  place('s', 'subdistrict', null),
  place('b', 'street-block', 's'),
  place('a', 'residential-area', 'b'),
  place('g', 'micro-grid', 'a'),
]
const town = {
  places: new Map(all.map((one) => [one.id, one])),
  blocks: [all[1]],
  ground: { 'street-blocks': only('b'), 'residential-areas': only('a'), 'micro-grids': only('g') } as unknown as Ground,
} as unknown as Town
const fire = aCase({ id: 'fire' as never })
const lift = aCase({ id: 'lift' as never, scenarioId: 'lift' as ScenarioId, level: 3 })
const mark = (id: string, level: CaseMark['level']): CaseMark => ({
  ...{ id, level, at: [1, 2], word: id, isOver: false, isWaiting: true, isUnsure: false },
})
const marks = [mark('fire', 1), mark('lift', 3)]

function aMap(view: WallView, isPast = false) {
  const seen = shallowRef(view)
  const wanted: (WallView | null)[] = []
  const scope = effectScope()
  const map = scope.run(() =>
    useMapView({
      town: () => town,
      wall: () => ({ cases: [fire, lift], isPast }) as unknown as Wall,
      view: () => seen.value,
      want: (next) => {
        wanted.push(next)
        seen.value = next ?? view
      },
    }),
  )!
  return { map, wanted, seen, scope }
}

afterEach(() => void vi.useRealTimers())

describe('a view of the map', () => {
  it('[SN248] a place is framed; a tap on the ground goes down and comes up, and left alone it goes back by itself', () => {
    vi.useFakeTimers()
    const { map, wanted } = aMap({ kind: 'whole' })
    expect(map.look.value).toBeUndefined()
    map.tap([block!, area!, grid!])
    expect(map.framed.value).toBe(block)
    expect(map.look.value).toEqual({ kind: 'bounds', bounds: [1, 2, 3, 4] })
    map.tap([block!, area!, grid!])
    map.tap([block!, area!, grid!])
    expect(map.framed.value).toBe(grid)
    vi.advanceTimersByTime(119_000)
    expect(map.framed.value).toBe(grid)
    vi.advanceTimersByTime(2_000)
    expect(wanted.at(-1)).toBeNull()
    expect(map.framed.value).toBeNull()
  })
  it('[SN248] of a scenario only its own cases keep their colour and their word', () => {
    const { map } = aMap({ kind: 'scenario', scenario: 'lift' })
    expect(map.toned(marks)).toEqual([{ ...marks[0], isGrey: true, isWaiting: false }, marks[1]])
  })
  it('[SN248] over heat or risk a tap asks about a micro-grid and moves nothing; only I and II keep their colour', async () => {
    const { map, wanted } = aMap({ kind: 'layer', layer: 'risk' })
    expect(map.toned(marks)).toEqual([marks[0], { ...marks[1], isGrey: true }])
    map.tap([block!, area!, grid!])
    expect([map.placeId.value, map.framed.value, wanted]).toEqual([grid, null, []])
    map.tap([block!, area!, grid!])
    expect(map.placeId.value).toBeNull()
    map.turn('heat')
    expect(map.layer.value).toBe('heat')
    map.turn(null)
    await nextTick()
    expect(wanted.at(-1)).toBeNull()
  })
  it('[SN248] what is counted as of today is not laid over another day', () => {
    expect(aMap({ kind: 'layer', layer: 'heat' }, true).map.layer.value).toBeNull()
  })
})
