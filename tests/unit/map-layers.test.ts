// The map, as records become what is drawn: marks, trails, rings, names, outlines; and only what changed goes to it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FeatureCollection } from 'geojson'
import type { Case } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import { metresBetween } from '#contract/metres'
import { caseFeature } from '../../dashboard/map/case-features.ts'
import { boundsOf, groundLayers, loadGround, type Ground } from '../../dashboard/map/ground.ts'
import { caseMark, type CaseMark } from '../../dashboard/map/marks.ts'
import { nameFeatures } from '../../dashboard/map/name-features.ts'
import { peopleFeatures } from '../../dashboard/map/people-layer.ts'
import { planOf } from '../../dashboard/map/plan.ts'
import { pinsOf } from '../../dashboard/map/pins.ts'
import { ringAround } from '../../dashboard/map/rings.ts'
import { difference, type Marked } from '../../dashboard/map/difference.ts'

const file = (layer: string) => JSON.parse(readFileSync(`map-data/${layer}.geojson`, 'utf8')) as FeatureCollection
const ground = Object.fromEntries(groundLayers.map((layer) => [layer, file(layer)])) as unknown as Ground
const noon = Date.UTC(2026, 10, 21, 4)

const aMark = (change: Partial<CaseMark> = {}): CaseMark => ({
  id: '20261121-001',
  at: [121.474, 31.2],
  level: 3,
  isOver: false,
  isWaiting: false,
  isUnsure: false,
  word: '',
  ...change,
})
const point = (id: string, lon: number): Marked => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [lon, 31.2] },
  properties: { id },
})
const held = (...features: Marked[]) => new Map(features.map((feature) => [feature.id, feature]))

describe('what goes to the map', () => {
  it('[SN1] a second in which nothing moved sends nothing', () => {
    expect(difference(held(point('a', 121)), [point('a', 121)])).toBeNull()
  })
  it('[SN1] one moved person and one closed case are all that is sent', () => {
    const change = difference(held(point('a', 121), point('b', 121), point('c', 121)), [
      point('a', 121),
      point('b', 122),
    ])
    expect(change?.remove).toEqual(['c'])
    expect(change?.add?.map((feature) => feature.id)).toEqual(['b'])
  })
})

describe('cases', () => {
  it('[SN2] level, over and unsure are told by the picture of the mark, not by its colour alone', () => {
    const marks = [aMark({ level: 2, isOver: true }), aMark({ level: 4 }), aMark({ level: 2, isUnsure: true })]
    const images = marks.map(caseFeature).map((feature) => feature.properties.image)
    expect(images).toEqual(['case-2-over', 'case-4', 'case-2-unsure'])
  })
  it('[SN2] only I and II carry words, and the one that has the wall stands on a stem without them', () => {
    const subject = {
      level: 3,
      unsure: false,
      stage: 'filed',
      clocks: [],
      wgs84: [121, 31],
      id: 'x',
    } as unknown as Case
    expect(caseMark(subject, noon, '跨门营业').word).toBe('')
    expect(caseMark({ ...subject, level: 2 }, noon, '高空抛物').word).toBe('高空抛物')
    const stemmed = caseFeature(aMark({ level: 1, word: '车棚冒烟', isOver: true, isStemmed: true }))
    expect(stemmed.properties).toMatchObject({ image: 'case-1-stem', word: '' })
  })
  it('[SN3] an unsigned II is outlined until somebody has signed for it; an unsure one never is', () => {
    const subject = { level: 2, unsure: false, stage: 'reported' } as Case
    expect(isUnsigned(subject)).toBe(true)
    expect(isUnsigned({ ...subject, acknowledged: { by: 'chen', at: noon } } as Case)).toBe(false)
    expect(isUnsigned({ ...subject, unsure: true })).toBe(false)
    expect(isUnsigned({ ...subject, level: 3 })).toBe(false)
  })
  it('[SN3] a storm of unsigned alarms blinks at twenty outlines, and the selected one keeps its own', () => {
    const storm = Array.from({ length: 90 }, (_, i) => aMark({ id: `c${i}`, level: 2, isWaiting: true }))
    const pins = pinsOf(storm, 'c80')
    expect(pins.filter((pin) => pin.look === 'waiting')).toHaveLength(20)
    expect(pins.filter((pin) => pin.look === 'selected').map((pin) => pin.id)).toEqual(['selected c80'])
  })
})

describe('people and rings', () => {
  it('[SN4] somebody on the way has a ring, a trail and a line to where they are going; somebody waiting has a ring', () => {
    const walker = {
      id: 'li',
      at: [121.47, 31.2] as [number, number],
      surname: '李',
      trail: [
        [121.46, 31.2],
        [121.465, 31.2],
      ] as [number, number][],
    }
    expect(peopleFeatures([{ ...walker, goingTo: [121.48, 31.2] }]).map((feature) => feature.properties.kind)).toEqual([
      'trail',
      'way',
      'person',
    ])
    expect(peopleFeatures([{ ...walker, trail: [], goingTo: null }]).map((feature) => feature.properties.kind)).toEqual(
      ['person'],
    )
  })
  it('[SN5] the ring of 100 m lies 100 m away all around', () => {
    const at: [number, number] = [121.4743, 31.1998]
    for (const corner of ringAround(at, 100)) expect(Math.abs(metresBetween(at, corner) - 100)).toBeLessThan(1)
  })
})

describe('the plan', () => {
  it('[SN6] the name of a steep street stands letter under letter, upright; a flat one in one piece', () => {
    const names = nameFeatures(ground, 'zh').features.map((feature) => feature.properties)
    const letters = names.filter((name) => name?.kind === 'letter' && name.isNear === false).map((name) => name?.text)
    expect(letters.join('')).toContain('瑞金南路')
    expect(names.some((name) => name?.kind === 'street' && name.text === '斜土路')).toBe(true)
    const down = names
      .filter((name) => name?.kind === 'letter' && !name.isNear)
      .slice(0, 2)
      .map((name) => name?.shift[1])
    expect(down[0]).toBeLessThan(down[1])
  })
  it('[SN6] in English every name is turned along its street, none is upside down', () => {
    const names = nameFeatures(ground, 'en').features.map((feature) => feature.properties)
    expect(names.some((name) => name?.kind === 'letter')).toBe(false)
    for (const name of names) if (name?.kind === 'street') expect(Math.abs(name.turn)).toBeLessThanOrEqual(90)
  })
  it('[SN7] without WebGL the same ground is drawn as a plan, north up, true in both directions', () => {
    const plan = planOf(ground)
    const [west, south, east, north] = boundsOf(ground)
    expect(plan.place([west, north])).toEqual([0, 0])
    const wide = metresBetween([west, south], [east, south]) / metresBetween([west, south], [west, north])
    expect(plan.width / plan.height).toBeCloseTo(wide, 2)
    expect(plan.blocks).toHaveLength(3)
  })
  it('[SN7] a layer that does not come is a fault with its name, never a plan with a hole', async () => {
    const fetch = ((url: string) =>
      Promise.resolve(
        new Response('{"features":[]}', { status: url.includes('river') ? 404 : 200 }),
      )) as typeof globalThis.fetch
    await expect(loadGround(fetch)).rejects.toThrow('river')
  })
})
