// How far behind the street each step is: 告警 → 大屏 → 手机; where nothing of it was measured, the line's own round trip.
import type { Lags } from '#contract/wire'
import { sayWallPlan } from '../../words/wall-plan.ts'

export interface LagRow {
  key: 'intake' | 'wall' | 'phone'
  name: string
  words: string
}

/** Null where nothing was measured yet. `lineMs`: stands for the wall's own as long as that is not known. */
export function lagRows({ intake, wall, phone }: Lags, lineMs: number | null): LagRow[] | null {
  if (intake === null && wall === null && phone === null) return null
  const all = { intake, wall: wall?.milliseconds ?? lineMs, phone: phone?.milliseconds ?? null }
  return (['intake', 'wall', 'phone'] as const).map((key) => ({
    key,
    name: sayWallPlan(`lag.${key}`),
    words: lagWords(all[key]),
  }))
}

function lagWords(ms: number | null): string {
  if (ms === null) return sayWallPlan('lag.none')
  return ms < 10_000
    ? sayWallPlan('lag.ms', { n: Math.round(ms) })
    : sayWallPlan('lag.s', { n: Math.round(ms / 1_000) })
}
