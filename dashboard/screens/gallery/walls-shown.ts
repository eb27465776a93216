// The walls that hang in such halls, each against the letters its own plan draws there, and what went for them.
import type { StateName } from './shelf.ts'
import { planWall } from '../wall/wall-plan.ts'
import type { Hanging, Viewport } from '../wall/wall-plan.ts'
import { sayWallPlan } from '../../words/wall-plan.ts'

const bare = { columns: 1, rows: 1, seam: 0 } as const
const halls: Record<'led5' | 'led8' | 'led12' | 'panel55' | 'unsaid', { size: Viewport; site: Hanging }> = {
  // A 3×2 of fine LED in a small hall; a coarser one in a larger; a long one behind rows of chairs.
  led5: { size: { width: 3840, height: 2160 }, site: { ...bare, pitchMm: 1.25, distanceMm: 5_000 } },
  led8: { size: { width: 3840, height: 2160 }, site: { ...bare, pitchMm: 1.9, distanceMm: 8_000 } },
  led12: { size: { width: 5760, height: 1080 }, site: { ...bare, pitchMm: 2.5, distanceMm: 12_000 } },
  // 1209.6 mm across 3840 pixels.
  panel55: { size: { width: 3840, height: 2160 }, site: { ...bare, pitchMm: 0.315, distanceMm: 3_000 } },
  unsaid: { size: { width: 1920, height: 1080 }, site: bare },
}

function ruled(hall: keyof typeof halls) {
  const { size, site } = halls[hall]
  const { unit, gone } = planWall(size, site)
  return { site, unit, scale: 0.5, gone: gone.map(({ what }) => sayWallPlan(`panel.${what}`)) }
}

export const walls = (): Partial<Record<StateName, ReturnType<typeof ruled>[]>> => ({
  normal: [ruled('led5'), ruled('led8')],
  busy: [ruled('led12'), ruled('panel55')],
  empty: [ruled('unsaid')],
})
