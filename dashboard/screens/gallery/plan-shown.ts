// A plan of a place that is nowhere: four houses, a lawn, a canal and two named roads, so that the plan is shown without a server.
import type { LonLat } from '#contract/point'
import { toLonLat } from '../../parts/plan-paths.ts'
import type { PlanShape, PlanSheets } from '../../parts/plan-paths.ts'
import { sayGallery } from '../../words/gallery.ts'

const middle: LonLat = [121.4767, 31.204]
type XY = readonly [number, number]
const at = (points: readonly XY[]) => points.map((xy) => toLonLat(xy, middle))
const area = (x: number, y: number, width: number, height: number): PlanShape => {
  const ring = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
    [x, y],
  ] as const
  return { geometry: { type: 'Polygon', coordinates: [at(ring)] }, properties: {} }
}
const road = (name: string, nameEn: string, points: readonly XY[]): PlanShape => ({
  geometry: { type: 'LineString', coordinates: at(points) },
  properties: { name, nameEn, width: 12 },
})

const sheets: PlanSheets = {
  'street-blocks': [area(-300, -200, 600, 400)],
  river: [area(-300, 120, 600, 60)],
  green: [area(30, 40, 90, 50)],
  buildings: [area(-90, -70, 60, 24), area(-90, -30, 60, 24), area(-90, 10, 60, 24), area(30, -60, 70, 60)],
  roads: [
    road('局门路', 'Jumen Road', [
      [-10, -200],
      [10, 200],
    ]),
    road('瞿溪路', 'Quxi Road', [
      [-300, -95],
      [300, -85],
    ]),
  ],
}

export function planOf(how: 'marked' | 'pinned' | 'bare' | 'nowhere') {
  const frame = { centre: middle, metres: 260, ratio: 1.5, rem: 24, label: sayGallery('plan') }
  const subject = { at: toLonLat([-20, -20], middle), level: 1 as const, unsure: false }
  const me = { at: toLonLat([40, 10], middle), accuracy: 18 }
  const plans = {
    marked: { ...frame, sheets, subject, me },
    pinned: { ...frame, sheets, pin: true },
    bare: { ...frame, sheets },
    // The ground has not come yet: what is known of the case stands already.
    nowhere: { ...frame, sheets: {}, subject },
  }
  return plans[how]
}
