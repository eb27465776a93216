// Stations, facilities and cameras as features, numbered within their residential area.
import type { z } from 'zod'
import type { Camera, FacilityKind, GridStation } from '#contract/places'
import type { DrawnCamera } from './cameras.ts'
import type { Chance } from './chance.ts'
import { grouped } from './grouped.ts'
import type { Tree } from './places.ts'
import { toLonLat } from '../plane.ts'
import type { Sheet } from './sheet.ts'
import { freeSpot, leavesOf, type FacilityDraft, type Thing } from './things.ts'
import { point, type Feature } from './write.ts'

const idWord: Record<FacilityKind, string> = {
  'bike-shed': 'shed',
  'rubbish-room': 'rubbish',
  'micro-fire-station': 'fire',
  hydrant: 'hydrant',
}
const two = (n: number) => String(n).padStart(2, '0')
const nameOf: Record<FacilityKind, (area: string, number: number) => string> = {
  'bike-shed': (area, number) => `${area}${number}号车棚`,
  'rubbish-room': (area, number) => `${area}${number}号垃圾房`,
  'micro-fire-station': (area) => `${area}微型消防站`,
  hydrant: (area, number) => `${area}消火栓${two(number)}`,
}
const facilityId = (t: Thing) => `${idWord[t.kind]}-${t.area.code.slice(-3)}-${two(t.number)}`

export function facilityFeatures(things: Thing[], leafIds: Map<number, string>): Feature[] {
  return things.map((t) => {
    const at = toLonLat(t.at)
    const properties: FacilityDraft = {
      id: facilityId(t),
      kind: t.kind,
      name: nameOf[t.kind](t.area.short, t.number),
      at,
      placeId: leafIds.get(t.leaf) ?? '',
      illustrative: true,
    }
    return { properties: { ...properties }, geometry: point(at) }
  })
}

export function cameraFeatures(cameras: DrawnCamera[], leafIds: Map<number, string>): Feature[] {
  return [...grouped(cameras, (c) => c.area)].flatMap(([area, own]) =>
    own.map((camera, i) => {
      const at = toLonLat(camera.at)
      const properties: z.input<typeof Camera> = {
        id: `cam-${area.code.slice(-3)}-${two(i + 1)}`,
        name: `${area.short}-${two(i + 1)}`,
        at,
        placeId: leafIds.get(camera.leaf) ?? '',
        ...(camera.watches ? { watches: facilityId(camera.watches) } : {}),
        kind: camera.kind,
        illustrative: true,
      }
      return { properties: { ...properties }, geometry: point(at) }
    }),
  )
}

/** The area each block's grid station stands in. */
const stationIn = ['桥一', '瞿中', '紫荆']

export function stationFeatures(tree: Tree, ground: Sheet, dice: Chance): Feature[] {
  return tree.blocks.map((block, b) => {
    const area = block.areas.find((a) => a.short === stationIn[b]) ?? block.areas[0]
    const leaf = area ? dice.pick(leavesOf(area)) : undefined
    if (!leaf) throw new Error(`${block.name} has no ground for its station`)
    const at = toLonLat(freeSpot(leaf, ground, dice))
    const properties: z.input<typeof GridStation> = {
      id: `station-b${b + 1}`,
      name: `${block.name}网格站`,
      placeId: block.id,
      at,
      illustrative: true,
    }
    return { properties: { ...properties }, geometry: point(at) }
  })
}
