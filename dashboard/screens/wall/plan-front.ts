// One panel called forward: it takes the map's zone, and the ground stands as a plan where it was.
import type { WallView } from '#contract/wall-site'
import type { Zones } from './plan-busy.ts'
import { listOf, tileHead } from './plan-zones.ts'
import type { Box } from './seams.ts'
import type { WallPlan } from './wall-plan.ts'

export type Front = Extract<WallView, { kind: 'board' }>['board']
export type Shown = Pick<Zones, 'limits' | 'funnel' | 'trend' | 'roster'> & {
  /** Where the plan of the ground stands; absent where nothing was called forward, or it had no zone of its own. */
  plan?: Box
}

const rows = { limits: 76, roster: 56 }

export function broughtForward({ zones, seams }: WallPlan, front: Front | null): Shown {
  const { limits, funnel, trend, roster, map } = zones
  const shown: Shown = {
    ...(limits && { limits }),
    ...(funnel && { funnel }),
    ...(trend && { trend }),
    ...(roster && { roster }),
  }
  if (!front || !map) return shown
  const own = zones[front]
  const place: Partial<Shown> = {
    ...(front === 'limits' && { limits: listOf(map, rows.limits, seams) }),
    ...(front === 'roster' && { roster: listOf(map, rows.roster, seams) }),
    ...(front === 'funnel' && { funnel: map }),
    ...(front === 'trend' && { trend: map }),
  }
  return { ...shown, ...place, ...(own && own.height > tileHead * 2 && { plan: own }) }
}
