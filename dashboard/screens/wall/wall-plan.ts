// The wall's plan: from pixels, seams, pitch and distance to how large one unit is, what stands where, and what had to go and why.
import type { WallSite } from '#contract/wall-site'
import { leastUnit, legibility, type Hung, type Legible } from '../../parts/legible.ts'
import { arrange, type Zones } from './plan-busy.ts'
import { arrangeTakeover, type TakenZones } from './plan-taken.ts'
import { mayGo, type Gone } from './plan-zones.ts'
import { seamsOf, type Seams, type Size } from './seams.ts'

export interface WallPlan {
  /** CSS pixels of one pixel of the picture at 3840×2160; all boxes are in these. */
  unit: number
  canvas: Size
  seams: Seams
  zones: Zones
  taken: TakenZones
  gone: readonly Gone[]
  legible: readonly Legible[]
  /** Even with everything gone that may, its letters are too small for who sits farthest. */
  isShort: boolean
}

/** `ratio`: the wall's own pixels of one CSS pixel; pitch and seam are told in the wall's own. */
export interface Viewport extends Size {
  ratio?: number
}

/** As large as the picture of 3840×2160 fits, upright as its half turned; never so small that a person at a desk cannot read it. */
const atDesk = 13 / 36
const fitting = ({ width, height }: Size): number =>
  Math.max(width >= height ? Math.min(width / 3840, height / 2160) : Math.min(width / 2160, height / 3840), atDesk)

/** Smaller than this there is no wall, but a sign. */
const least: Size = { width: 1240, height: 772 }

/** What of a site decides where things stand. */
export type Hanging = Pick<WallSite, 'columns' | 'rows' | 'seam'> & Hung

export function planWall({ width, height, ratio = 1 }: Viewport, site: Hanging): WallPlan {
  const needed = leastUnit(site) / ratio
  const most = Math.min(width / least.width, height / least.height)
  const unit = Math.min(Math.max(fitting({ width, height }), needed), most)
  const canvas: Size = { width: width / unit, height: height / unit }
  const seams = seamsOf(site, canvas, unit * ratio)
  const legible = legibility(unit * ratio, site)
  return {
    ...{ unit, canvas, seams, legible },
    ...settle(canvas, seams),
    taken: arrangeTakeover(canvas, seams),
    isShort: legible.some(({ isEnough }) => !isEnough),
  }
}

/** Lets go one after the other until the rest fits, then takes back, the gravest first, what still has room. */
function settle(canvas: Size, seams: Seams): { zones: Zones; gone: Gone[] } {
  const gone: Gone[] = []
  const without = (list: readonly Gone[]) => arrange(canvas, seams, new Set(list.map(({ what }) => what)))
  let found = without(gone)
  for (const what of mayGo) {
    if (typeof found !== 'string') break
    gone.push({ what, why: found })
    found = without(gone)
  }
  if (typeof found === 'string') throw new Error(`a wall of ${canvas.width}×${canvas.height} holds not even the stream`)
  for (const back of [...gone].reverse()) {
    const fewer = gone.filter((one) => one !== back)
    const again = without(fewer)
    if (typeof again === 'string') continue
    gone.splice(gone.indexOf(back), 1)
    found = again
  }
  return { zones: found, gone }
}
