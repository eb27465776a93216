// How many lines of the rest of the wall stand beside a level I, and how high its small plan is drawn.
import type { Size } from './seams.ts'

/** In pixels of the picture at 3840×2160: clock and figures above, the line's age below, and what one line takes. */
const fixed = { above: 508, counts: 76, foot: 120, heads: 2 * 74 }
const line = { stream: 110, limits: 70 }
const plan = 450

export interface SideRoom {
  stream: number
  limits: number
  plan: number
}

export function sideRoom({ width, height }: Size, hasStream: boolean, hasLimits: boolean): SideRoom {
  // The sub-district is a third wider than high.
  const planHigh = Math.max(plan, Math.min(width * 0.76, hasStream ? 760 : 560))
  const rest = height - fixed.above - fixed.counts - fixed.foot - planHigh
  if (hasStream && hasLimits) return { stream: 0, limits: 0, plan: planHigh }
  if (hasStream)
    return { stream: 0, limits: Math.max(0, Math.floor((rest - fixed.heads / 2) / line.limits)), plan: planHigh }
  const pairs = Math.max(1, Math.floor((rest - fixed.heads) / (line.stream + line.limits)))
  return { stream: pairs, limits: pairs, plan: planHigh }
}
