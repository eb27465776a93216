// Ten thousand cases on the map: what is told to it of a change, what stands and what is counted, and nothing left behind by a thousand skins.
import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { GeoJSONSourceDiff, Map as MapLibre } from 'maplibre-gl'
import type { Level } from '#contract/stage'
import { useCameraLayer } from '../../dashboard/map/camera-layer.ts'
import { useCaseLayer } from '../../dashboard/map/case-layer.ts'
import { grainAt, openGathering, spotOf } from '../../dashboard/map/gather.ts'
import { classesOf } from '../../dashboard/map/heat.ts'
import { useHeatLayer } from '../../dashboard/map/heat-layer.ts'
import type { CaseMark } from '../../dashboard/map/marks.ts'
import { usePeopleLayer } from '../../dashboard/map/people-layer.ts'
import type { MapSkin } from '../../dashboard/map/skin.ts'
import { usePick } from '../../dashboard/map/use-pick.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'

const chance = chanceFrom(7)
const aMark = (id: string, change: Partial<CaseMark> = {}): CaseMark => ({
  ...{ id, at: [121.462 + chance.next() * 0.0186, 31.1925 + chance.next() * 0.0155], level: 4, word: '' },
  ...{ isOver: false, isWaiting: false, isUnsure: false },
  ...change,
})
const level = (): Level => chance.oneOf([1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4])
const many = (n: number) => Array.from({ length: n }, (_, i) => aMark(`case-${i}`, { level: level() }))
const grain = grainAt(16, 1)
const view = { grain, keepId: null }
const told = (diff: GeoJSONSourceDiff | null) => [...(diff?.add ?? []), ...(diff?.remove ?? [])].length
const kinds = (drawn: { properties: Record<string, unknown> | null }[], kind: string) =>
  drawn.filter(({ properties }) => properties?.kind === kind)

describe('where many cases crowd', () => {
  it('[SN241] on an ordinary day every case stands for itself, where it is', () => {
    const gathering = openGathering()
    const day = many(200)
    gathering.settle(day, view)
    expect(kinds(gathering.drawn(), 'case')).toHaveLength(200)
  })
  it('[SN241] of ten thousand every I and II and the selected one stand; the rest is counted, and nobody is left out', () => {
    const gathering = openGathering()
    const storm = many(10_000)
    const chosen = storm.find((mark) => mark.level === 4)!.id
    gathering.settle(storm, { grain, keepId: chosen })
    const drawn = gathering.drawn()
    const standing = new Set(kinds(drawn, 'case').map(({ properties }) => properties?.id))
    for (const mark of storm) if (mark.level <= 2 || mark.id === chosen) expect(standing.has(mark.id)).toBe(true)
    const crowds = kinds(drawn, 'crowd')
    const counted = crowds.reduce((sum, { properties }) => sum + Number(properties?.word), 0)
    expect(counted + standing.size).toBe(10_000)
    expect(crowds.length).toBeLessThan(1_000)
    for (const { properties } of crowds)
      expect(gathering.behind(String(properties?.id))).toHaveLength(Number(properties?.word))
  })
  it('[SN241] a crowd is as bad as its worst, says when one of it is over its limit, and is never drawn as I or II', () => {
    const gathering = openGathering()
    const at: [number, number] = [121.47, 31.2]
    const crowd = Array.from({ length: 300 }, (_, i) => aMark(`c${i}`, { at, level: i === 7 ? 3 : 4, isOver: i === 9 }))
    gathering.settle([...crowd, aMark('fire', { at, level: 1 })], view)
    expect(
      gathering
        .drawn()
        .map(({ properties }) => properties.image)
        .toSorted(),
    ).toEqual(['case-1', 'crowd-3-3-over'])
    const unsure = crowd.map((mark) => ({ ...mark, isUnsure: true, isOver: false }))
    gathering.settle(unsure, view)
    expect(gathering.drawn()[0]?.properties.image).toBe('crowd-3-3-unsure')
  })
  it('[SN241] coming closer takes crowds apart, and near enough all stand', () => {
    const gathering = openGathering()
    const storm = many(2_000)
    const crowdsAt = (zoom: number) => {
      gathering.settle(storm, { grain: grainAt(zoom, 1), keepId: null })
      return kinds(gathering.drawn(), 'crowd').length
    }
    expect(crowdsAt(16)).toBeGreaterThan(100)
    expect(crowdsAt(20)).toBe(0)
    expect(kinds(gathering.drawn(), 'case')).toHaveLength(2_000)
    expect(spotOf([121.47, 31.2], 18)).not.toBe(spotOf([121.47, 31.2], 19))
  })
  it('[SN241] about where it begins to crowd it does not waver', () => {
    const gathering = openGathering()
    const at: [number, number] = [121.47, 31.2]
    const some = (n: number) => Array.from({ length: n }, (_, i) => aMark(`c${i}`, { at }))
    const crowdsOf = (n: number) => {
      gathering.settle(some(n), view)
      return kinds(gathering.drawn(), 'crowd').length
    }
    expect([240, 241, 239, 200, 160, 159, 200].map(crowdsOf)).toEqual([0, 1, 1, 1, 1, 0, 0])
  })
})

describe('what a change costs', () => {
  it('[SN242] a second in which nothing moved tells nothing, though every record was made anew', () => {
    const gathering = openGathering()
    const storm = many(10_000)
    gathering.settle(storm, view)
    expect(
      gathering.settle(
        storm.map((mark) => ({ ...mark })),
        view,
      ),
    ).toBeNull()
  })
  it('[SN242] a hundred changes among ten thousand, or a hundred thousand, tell at most the spots they lie in', () => {
    for (const count of [10_000, 100_000]) {
      const gathering = openGathering()
      const storm = many(count)
      gathering.settle(storm, view)
      const next = [...storm]
      for (let n = 0; n < 100; n++) next[n * 50] = { ...next[n * 50]!, isOver: !next[n * 50]!.isOver }
      const diff = gathering.settle(next, view)
      expect(diff).not.toBeNull()
      expect(told(diff)).toBeLessThanOrEqual(400)
      expect(gathering.settle(next, view)).toBeNull()
    }
  })
  it('[SN242] whatever comes, goes, moves or changes its level, what was told adds up to what is drawn', () => {
    const gathering = openGathering()
    const shown = new Map<string, string>()
    let marks = many(600)
    let next = 600
    for (let round = 0; round < 60; round++) {
      const diff = gathering.settle(marks, {
        grain: grainAt(chance.oneOf([16, 16.1, 17.2]), 1),
        keepId: chance.oneOf([null, marks[0]?.id ?? null]),
      })
      for (const id of diff?.remove ?? []) expect(shown.delete(String(id))).toBe(true)
      for (const feature of diff?.add ?? []) shown.set(String(feature.id), JSON.stringify(feature))
      const drawn = gathering.drawn().map((feature) => [feature.id, JSON.stringify(feature)] as const)
      expect(new Map(drawn)).toEqual(shown)
      marks = marks
        .filter(() => chance.next() > (round % 10 === 9 ? 0.6 : 0.03))
        .map((mark) => (chance.next() < 0.05 ? aMark(mark.id, { level: level(), isGrey: chance.next() < 0.2 }) : mark))
      while (marks.length < 500 && round % 10 !== 9) marks.push(aMark(`case-${next++}`, { level: level() }))
    }
  })
})

/** As much of a map as the layers ask for; it keeps what it was given and counts who listens. */
function fakeMap() {
  const sources = new Map<string, { updateData: (diff: GeoJSONSourceDiff) => Promise<void> }>()
  const layers = new Map<string, unknown>()
  const listeners = new Map<string, Set<() => void>>()
  const sent: GeoJSONSourceDiff[] = []
  let answer: (() => void) | null = null
  const map = {
    style: {} as object | null,
    sources,
    layers,
    sent,
    /** How many listen, to anything. */
    heard: () => [...listeners.values()].reduce((sum, all) => sum + all.size, 0),
    fire: (event: string) => [...(listeners.get(event) ?? [])].forEach((run) => run()),
    /** The map has drawn what it was told. */
    draws: () => answer?.(),
    addSource(id: string) {
      if (sources.has(id)) throw new Error(`there is a source ${id} already`)
      sources.set(id, {
        updateData(diff) {
          sent.push(diff)
          return new Promise((done) => (answer = done))
        },
      })
    },
    addLayer({ id }: { id: string }) {
      if (layers.has(id)) throw new Error(`there is a layer ${id} already`)
      layers.set(id, true)
    },
    // As the true one without a style: there is nothing to ask.
    getSource: (id: string) => (map.style as { x?: 1 }) && sources.get(needsStyle(id)),
    getLayer: (id: string) => layers.get(needsStyle(id)),
    removeLayer: (id: string) => layers.delete(needsStyle(id)),
    removeSource: (id: string) => sources.delete(needsStyle(id)),
    getZoom: () => 15.3,
    on: (event: string, run: () => void) => void (listeners.get(event) ?? addTo(event)).add(run),
    off: (event: string, run: () => void) => void listeners.get(event)?.delete(run),
  }
  const addTo = (event: string) => {
    const all = new Set<() => void>()
    listeners.set(event, all)
    return all
  }
  const needsStyle = (id: string) => {
    if (!map.style) throw new TypeError("Cannot read properties of null (reading 'getSource')")
    return id
  }
  return map
}
const skin = { fonts: ['sans'], rem: 36 } as MapSkin

function standing(cases = shallowRef<readonly CaseMark[]>([])) {
  const fake = fakeMap()
  const map = shallowRef<MapLibre | null>(null)
  const heat = shallowRef({ layer: 'heat' as const, classes: classesOf(new Map([['g' as never, 4]])) })
  const people = shallowRef<never[]>([])
  const scope = effectScope()
  scope.run(() => {
    useHeatLayer(map, { heat: () => heat.value, skin: () => skin })
    useCaseLayer(map, { cases: () => cases.value, keepId: () => null, skin: () => skin })
    useCameraLayer(map, { cameras: () => [{ id: 'cam', at: [121, 31], isSilent: false }], skin: () => skin })
    usePeopleLayer(map, { people: () => people.value, skin: () => skin })
    usePick(map, { pick: () => {}, crowd: () => {}, ground: () => {}, hover: () => {} })
  })
  map.value = fake as unknown as MapLibre
  return { fake, map, cases, people, heat, scope }
}

describe('a map that hangs for months', () => {
  it('[SN243] a thousand new styles leave as many listeners, sources and layers as the first, and none at the end', async () => {
    const { fake, scope } = standing()
    await nextTick()
    const first = [fake.heard(), fake.sources.size, fake.layers.size]
    expect(first[1]).toBe(3)
    for (let n = 0; n < 1_000; n++) {
      // A new style comes without ours; every other time it is one restored with what it had.
      if (n % 2 === 0) {
        fake.sources.clear()
        fake.layers.clear()
      }
      fake.fire('style.load')
    }
    expect([fake.heard(), fake.sources.size, fake.layers.size]).toEqual(first)
    scope.stop()
    expect([fake.heard(), fake.sources.size, fake.layers.size]).toEqual([0, 0, 0])
  })
  it('[SN243] while the graphics card is away changes break nothing, and when it is back everything is there as it is then', async () => {
    const { fake, cases, people, heat, scope } = standing()
    await nextTick()
    fake.style = null
    cases.value = many(3)
    people.value = []
    heat.value = { ...heat.value }
    await nextTick()
    expect(fake.sent).toEqual([])
    fake.style = {}
    fake.fire('style.load')
    expect(fake.sources.size).toBe(3)
    cases.value = [...cases.value, aMark('new')]
    await nextTick()
    expect(fake.sent.map((diff) => diff.add?.map(({ id }) => id))).toEqual([['new']])
    fake.style = null
    scope.stop()
    expect(fake.heard()).toBe(0)
  })
  it('[SN242] while one change is being drawn the next ones wait, and go together', async () => {
    const { fake, cases } = standing()
    await nextTick()
    for (let n = 0; n < 20; n++) {
      cases.value = [...cases.value, aMark(`case-${n}`)]
      await nextTick()
    }
    expect(fake.sent).toHaveLength(1)
    fake.draws()
    await new Promise<void>((turn) => setImmediate(turn))
    expect(fake.sent).toHaveLength(2)
    expect(fake.sent[1]?.add).toHaveLength(19)
  })
})
