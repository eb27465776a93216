// A small plan of the ground about a case, in metres: the case, both shutter points and how exactly each is known.
import type { LonLat } from '#contract/point'
import type { Plan } from '../../map/plan.ts'
import type { ShutterPoint } from './photos-say.ts'

export interface DrawnShutter extends ShutterPoint {
  x: number
  y: number
  r: number
}

export interface ShutterView {
  /** Left, top, width, height in the plan's units. */
  viewBox: string
  /** One CSS pixel of a plan 220 px wide, so that marks keep their size. */
  pixel: number
  case: [number, number]
  points: DrawnShutter[]
}

/** The plan's unit is a hundred thousandth of a degree of latitude. */
const metresPerUnit = 1.11
/** Never closer than this, so that streets stay to be recognised. */
const least = 45
const wide = 220
const high = 148

export function shutterView(plan: Plan, at: LonLat, points: readonly ShutterPoint[]): ShutterView {
  const [x, y] = plan.place(at)
  const drawn = points.map((point) => {
    const [px, py] = plan.place(point.at)
    return { ...point, x: px, y: py, r: point.accuracy / metresPerUnit }
  })
  const reach = Math.max(least / metresPerUnit, ...drawn.map((one) => Math.hypot(one.x - x, one.y - y) + one.r)) * 1.1
  const pixel = (2 * reach) / high
  const viewBox = [x - (wide / 2) * pixel, y - reach, wide * pixel, 2 * reach].map(Math.round).join(' ')
  return { viewBox, pixel, case: [x, y], points: drawn }
}
