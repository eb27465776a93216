// Which outlines lie over the map: blinking ones for what nobody signed for, one for what is selected.
import type { LonLat } from '#contract/point'
import type { Level } from '#contract/stage'
import type { CaseMark } from './marks.ts'

export interface Pin {
  id: string
  at: LonLat
  level: Level
  look: 'waiting' | 'selected'
}

/** Waiting ones first come, at most twenty of them: past that every outline says the same. */
export function pinsOf(cases: readonly CaseMark[], selectedId: string | null): Pin[] {
  const waiting = cases.filter((mark) => mark.isWaiting).slice(0, 20)
  const selected = cases.filter((mark) => mark.id === selectedId)
  return [
    ...waiting.map((mark): Pin => ({ id: `waiting ${mark.id}`, at: mark.at, level: mark.level, look: 'waiting' })),
    ...selected.map((mark): Pin => ({ id: `selected ${mark.id}`, at: mark.at, level: mark.level, look: 'selected' })),
  ]
}
